public import Foundation
public import Ledger

/// Records that the participant came to an appointment.
public struct KeepAppointment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "keep-appointment"

    /// The appointment.
    public var appointmentId: UUID

    /// A coming.
    public init(appointmentId: UUID) { self.appointmentId = appointmentId }
}

/// The participant came to an appointment.
public struct AppointmentKept: EventBody {
    /// The appointment.
    public var appointmentId: UUID

    /// A coming.
    public init(appointmentId: UUID) { self.appointmentId = appointmentId }
}

extension AppointmentKept: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["appointmentId"]]
}

extension CaseState {
    func decide(_ command: KeepAppointment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        try openAppointment(command.appointmentId, in: context).checkHasCome(in: context)
        return [.appointmentKept(AppointmentKept(appointmentId: command.appointmentId))]
    }

    mutating func apply(_ event: AppointmentKept, from provenance: Provenance) {
        update(appointment: event.appointmentId) { $0.outcome = .kept(on: provenance.on) }
    }
}

extension Appointment {
    /// Refuses to say what became of an appointment before its day.
    func checkHasCome(in context: DecisionContext) throws(Rejection) {
        guard at.day <= (try context.dayOfFact()) else { throw .appointmentAhead }
    }
}

extension Rejection {
    /// The day of the appointment is still to come.
    public static let appointmentAhead = Rejection(
        rule: "appointment-ahead",
        detail: "The day of the appointment has not come yet; record it on that day or later, or cancel it.")
}
