import CaseTiming
import Foundation
public import Ledger

/// A finding as it was recorded before it said what it rests on.
public struct FindingV1: Hashable, Sendable, Codable {
    var key: String
    var kind: FindingKind
    var owner: TimingScope
    var cases: [UUID]
    var measures: [UUID]
    var offices: [Office]
    var from: CalendarDate?
    var to: CalendarDate?
    var days: Int?
    var explanation: String

    /// The finding as it is recorded now.
    var lifted: Finding {
        Finding(
            key: key, kind: kind, owner: owner, cases: cases, measures: measures, offices: offices, from: from, to: to,
            days: days, explanation: explanation)
    }
}

/// Something is out of step, as it was recorded before findings said what they rest on.
public struct FindingOpenedV1: EarlierEventBody {
    /// The name it has in the ledger.
    public static let type = FindingOpened.type

    /// What was found.
    public var finding: FindingV1
    /// The how-manieth time a finding of that key is opened, from 1.
    public var occurrence: Int

    /// The same event in the shape that followed.
    public func lifted() -> FindingOpened { FindingOpened(finding: finding.lifted, occurrence: occurrence) }
}

extension FindingOpenedV1: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["occurrence"], .byGrounds: ["finding"]]
}

/// Something is out of step in another way than before, as it was recorded before findings said what they rest on.
public struct FindingUpdatedV1: EarlierEventBody {
    /// The name it has in the ledger.
    public static let type = FindingUpdated.type

    /// What is found now.
    public var finding: FindingV1

    /// The same event in the shape that followed.
    public func lifted() -> FindingUpdated { FindingUpdated(finding: finding.lifted) }
}

extension FindingUpdatedV1: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.byGrounds: ["finding"]]
}
