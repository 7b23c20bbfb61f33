/// The numbers from which on something counts as out of step.
public struct TimingThresholds: Hashable, Sendable, Codable {
    /// Days without activity that are still in step; a gap is longer. 0 to 36,500.
    public let gapDays: Int
    /// How many months ahead two offices are expected to act on a common day. 0 to 1,200.
    public let sequenceHorizonMonths: Int

    /// Thresholds; values outside their limits are moved to the nearest limit.
    public init(gapDays: Int = 28, sequenceHorizonMonths: Int = 12) {
        self.gapDays = max(0, min(gapDays, 36_500))
        self.sequenceHorizonMonths = max(0, min(sequenceHorizonMonths, 1200))
    }

    /// Decodes the thresholds that are given, and takes the default for each that is not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let standard = TimingThresholds()
        self.init(
            gapDays: try container.decodeIfPresent(Int.self, forKey: .gapDays) ?? standard.gapDays,
            sequenceHorizonMonths: try container.decodeIfPresent(Int.self, forKey: .sequenceHorizonMonths)
                ?? standard.sequenceHorizonMonths)
    }
}
