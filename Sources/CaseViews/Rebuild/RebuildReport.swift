public import Ledger
public import PostgresLedger

/// How far a rebuild has come.
public struct RebuildProgress: Hashable, Sendable {
    /// What is being done.
    public var phase: RebuildRecord.Phase
    /// The rebuild's number.
    public var edition: Int64
    /// While tables are filled: events in all pieces, and in those that are done, by whomever.
    public var events: Int64 = 0, eventsDone: Int64 = 0
    /// While it catches up: the position reached, and the one to reach.
    public var position: Position = 0, goal: Position = 0
}

/// What a rebuild did.
public struct RebuildReport: Hashable, Sendable {
    /// The rebuild's number.
    public var edition: Int64
    /// The views that were built.
    public var views: Set<ViewName>
    /// How many events the tables were filled from.
    public var events: Int64 = 0
    /// The position at which the tables were filled.
    public var target: Position = 0
    /// The position at which they became live.
    public var position: Position = 0
    /// Whether this process led the rebuild to its end, or only helped.
    public var isLeader = false
    /// How long listing streams and preparing tables, filling, indexing, and catching up and swapping took, as far as
    /// this process did it.
    public var planning = Duration.zero, filling = Duration.zero, indexing = Duration.zero, swapping = Duration.zero
}

/// Why a rebuild does not go on.
public enum RebuildError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another rebuild is not finished: of these views, of that version.
    case underWay(views: Set<String>, viewVersion: Int)
    /// The live views are of a newer version than this program.
    case newerViews(found: Int, own: Int)
    /// Only all views together can be brought to another version.
    case partOfOtherVersion(found: Int, own: Int)
    /// An event cannot be handled, and the policy is to stop.
    case stopped(Position, String)
    /// The rebuild was given up by somebody else.
    case abandoned

    /// What is the matter and what to do about it.
    public var description: String {
        switch self {
        case .underWay(let views, let version):
            "A rebuild of \(views.sorted().joined(separator: ", ")) (version \(version)) is not finished: name the same "
                + "views to finish it, or give it up with --abandon."
        case .newerViews(let found, let own):
            "The views are of version \(found), and this program builds version \(own): use the newer program."
        case .partOfOtherVersion(let found, let own):
            "The views are of version \(found), and this program builds version \(own): build all of them."
        case .stopped(let position, let reason):
            "The event at position \(position) cannot be handled: \(reason). Nothing of it is live. Repair the program, "
                + "or build without that stream (policy park)."
        case .abandoned: "The rebuild was given up."
        }
    }
}
