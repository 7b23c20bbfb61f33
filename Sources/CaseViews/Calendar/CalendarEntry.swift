public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// What a caseworker has in the calendar: whom to meet when, and what is due on which day. It names cases, and nobody.
public struct CalendarEntry: Hashable, Sendable {
    /// What it is.
    public enum Content: Hashable, Sendable {
        /// The office meets the participant.
        case appointment(at: WallTime, minutes: Int, isCancelled: Bool)
        /// Offices meet.
        case conference(at: WallTime, isCancelled: Bool)
        /// Something is to be seen to by a day.
        case due(Due)
        /// A period from a rule ends.
        case deadline(on: CalendarDate)
    }

    /// The case.
    public var caseId: UUID
    /// The appointment, the conference or the deadline, which may move; of what else is due, an id of its own.
    public var subject: UUID
    /// What it is.
    public var content: Content
}

/// Whose calendar is wanted.
public struct CalendarQuery: Sendable {
    /// The office.
    public var office: Office
    /// Whose cases: those of which the actor is the caseworker.
    public var actor: Actor
    /// The present day, Europe/Berlin.
    public var day: CalendarDate
    /// The first day that is of interest.
    public var from: CalendarDate

    /// A caseworker's calendar; what is long over is left out unless stated.
    public init(office: Office, actor: Actor, day: CalendarDate, from: CalendarDate? = nil) {
        self.office = office
        self.actor = actor
        self.day = day
        self.from = from ?? day - 92
    }
}

extension OfficeCaseFile {
    /// What of a case belongs into a calendar, from a day on.
    func calendarEntries(from first: CalendarDate) -> [CalendarEntry] {
        let meetings = appointments.filter { $0.at.wall.day >= first }.map {
            CalendarEntry(
                caseId: caseId, subject: $0.appointmentId,
                content: .appointment(at: $0.at.wall, minutes: $0.minutes, isCancelled: $0.state == .cancelled))
        }
        let conferences = conferences.filter { $0.at.wall.day >= first }.map {
            CalendarEntry(
                caseId: caseId, subject: $0.conferenceId,
                content: .conference(at: $0.at.wall, isCancelled: $0.state == .cancelled))
        }
        // Meetings are entries already; what is overdue stays in the calendar however long ago it was due.
        let dues = due.filter { ![.appointment, .conference, .deadline].contains($0.reason) }.map {
            CalendarEntry(
                caseId: caseId,
                subject: UUID(derivedFrom: caseId, "\($0.reason.rawValue) \($0.subject?.uuidString ?? "") \($0.on)"),
                content: .due($0))
        }
        let deadlines = due.filter { $0.reason == .deadline }.compactMap { due in
            due.subject.map { CalendarEntry(caseId: caseId, subject: $0, content: .deadline(on: due.on)) }
        }
        // Two things of one kind that are due on one day, such as two consents that end, are one entry.
        var seen: Set<UUID> = []
        return (meetings + conferences + dues + deadlines).filter { seen.insert($0.subject).inserted }
    }
}
