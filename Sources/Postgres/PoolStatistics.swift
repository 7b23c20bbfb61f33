/// A pool at a glance.
public struct PoolStatistics: Sendable, Equatable {
    /// How many connections there may be.
    public var size: Int
    /// How many are being opened.
    public var opening: Int
    /// How many are open and free.
    public var idle: Int
    /// How many are lent out.
    public var inUse: Int
    /// How many callers wait.
    public var waiting: Int
}
