public import CaseTiming

/// Records that something is out of step. Only the worker does.
public struct OpenFinding: CommandBody {
    /// The name by which it is asked for.
    public static let name = "open-finding"

    /// What was found.
    public var finding: Finding

    /// The opening of a finding.
    public init(finding: Finding) { self.finding = finding }
}

/// Records that something is out of step in another way than before. Only the worker does.
public struct UpdateFinding: CommandBody {
    /// The name by which it is asked for.
    public static let name = "update-finding"

    /// What is found now.
    public var finding: Finding

    /// The change of a finding.
    public init(finding: Finding) { self.finding = finding }
}

/// Records that something is in step again. Only the worker does.
public struct CloseFinding: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-finding"

    /// The finding's key.
    public var key: String

    /// The closing of a finding.
    public init(key: String) { self.key = key }
}
