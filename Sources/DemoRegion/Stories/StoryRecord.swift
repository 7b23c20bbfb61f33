import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What the telling of a household leaves for what is told between its lines: who is responsible since when, what may be
/// shared, which work was taken or refused, and until when the case is open.
///
/// Days after the demo's day are no part of it, because nothing is recorded for them.
struct StoryRecord {
    /// What a person lets an office tell others.
    struct Permission {
        var person: Int
        var office: Office
        var recipients: [Office]
        var from: CalendarDate
        var until: CalendarDate?
    }

    /// A placement that was accepted.
    struct Employment {
        var person: Person
        var id: UUID
        var kind: PlacementKind
        var acceptedOn: CalendarDate
        var startsOn: CalendarDate
        /// The last day of the contract, if it is fixed-term.
        var endsOn: CalendarDate?
        /// The day on which it ended, or will.
        var endedOn: CalendarDate?
    }

    /// Since when which office is engaged, by the member's index.
    var engagedOn: [Int: [Office: CalendarDate]] = [:]
    var permissions: [Permission] = []
    /// The first day on which a member's consents no longer hold.
    var withdrawnOn: [Int: CalendarDate] = [:]
    var employments: [Employment] = []
    /// When placements were refused without an important reason.
    var refusals: [(person: Int, on: CalendarDate)] = []
    /// When cases were closed.
    var closedOn: [Int: CalendarDate] = [:]
}
