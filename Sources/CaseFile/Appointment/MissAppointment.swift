public import Foundation
public import Ledger

/// Records that the participant did not come to an appointment.
public struct MissAppointment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "miss-appointment"

    /// The appointment.
    public var appointmentId: UUID
    /// Why, as far as it is known. Personal.
    public var reason: String?

    /// An absence.
    public init(appointmentId: UUID, reason: String? = nil) {
        self.appointmentId = appointmentId
        self.reason = reason
    }
}

/// The participant did not come to an appointment.
public struct AppointmentMissed: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The appointment.
    public var appointmentId: UUID
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case appointmentId
    }

    /// An absence.
    public init(appointmentId: UUID, personal: Personal? = nil) {
        self.appointmentId = appointmentId
        self.personal = personal
    }
}

extension AppointmentMissed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["appointmentId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: MissAppointment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        try openAppointment(command.appointmentId, in: context).checkHasCome(in: context)
        return [
            .appointmentMissed(
                AppointmentMissed(
                    appointmentId: command.appointmentId,
                    personal: command.reason.map { AppointmentMissed.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: AppointmentMissed, from provenance: Provenance) {
        update(appointment: event.appointmentId) {
            $0.outcome = .missed(on: provenance.on, reason: event.personal?.reason)
        }
    }
}
