public import Foundation
public import Ledger

/// What timing knows of a participant: age, place in the household and the offices responsible.
public struct TimedPerson: Hashable, Sendable {
    /// A person's part in the household, as far as it matters to timing.
    public enum Part: Hashable, Sendable {
        /// An adult member, or the partner of one.
        case adult
        /// A young person or a child.
        case young
    }

    /// That an office left the case and is not back.
    public struct Departure: Hashable, Sendable {
        /// The office.
        public let office: Office
        /// Its last day.
        public let until: CalendarDate
        /// The office that it named as the one that goes on.
        public let successor: Office?

        /// The leaving of an office.
        public init(office: Office, until: CalendarDate, successor: Office? = nil) {
            self.office = office
            self.until = until
            self.successor = successor
        }
    }

    /// The participant's case.
    public let caseID: UUID
    /// The part in the household, if it is one of those.
    public let part: Part?
    /// The day of birth; `nil` when it is not known or erased.
    public let bornOn: CalendarDate?
    /// The offices that are responsible for the case, each with its first day.
    public let engaged: [Office: CalendarDate]
    /// The offices that left and are not back.
    public let departures: [Departure]

    /// A participant as timing sees them.
    public init(
        caseID: UUID, part: Part? = nil, bornOn: CalendarDate? = nil, engaged: [Office: CalendarDate] = [:],
        departures: [Departure] = []
    ) {
        self.caseID = caseID
        self.part = part
        self.bornOn = bornOn
        self.engaged = engaged
        self.departures = departures
    }
}

extension CalendarDate {
    /// The day on which somebody born on this day reaches an age: the birthday (§ 187 (2), § 188 (2) BGB). Somebody born on
    /// a 29th of February does so on the 1st of March of a common year.
    public func birthday(_ age: Int) -> CalendarDate {
        let (year, month, day) = components
        return CalendarDate(year: year + age, month: month, day: day)
            ?? CalendarDate(year: year + age, month: 3, day: 1) ?? self
    }
}
