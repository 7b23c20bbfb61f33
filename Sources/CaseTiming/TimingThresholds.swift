/// The numbers from which on something counts as out of step.
///
/// What lies between offices is the same for all of them, so its numbers are too. What an office has to see to itself goes
/// by that office's own numbers.
public struct TimingThresholds: Hashable, Sendable, Codable {
    /// Days without activity that are still in step; a gap is longer. 0 to 36,500.
    public let gapDays: Int
    /// How many months ahead two offices are expected to act on a common day. 0 to 1,200.
    public let sequenceHorizonMonths: Int
    /// Hours a week of measures and work that are still in step. 0 to 168.
    public let weeklyHours: Double
    /// The numbers of offices that have some of their own.
    public let offices: [Office: OfficeThresholds]

    /// Thresholds; values outside their limits are moved to the nearest limit.
    public init(
        gapDays: Int = 28, sequenceHorizonMonths: Int = 12, weeklyHours: Double = 40,
        offices: [Office: OfficeThresholds] = [:]
    ) {
        self.gapDays = max(0, min(gapDays, 36_500))
        self.sequenceHorizonMonths = max(0, min(sequenceHorizonMonths, 1200))
        self.weeklyHours = max(0, min(weeklyHours, 168))
        self.offices = offices
    }

    /// The numbers that an office goes by.
    public func of(_ office: Office) -> OfficeThresholds { offices[office] ?? OfficeThresholds() }

    private enum CodingKeys: String, CodingKey {
        case gapDays, sequenceHorizonMonths, weeklyHours, offices
    }

    /// Decodes the thresholds that are given, and takes the default for each that is not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let standard = TimingThresholds()
        let offices = try container.decodeIfPresent([String: OfficeThresholds].self, forKey: .offices) ?? [:]
        self.init(
            gapDays: try container.decodeIfPresent(Int.self, forKey: .gapDays) ?? standard.gapDays,
            sequenceHorizonMonths: try container.decodeIfPresent(Int.self, forKey: .sequenceHorizonMonths)
                ?? standard.sequenceHorizonMonths,
            weeklyHours: try container.decodeIfPresent(Double.self, forKey: .weeklyHours) ?? standard.weeklyHours,
            offices: Dictionary(
                uniqueKeysWithValues: offices.compactMap { name, own in Office(rawValue: name).map { ($0, own) } }))
    }

    /// Encodes all of them, offices by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(gapDays, forKey: .gapDays)
        try container.encode(sequenceHorizonMonths, forKey: .sequenceHorizonMonths)
        try container.encode(weeklyHours, forKey: .weeklyHours)
        if !offices.isEmpty {
            try container.encode(
                Dictionary(uniqueKeysWithValues: offices.map { ($0.key.rawValue, $0.value) }), forKey: .offices)
        }
    }
}

/// How many days ahead an office is told of what it has to see to. Each from 0 to 3,650.
public struct OfficeThresholds: Hashable, Sendable, Codable {
    /// Before the review of a plan.
    public let reviewDays: Int
    /// Before the end of a period from a rule.
    public let deadlineDays: Int
    /// Before the end of a measure, and within which something has to follow it or an office that leaves.
    public let handoverDays: Int
    /// Before the month of the birthday that ends a time of the law.
    public let ageDays: Int
    /// Before the end of a placement.
    public let incomeDays: Int

    /// Numbers of days; values outside their limits are moved to the nearest limit.
    public init(
        reviewDays: Int = 14, deadlineDays: Int = 14, handoverDays: Int = 28, ageDays: Int = 182, incomeDays: Int = 28
    ) {
        let bounded = { (days: Int) in max(0, min(days, 3650)) }
        self.reviewDays = bounded(reviewDays)
        self.deadlineDays = bounded(deadlineDays)
        self.handoverDays = bounded(handoverDays)
        self.ageDays = bounded(ageDays)
        self.incomeDays = bounded(incomeDays)
    }

    /// Decodes the numbers that are given, and takes the default for each that is not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let standard = OfficeThresholds()
        self.init(
            reviewDays: try container.decodeIfPresent(Int.self, forKey: .reviewDays) ?? standard.reviewDays,
            deadlineDays: try container.decodeIfPresent(Int.self, forKey: .deadlineDays) ?? standard.deadlineDays,
            handoverDays: try container.decodeIfPresent(Int.self, forKey: .handoverDays) ?? standard.handoverDays,
            ageDays: try container.decodeIfPresent(Int.self, forKey: .ageDays) ?? standard.ageDays,
            incomeDays: try container.decodeIfPresent(Int.self, forKey: .incomeDays) ?? standard.incomeDays)
    }
}
