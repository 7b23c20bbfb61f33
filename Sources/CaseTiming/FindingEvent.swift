public import Foundation
import Ledger

/// A recorded event that a finding rests on: its place in the history of a case.
public struct FindingEvent: Hashable, Sendable, Codable, Comparable {
    /// The case whose history holds it.
    public let caseID: UUID
    /// Its place there, from 1.
    public let version: Int
    /// What happened, as the event is called: `MeasureAdded`.
    public let type: String

    private enum CodingKeys: String, CodingKey {
        case version, type
        case caseID = "caseId"
    }

    /// An event in the history of a case.
    public init(caseID: UUID, version: Int, type: String) {
        self.caseID = caseID
        self.version = version
        self.type = type
    }

    /// By case, then by place.
    public static func < (left: FindingEvent, right: FindingEvent) -> Bool {
        (left.caseID, left.version) < (right.caseID, right.version)
    }
}
