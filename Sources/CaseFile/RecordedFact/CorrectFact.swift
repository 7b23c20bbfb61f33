public import Foundation
public import Ledger

/// Records that a fact is of another day, or did not happen: periods that it began or ended are computed again, and their
/// old days are kept.
public struct CorrectFact: CommandBody {
    /// The name by which it is asked for.
    public static let name = "correct-fact"

    /// The fact.
    public var factId: UUID
    /// The day on which it happened; absent leaves it as it is.
    public var on: CalendarDate?
    /// Whether it did not happen at all.
    public var withdrawn: Bool?
    /// Why. Personal.
    public var reason: String

    /// A correction.
    public init(factId: UUID, on: CalendarDate? = nil, withdrawn: Bool? = nil, reason: String) {
        self.factId = factId
        self.on = on
        self.withdrawn = withdrawn
        self.reason = reason
    }
}

/// A fact turned out to be of another day, or not to have happened.
public struct FactCorrected: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason in words.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The fact.
    public var factId: UUID
    /// The day on which it happened, Europe/Berlin.
    public var on: CalendarDate
    /// Whether it did not happen at all.
    public var withdrawn: Bool
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case factId, on, withdrawn
    }

    /// A correction.
    public init(factId: UUID, on: CalendarDate, withdrawn: Bool = false, personal: Personal? = nil) {
        self.factId = factId
        self.on = on
        self.withdrawn = withdrawn
        self.personal = personal
    }
}

extension FactCorrected: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["factId"], .own: ["on", "withdrawn", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: CorrectFact, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let fact = recordedFact(command.factId) else { throw .unknownFact }
        guard fact.office == context.actor.office else { throw .notYourFact }
        try command.reason.filled("reason")
        let day = try command.on.map { day throws(Rejection) in try context.dayOfFact(day) } ?? fact.on
        let isWithdrawn = command.withdrawn ?? fact.isWithdrawn
        guard day != fact.on || isWithdrawn != fact.isWithdrawn else { throw .nothingChanges }
        return [
            .factCorrected(
                FactCorrected(
                    factId: command.factId, on: day, withdrawn: isWithdrawn,
                    personal: FactCorrected.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: FactCorrected, from provenance: Provenance) {
        guard let index = recordedFacts.firstIndex(where: { $0.factId == event.factId }) else { return }
        recordedFacts[index].on = event.on
        recordedFacts[index].isWithdrawn = event.withdrawn
    }
}

extension Rejection {
    /// There is no such fact.
    public static let unknownFact = Rejection(
        rule: "unknown-fact",
        detail: "There is no such fact in this case; look up its id in the case, or record it (record-fact).")
    /// Another office recorded it.
    public static let notYourFact = Rejection(
        rule: "not-your-fact", detail: "Another office recorded this fact; ask that office to correct it.")
}
