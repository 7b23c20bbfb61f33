public import Foundation
public import Ledger

/// Calls an appointment off, whoever wished it.
public struct CancelAppointment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "cancel-appointment"

    /// The appointment.
    public var appointmentId: UUID
    /// Why, as far as it is known. Personal.
    public var reason: String?

    /// A calling off.
    public init(appointmentId: UUID, reason: String? = nil) {
        self.appointmentId = appointmentId
        self.reason = reason
    }
}

/// An appointment was called off.
public struct AppointmentCancelled: EventBody {
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

    /// A calling off.
    public init(appointmentId: UUID, personal: Personal? = nil) {
        self.appointmentId = appointmentId
        self.personal = personal
    }
}

extension AppointmentCancelled: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["appointmentId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: CancelAppointment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        _ = try openAppointment(command.appointmentId, in: context)
        _ = try context.dayOfFact()
        return [
            .appointmentCancelled(
                AppointmentCancelled(
                    appointmentId: command.appointmentId,
                    personal: command.reason.map { AppointmentCancelled.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: AppointmentCancelled, from provenance: Provenance) {
        update(appointment: event.appointmentId) {
            $0.outcome = .cancelled(on: provenance.on, reason: event.personal?.reason)
        }
    }
}
