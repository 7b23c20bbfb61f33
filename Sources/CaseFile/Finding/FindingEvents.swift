public import CaseTiming
public import Ledger

/// Something is out of step.
public struct FindingOpened: EventBody {
    /// The shape that says what a finding rests on.
    public static let schemaVersion = 2

    /// What was found.
    public var finding: Finding
    /// The how-manieth time a finding of that key is opened, from 1.
    public var occurrence: Int

    /// The opening of a finding.
    public init(finding: Finding, occurrence: Int) {
        self.finding = finding
        self.occurrence = occurrence
    }
}

extension FindingOpened: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["occurrence"], .byGrounds: ["finding"]]
}

/// Something is out of step in another way than before.
public struct FindingUpdated: EventBody {
    /// The shape that says what a finding rests on.
    public static let schemaVersion = 2

    /// What is found now.
    public var finding: Finding

    /// The change of a finding.
    public init(finding: Finding) { self.finding = finding }
}

extension FindingUpdated: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.byGrounds: ["finding"]]
}

/// Something is in step again.
public struct FindingClosed: EventBody {
    /// The finding's key.
    public var key: String

    /// The closing of a finding.
    public init(key: String) { self.key = key }
}

extension FindingClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["key"]]
}
