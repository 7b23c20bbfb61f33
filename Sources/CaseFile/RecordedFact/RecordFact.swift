import CaseTiming
public import Foundation
public import Ledger

/// Records that something happened that a period of the law begins or ends with, where no other command does: the rules say
/// what there is to record (`facts` of `GET /v1/rules`).
public struct RecordFact: CommandBody {
    /// The name by which it is asked for.
    public static let name = "record-fact"

    /// The fact.
    public var factId: UUID
    /// What happened, as a rule names it: `application-received`.
    public var fact: String
    /// What it happened to, such as an application; absent means that this is the first that is recorded of it, and its id is
    /// the fact's.
    public var matter: UUID?
    /// The day on which it happened; absent means the effective day.
    public var on: CalendarDate?
    /// Under which law or paragraph, where that matters to the rule: `§ 14 SGB IX`.
    public var legalBasis: String?

    /// What happened.
    public init(
        factId: UUID, fact: String, matter: UUID? = nil, on: CalendarDate? = nil, legalBasis: String? = nil
    ) {
        self.factId = factId
        self.fact = fact
        self.matter = matter
        self.on = on
        self.legalBasis = legalBasis
    }
}

/// Something happened that a period of the law begins or ends with.
public struct FactRecorded: EventBody {
    /// The fact.
    public var factId: UUID
    /// What happened, as a rule names it.
    public var fact: String
    /// What it happened to, such as an application.
    public var matter: UUID
    /// The day on which it happened, Europe/Berlin.
    public var on: CalendarDate
    /// Under which law or paragraph, where that matters to the rule.
    public var legalBasis: String?

    /// What happened.
    public init(factId: UUID, fact: String, matter: UUID, on: CalendarDate, legalBasis: String? = nil) {
        self.factId = factId
        self.fact = fact
        self.matter = matter
        self.on = on
        self.legalBasis = legalBasis
    }
}

extension FactRecorded: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["factId", "matter"], .own: ["fact", "legalBasis", "on"],
    ]
}

extension CaseState {
    func decide(_ command: RecordFact, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard recordedFact(command.factId) == nil else { throw .factExists }
        let day = try context.dayOfFact(command.on)
        let known = context.rules.recordedFacts(on: day)
        if let basis = command.legalBasis { try basis.filled("legalBasis") }
        let fact = DatedFact(
            command.fact, of: command.factId, kind: command.legalBasis, office: office, on: day)
        // A fact that nothing follows from would only seem to have begun a period.
        guard known.contains(where: { $0.matches(fact) }) else { throw .noSuchFact(known) }
        return [
            .factRecorded(
                FactRecorded(
                    factId: command.factId, fact: command.fact, matter: command.matter ?? command.factId, on: day,
                    legalBasis: command.legalBasis))
        ]
    }

    mutating func apply(_ event: FactRecorded, from provenance: Provenance) {
        guard recordedFact(event.factId) == nil, let office = provenance.office else { return }
        recordedFacts.append(
            RecordedFact(
                factId: event.factId, fact: event.fact, matter: event.matter, on: event.on,
                legalBasis: event.legalBasis, office: office))
    }
}

extension Rejection {
    /// There is a fact of that id already.
    public static let factExists = Rejection(
        rule: "fact-exists",
        detail: "There is a fact of this id already; choose another id, or correct it (correct-fact).")

    /// No rule asks for such a fact.
    static func noSuchFact(_ known: [FactPattern]) -> Rejection {
        let names = known.map { known in
            known.kind.map { "\(known.fact) with the legalBasis \($0)" } ?? known.fact
        }
        return Rejection(
            rule: "no-such-fact",
            detail: "No rule in force on that day asks for such a fact; what can be recorded is "
                + "\(names.isEmpty ? "nothing" : names.joined(separator: ", ")) (GET /v1/rules).")
    }
}
