import CaseFile
import CaseTiming
import Foundation
import Ledger

/// One office's work with one person: a plan and what became of it.
struct Track {
    let person: Person
    let office: Office
    let planID: UUID
    /// The day on which the person leaves, if that is known: what runs then is given up, and nothing begins later.
    var leavesOn: CalendarDate?
    /// Measures so far.
    var measures = 0
    /// Placements so far.
    var placements = 0
    /// Whether the plan is agreed.
    var isAgreed = false
    /// Whether something stays open that this story has no ending for, so that the case cannot be closed.
    var isLeftOpen = false

    init(person: Person, office: Office, leavesOn: CalendarDate?) {
        self.person = person
        self.office = office
        self.leavesOn = leavesOn
        planID = UUID(derivedFrom: person.id, "plan of \(office.rawValue)")
    }

    /// The kind of plan that the office makes.
    var planKind: String {
        switch office {
        case .jobCentre: "cooperation"
        case .youthOffice: "youth-support"
        case .socialOffice: "participation"
        }
    }

    mutating func nextMeasureID() -> UUID {
        measures += 1
        return UUID(derivedFrom: planID, "measure \(measures)")
    }

    mutating func nextPlacementID() -> UUID {
        placements += 1
        return UUID(derivedFrom: planID, "placement \(placements)")
    }
}

/// A measure in a story.
struct StoryMeasure {
    let id: UUID
    let person: Person
    let office: Office
    let first: CalendarDate
    /// The last day that it is planned for.
    let last: CalendarDate
    /// The day on which it was planned.
    let addedOn: CalendarDate
    /// The day on which it ended, or will.
    var endedOn: CalendarDate
    var isAbandoned: Bool
}

extension CalendarDate {
    /// This day, or the Monday after it when it falls on a weekend.
    var workday: CalendarDate { isoWeekday > 5 ? self + (8 - isoWeekday) : self }

    /// This day, or the first Monday after it, when courses begin.
    var courseStart: CalendarDate { isoWeekday == 1 ? self : self + (8 - isoWeekday) }

    /// The first day of the next month, when jobs begin.
    var jobStart: CalendarDate { CalendarMonth(ordinal: month.ordinal + 1).firstDay }
}
