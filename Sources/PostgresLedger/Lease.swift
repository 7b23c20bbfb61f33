public import Ledger

/// The right to drive a projection, for a while.
public struct Lease: Hashable, Sendable {
    /// The projection's name.
    public let name: String
    /// The process that has the lease.
    public let holder: String
    /// Which one in the row of the projection's leases this is. A commit under an older one is refused.
    public let generation: Int64
    /// When it runs out unless renewed, by the database's clock, UTC.
    public let until: Instant
}

/// What is known of a projection.
public struct ProjectionStatus: Hashable, Sendable {
    /// The projection's name.
    public let name: String
    /// The last position whose events it contains.
    public let position: Position
    /// Which version of the view its rows are; 0 before the first commit.
    public let viewVersion: Int
    /// Which edition of the tables is live: it changes whenever a rebuild is swapped in.
    public let edition: Int64
    /// The process that drives it or did last; `nil` when the lease was given back.
    public let holder: String?
    /// How many leases there were.
    public let generation: Int64
    /// When the lease runs out or ran out, UTC.
    public let leaseUntil: Instant?
    /// When the checkpoint or the holder changed last, UTC.
    public let updatedAt: Instant
}

/// Why a projection's transaction was refused.
public enum ProjectionError: Error, Hashable, Sendable {
    /// The lease on this projection is somebody else's by now, or was given back.
    case leaseLost(String)
    /// The checkpoint is not where the caller takes it to be.
    case outOfStep(String, expected: Position, found: Position)
    /// A checkpoint moves forward only.
    case backwards(String, from: Position, to: Position)
    /// The rows are of another version of the view than the one that wants to write; a newer one builds them anew.
    case otherVersion(String, found: Int, own: Int)
}
