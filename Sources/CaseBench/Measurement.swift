/// One line of `ops/bench --json`: a number of ours beside what it is measured against, from the same run.
public struct Measurement: Codable, Hashable, Sendable {
    /// What was measured: `append`, `http`, `rebuild`, `lag`, `query`, `privacy` or `align`.
    public var measure: String
    /// How it was measured, in a few words.
    public var detail: String
    /// Our number, the median of the rounds.
    public var value: Double
    /// What the number counts.
    public var unit: String
    /// What it is held against; `nil` where the target is a number by itself.
    public var reference: String?
    /// The reference's number, the median of the same rounds.
    public var referenceValue: Double?
    /// Ours through the reference's, the median over the rounds; where less is better, the other way round is `target`'s
    /// business.
    public var ratio: Double?
    /// What DESIGN.md asks for: of the ratio where there is one, else of the value.
    public var target: Double?
    /// Whether the target was met; `nil` without a target.
    public var met: Bool?
    /// Half of the calls were answered within this many milliseconds.
    public var p50: Double?
    /// Ninety-nine of a hundred calls were answered within this many milliseconds.
    public var p99: Double?
    /// The greatest resident memory of the process that did our part, in MB (2²⁰ bytes).
    public var residentMB: Double?

    /// Which side of its target a number has to be on.
    public enum Bound: Hashable, Sendable {
        /// At least as much.
        case atLeast(Double)
        /// At most as much.
        case atMost(Double)
    }

    /// A number by itself.
    public init(
        _ measure: String, _ detail: String, value: Double, unit: String, bound: Bound? = nil,
        latencies: Latencies? = nil, residentMB: Double? = nil
    ) {
        self.measure = measure
        self.detail = detail
        self.value = value
        self.unit = unit
        self.residentMB = residentMB
        p50 = latencies?.percentile(50)
        p99 = latencies?.percentile(99)
        judge(value, bound)
    }

    /// A number beside its reference, round by round: what counts is the ratio within a round, for the machine may be
    /// slower in one round than in another.
    public init(
        _ measure: String, _ detail: String, rounds: [Round], unit: String, reference: String, bound: Bound? = nil,
        latencies: Latencies? = nil, residentMB: Double? = nil
    ) {
        self.init(
            measure, detail, value: rounds.map(\.ours).median, unit: unit, latencies: latencies, residentMB: residentMB)
        let ratio = rounds.map { $0.reference > 0 ? $0.ours / $0.reference : 0 }.median
        self.reference = reference
        referenceValue = rounds.map(\.reference).median
        self.ratio = ratio
        judge(ratio, bound)
    }

    private mutating func judge(_ number: Double, _ bound: Bound?) {
        switch bound {
        case .atLeast(let least): (target, met) = (least, number >= least)
        case .atMost(let most): (target, met) = (most, number <= most)
        case nil: break
        }
    }
}

/// Both numbers of one round.
public struct Round: Hashable, Sendable {
    /// Ours.
    public var ours: Double
    /// The reference's.
    public var reference: Double

    /// What one round measured.
    public init(ours: Double, reference: Double) {
        self.ours = ours
        self.reference = reference
    }
}

extension Collection<Double> {
    /// The middle of the values, the mean of the two middle ones where their number is even; 0 of none.
    public var median: Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
