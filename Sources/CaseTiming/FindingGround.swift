public import Foundation
import Ledger

/// Something recorded that a finding rests on. An office that may not know of it is not told of the finding.
public struct FindingGround: Hashable, Sendable, Codable {
    /// What kind of thing it is, and with it who else than the office that recorded it may know of it.
    public enum Fact: String, Codable, CaseIterable, Sendable {
        /// A measure's days, hours and weekly times: whoever may see timing.
        case measure
        /// When an office meets the participant: whoever may see timing.
        case appointment
        /// That other offices have nothing planned or running: whoever may see timing, where others are engaged.
        case idleness
        /// A placement's days and hours: whoever may see placements.
        case placement
        /// What is recorded of the participant's income: whoever may see benefits.
        case income
        /// That an office is or was responsible: every office that is engaged in the case.
        case engagement
        /// Who the participant is, such as the age: every office that is engaged in the case.
        case participant
        /// What an office has to see to itself: no other office.
        case duty
    }

    /// What kind of thing it is.
    public let fact: Fact
    /// The case that records it.
    public let caseID: UUID
    /// Which measure, appointment, placement, plan or deadline; `nil` where the case or the office says it all.
    public let id: UUID?
    /// The office that recorded it, or whose it is; `nil` where that does not matter.
    public let office: Office?

    private enum CodingKeys: String, CodingKey {
        case fact, id, office
        case caseID = "caseId"
    }

    /// A ground.
    public init(_ fact: Fact, in caseID: UUID, id: UUID? = nil, office: Office? = nil) {
        self.fact = fact
        self.caseID = caseID
        self.id = id
        self.office = office
    }
}

extension FindingGround {
    /// The days and hours of a measure.
    static func measure(_ measure: TimedMeasure) -> FindingGround {
        FindingGround(.measure, in: measure.caseID, id: measure.id, office: measure.office)
    }
}
