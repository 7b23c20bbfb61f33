public import CaseTiming
public import Foundation
public import Ledger

/// A meeting of an office with the participant.
public struct Appointment: Hashable, Sendable {
    /// The appointment.
    public var appointmentId: UUID
    /// The office that made it.
    public var office: Office
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// How long it takes.
    public var minutes: Int
    /// Where; `nil` when it is not said or the person is erased.
    public var place: String?
    /// What for; `nil` when it is not said or the person is erased.
    public var reason: String?
    /// Which office made it, and as of when.
    public var scheduled: Provenance
    /// What became of it.
    public var outcome: Outcome?

    /// What became of an appointment.
    public enum Outcome: Hashable, Sendable {
        /// The participant came.
        case kept(on: CalendarDate)
        /// The participant did not come. The reason is `nil` when none is given or the person is erased.
        case missed(on: CalendarDate, reason: String?)
        /// It was called off. The reason is `nil` when none is given or the person is erased.
        case cancelled(on: CalendarDate, reason: String?)
    }

    /// Where an appointment stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Nothing is recorded of what became of it.
        case scheduled
        /// The participant came.
        case kept
        /// The participant did not come.
        case missed
        /// Called off.
        case cancelled
    }

    /// Where it stands.
    public var status: Status {
        switch outcome {
        case .kept: .kept
        case .missed: .missed
        case .cancelled: .cancelled
        case nil: .scheduled
        }
    }

    /// The day on which it ends: usually the one on which it begins.
    public var lastDay: CalendarDate { at.day + (at.time.minutes + minutes - 1) / 1440 }

    /// Whether it is still to come on a day, or later on it.
    func isAhead(of day: CalendarDate) -> Bool { outcome == nil && at.day >= day }

    /// Whether two appointments take some of the same minutes.
    func overlaps(_ other: Appointment) -> Bool {
        at.minutes < other.at.minutes + other.minutes && other.at.minutes < at.minutes + minutes
    }
}

extension CaseState {
    /// The appointment of that id.
    public func appointment(_ id: UUID) -> Appointment? { appointments.first { $0.appointmentId == id } }

    /// The appointment of the acting office that waits for what becomes of it.
    func openAppointment(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Appointment {
        guard let appointment = appointment(id) else { throw .unknownAppointment }
        guard appointment.office == context.actor.office else { throw .notYourAppointment }
        guard appointment.outcome == nil else { throw .appointmentSettled }
        return appointment
    }

    mutating func update(appointment id: UUID, _ change: (inout Appointment) -> Void) {
        guard let index = appointments.firstIndex(where: { $0.appointmentId == id }) else { return }
        change(&appointments[index])
    }
}

extension Rejection {
    /// There is no such appointment.
    public static let unknownAppointment = Rejection(
        rule: "unknown-appointment",
        detail: "There is no such appointment in this case; look up its id, or schedule it first "
            + "(schedule-appointment).")
    /// The appointment belongs to another office.
    public static let notYourAppointment = Rejection(
        rule: "not-your-appointment", detail: "Another office made this appointment; ask that office to act.")
    /// It was kept, missed or cancelled.
    public static let appointmentSettled = Rejection(
        rule: "appointment-settled",
        detail: "The appointment was already kept, missed or cancelled; schedule a new one if there is to be another.")
}
