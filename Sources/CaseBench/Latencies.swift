/// How long calls took, every one of them: percentiles are read off, not estimated.
public struct Latencies: Hashable, Sendable {
    private var microseconds: [UInt32] = []

    /// No call yet.
    public init() {}

    /// How many calls there were.
    public var count: Int { microseconds.count }

    /// Notes one call.
    public mutating func note(_ duration: Duration) {
        microseconds.append(UInt32(clamping: Int64(duration / .microseconds(1))))
    }

    /// Notes the calls that somebody else made.
    public mutating func merge(_ other: Latencies) {
        microseconds += other.microseconds
    }

    /// The time in milliseconds within which that many of a hundred calls were answered (nearest rank); 0 of no call.
    public func percentile(_ percent: Double) -> Double {
        guard !microseconds.isEmpty else { return 0 }
        let sorted = microseconds.sorted()
        let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
        return Double(sorted[min(max(1, rank), sorted.count) - 1]) / 1000
    }
}
