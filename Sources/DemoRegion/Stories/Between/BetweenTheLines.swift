import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What goes on beside plans and placements: appointments, what offices ask of one another and agree on, what they grant and
/// decide.
///
/// It is told after everything else, by chance of its own, and only looks at what is told already: so a household's plans
/// are the same whether or not anything goes on between their lines.
extension HouseholdStory {
    /// A member, the offices that are engaged for it, and the days on which something can still be recorded.
    struct Prospect {
        let person: Person
        /// Since when which office is engaged.
        let offices: [Office: CalendarDate]
        /// The last day on which the case is open, or today.
        let last: CalendarDate
        /// Whether the case is closed in the end, so that nothing may remain open.
        let isClosed: Bool

        /// The offices in the order in which they came.
        var inOrder: [Office] { offices.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key) }
    }

    mutating func tellBetweenTheLines() {
        guard pattern != .newcomers else { return }
        random = SplitMix64(seed: region.seed ^ 0xBE73_0EE4, part: UInt64(number))
        for person in members {
            let offices = (record.engagedOn[person.index] ?? [:]).filter { $0.value < today - 10 }
            guard !offices.isEmpty else { continue }
            let closedOn = record.closedOn[person.index].flatMap { $0 <= today ? $0 : nil }
            let prospect = Prospect(
                person: person, offices: offices, last: closedOn.map { $0 - 1 } ?? today, isClosed: closedOn != nil)
            tellAppointments(prospect)
            tellReferral(prospect)
            tellConference(prospect)
            tellVouchers(prospect)
            tellReductions(prospect)
        }
        for employment in record.employments {
            tellSubsidy(employment)
            tellRetention(employment)
        }
    }

    /// A working day between two, or `nil` when there is none.
    mutating func workday(from first: CalendarDate, through last: CalendarDate) -> CalendarDate? {
        guard first <= last else { return nil }
        let day = (first + random.below(last - first + 1)).workday
        return day <= last ? day : nil
    }
}
