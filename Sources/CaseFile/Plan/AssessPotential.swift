public import Ledger

/// What a participant can do, wants, and what stands in the way, as last assessed.
public struct Potential: Hashable, Sendable {
    /// Strengths, goals and obstacles; `nil` once the person is erased.
    public var personal: PotentialAssessed.Personal?
    /// Level in the German Qualifications Framework (DQR), 1 to 8.
    public var level: Int?
    /// Occupations sought, KldB 2010, 1 to 5 digits.
    public var occupationsSought: [String]
    /// Which office assessed, and as of when.
    public var assessed: Provenance
}

/// Records what a participant can do, wants, and what stands in the way (§ 15 (1) SGB II).
public struct AssessPotential: CommandBody {
    /// The name by which it is asked for.
    public static let name = "assess-potential"

    /// Strengths. Personal.
    public var strengths: [String]?
    /// Goals in the participant's own words. Personal.
    public var goals: [String]?
    /// Obstacles. Personal.
    public var obstacles: [String]?
    /// Level in the German Qualifications Framework (DQR), 1 to 8.
    public var level: Int?
    /// Occupations sought, KldB 2010, 1 to 5 digits.
    public var occupationsSought: [String]?

    /// An assessment.
    public init(
        strengths: [String]? = nil, goals: [String]? = nil, obstacles: [String]? = nil, level: Int? = nil,
        occupationsSought: [String]? = nil
    ) {
        self.strengths = strengths
        self.goals = goals
        self.obstacles = obstacles
        self.level = level
        self.occupationsSought = occupationsSought
    }
}

/// A participant's potential was assessed.
public struct PotentialAssessed: EventBody {
    /// What was found, in words.
    public struct Personal: Codable, Hashable, Sendable {
        /// Strengths.
        public var strengths: [String]
        /// Goals in the participant's own words.
        public var goals: [String]
        /// Obstacles.
        public var obstacles: [String]

        /// What was found.
        public init(strengths: [String] = [], goals: [String] = [], obstacles: [String] = []) {
            self.strengths = strengths
            self.goals = goals
            self.obstacles = obstacles
        }
    }

    /// Level in the German Qualifications Framework (DQR), 1 to 8.
    public var level: Int?
    /// Occupations sought, KldB 2010, 1 to 5 digits.
    public var occupationsSought: [String]
    /// What was found, in words.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case level, occupationsSought
    }

    /// An assessment.
    public init(level: Int? = nil, occupationsSought: [String] = [], personal: Personal?) {
        self.level = level
        self.occupationsSought = occupationsSought
        self.personal = personal
    }
}

extension PotentialAssessed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .employment: ["level", "occupationsSought", "goals", "obstacles", "strengths"]
    ]
}

extension CaseState {
    func decide(_ command: AssessPotential, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        _ = try context.dayOfFact()
        if let level = command.level {
            guard (1...8).contains(level) else { throw .invalidLevel }
        }
        let occupations = (command.occupationsSought ?? []).uniqued
        guard occupations.allSatisfy(\.isOccupationCode) else { throw .invalidOccupation }
        return [
            .potentialAssessed(
                PotentialAssessed(
                    level: command.level, occupationsSought: occupations,
                    personal: PotentialAssessed.Personal(
                        strengths: command.strengths ?? [], goals: command.goals ?? [],
                        obstacles: command.obstacles ?? [])))
        ]
    }

    mutating func apply(_ event: PotentialAssessed, from provenance: Provenance) {
        potential = Potential(
            personal: event.personal, level: event.level, occupationsSought: event.occupationsSought,
            assessed: provenance)
    }
}

extension String {
    /// Whether this is a code of the Klassifikation der Berufe 2010: 1 to 5 digits.
    var isOccupationCode: Bool {
        (1...5).contains(utf8.count) && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension Rejection {
    /// The level lies outside the German Qualifications Framework.
    public static let invalidLevel = Rejection(
        rule: "invalid-level", detail: "The level is a level of the German Qualifications Framework, 1 to 8.")
    /// An occupation is not a code of the classification.
    public static let invalidOccupation = Rejection(
        rule: "invalid-occupation",
        detail: "An occupation is a code of the Klassifikation der Berufe 2010, 1 to 5 digits.")
}
