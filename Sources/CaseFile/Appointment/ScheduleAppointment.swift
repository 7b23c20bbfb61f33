public import CaseTiming
public import Foundation
public import Ledger

/// Makes an appointment of the acting office with the participant.
public struct ScheduleAppointment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "schedule-appointment"

    /// The new appointment.
    public var appointmentId: UUID
    /// The office; absent means the acting one.
    public var office: Office?
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// How long it takes, 1 to 1440; absent means 30.
    public var minutes: Int?
    /// Where. Personal: it may be somebody's home.
    public var place: String?
    /// What for. Personal.
    public var reason: String?

    /// An appointment.
    public init(
        appointmentId: UUID, office: Office? = nil, at: WallTime, minutes: Int? = nil, place: String? = nil,
        reason: String? = nil
    ) {
        self.appointmentId = appointmentId
        self.office = office
        self.at = at
        self.minutes = minutes
        self.place = place
        self.reason = reason
    }
}

/// An office made an appointment with the participant.
public struct AppointmentScheduled: EventBody {
    /// Where and what for.
    public struct Personal: Codable, Hashable, Sendable {
        /// Where.
        public var place: String?
        /// What for.
        public var reason: String?

        /// A place and a reason.
        public init(place: String? = nil, reason: String? = nil) {
            self.place = place
            self.reason = reason
        }
    }

    /// The new appointment.
    public var appointmentId: UUID
    /// The office.
    public var office: Office
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// How long it takes.
    public var minutes: Int
    /// Where and what for.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case appointmentId, office, at, minutes
    }

    /// An appointment.
    public init(appointmentId: UUID, office: Office, at: WallTime, minutes: Int, personal: Personal? = nil) {
        self.appointmentId = appointmentId
        self.office = office
        self.at = at
        self.minutes = minutes
        self.personal = personal
    }
}

extension AppointmentScheduled: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["appointmentId", "office"],
        .timing: ["at", "minutes"],
        .own: ["place", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: ScheduleAppointment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard (command.office ?? office) == office else { throw .notYourAppointment }
        guard appointment(command.appointmentId) == nil else { throw .appointmentExists }
        try command.at.day.plausible()
        guard !command.at.isSkipped else { throw .timeSkipped }
        guard context.effectiveOn <= command.at.day else { throw .appointmentInThePast }
        let minutes = command.minutes ?? 30
        guard (1...1440).contains(minutes) else { throw .invalidMinutes }
        let new = Appointment(
            appointmentId: command.appointmentId, office: office, at: command.at, minutes: minutes,
            scheduled: Provenance(office: office, on: context.effectiveOn))
        let clash = appointments.first { $0.office == office && $0.status != .cancelled && $0.overlaps(new) }
        if let clash { throw .appointmentClash(with: clash) }
        if let conference = conferences.first(where: { $0.overlaps(new) }) { throw .conferenceClash(with: conference) }
        let personal = AppointmentScheduled.Personal(place: command.place, reason: command.reason)
        return [
            .appointmentScheduled(
                AppointmentScheduled(
                    appointmentId: command.appointmentId, office: office, at: command.at, minutes: minutes,
                    personal: personal == AppointmentScheduled.Personal() ? nil : personal))
        ]
    }

    mutating func apply(_ event: AppointmentScheduled, from provenance: Provenance) {
        appointments.append(
            Appointment(
                appointmentId: event.appointmentId, office: event.office, at: event.at, minutes: event.minutes,
                place: event.personal?.place, reason: event.personal?.reason, scheduled: provenance))
    }
}

extension Rejection {
    /// The id names an appointment already.
    public static let appointmentExists = Rejection(
        rule: "appointment-exists",
        detail: "This case already has an appointment under that id; schedule it under a new appointmentId.")
    /// The clocks go from 02:00 to 03:00 at that moment.
    public static let timeSkipped = Rejection(
        rule: "time-skipped",
        detail: "That time does not exist: the clocks go forward in that hour; choose a time before or after it.")
    /// The appointment would have been before it was made.
    public static let appointmentInThePast = Rejection(
        rule: "appointment-in-the-past",
        detail: "The appointment lies before the day on which it is made; choose a later time, "
            + "or say with effectiveOn when it was made.")
    /// A meeting of no minutes, or of more than a day.
    public static let invalidMinutes = Rejection(
        rule: "invalid-minutes", detail: "An appointment takes 1 to 1440 minutes; choose a number among them.")

    /// The office meets others over the participant at that time.
    public static func conferenceClash(with conference: Conference) -> Rejection {
        Rejection(
            rule: "appointment-clash",
            detail: "Your office meets the others over this participant on \(conference.at.day) at "
                + "\(conference.at.time), which counts as an hour; choose another time.")
    }

    /// The office expects the participant elsewhere at that time.
    public static func appointmentClash(with appointment: Appointment) -> Rejection {
        Rejection(
            rule: "appointment-clash",
            detail: "Your office already has an appointment with this participant on \(appointment.at.day) at "
                + "\(appointment.at.time) for \(appointment.minutes) minutes; choose another time, or cancel that one.")
    }
}
