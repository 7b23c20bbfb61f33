public import Foundation
public import Ledger

/// Whether two cases are about one person.
public enum IdentityVerdict: String, Codable, CaseIterable, Hashable, Sendable {
    /// Both are about the same person.
    case samePerson = "same-person"
    /// They are about two persons, however alike.
    case differentPersons = "different-persons"
}

/// What was decided about a case and another one.
public struct IdentityDecision: Hashable, Sendable {
    /// Whether both are about one person.
    public var verdict: IdentityVerdict
    /// Why; `nil` once the person is erased.
    public var reason: String?
    /// Which office decided it, and as of when.
    public var decided: Provenance
}

/// Records whether the case and another one are about the same person. A later decision takes the place of an earlier one.
public struct DecideIdentity: CommandBody {
    /// The name by which it is asked for.
    public static let name = "decide-identity"

    /// The other case.
    public var otherCaseId: UUID
    /// Whether both are about one person.
    public var verdict: IdentityVerdict
    /// Why: what was compared. Personal.
    public var reason: String

    /// A decision.
    public init(otherCaseId: UUID, verdict: IdentityVerdict, reason: String) {
        self.otherCaseId = otherCaseId
        self.verdict = verdict
        self.reason = reason
    }
}

/// Records the decision in the other case; the consequence of `decide-identity`.
public struct RecordIdentity: CommandBody {
    /// The name by which it is asked for.
    public static let name = "record-identity"

    /// The case in which it was decided.
    public var otherCaseId: UUID
    /// Whether both are about one person.
    public var verdict: IdentityVerdict
    /// Why. Personal.
    public var reason: String?

    /// A decision made in another case.
    public init(otherCaseId: UUID, verdict: IdentityVerdict, reason: String?) {
        self.otherCaseId = otherCaseId
        self.verdict = verdict
        self.reason = reason
    }
}

/// It was decided whether the case and another one are about the same person; both cases say so.
public struct IdentityDecided: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// What was compared.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The other case.
    public var otherCaseId: UUID
    /// Whether both are about one person.
    public var verdict: IdentityVerdict
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case otherCaseId, verdict
    }

    /// A decision.
    public init(otherCaseId: UUID, verdict: IdentityVerdict, personal: Personal? = nil) {
        self.otherCaseId = otherCaseId
        self.verdict = verdict
        self.personal = personal
    }
}

extension IdentityDecided: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["otherCaseId"], .own: ["verdict", "reason"]]
}

extension CaseState {
    func decide(_ command: DecideIdentity, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        // The case itself is not among the others.
        guard let other = context.surroundings.others[command.otherCaseId] else { throw .sameCase }
        try command.reason.filled("reason")
        guard absorbed[command.otherCaseId] == nil else { throw .mergedWithEachOther }
        guard other.merging == nil else { throw .otherCaseMerged }
        let day = try context.dayOfFact()
        let decision = identityDecisions[command.otherCaseId]
        guard decision.map({ $0.decided.on <= day }) ?? true else { throw .identityOutOfOrder }
        guard decision?.verdict != command.verdict else { return [] }
        return [
            .identityDecided(
                IdentityDecided(
                    otherCaseId: command.otherCaseId, verdict: command.verdict,
                    personal: IdentityDecided.Personal(reason: command.reason)))
        ]
    }

    func decide(_ command: RecordIdentity, in context: DecisionContext) -> [CaseEvent] {
        guard identityDecisions[command.otherCaseId]?.verdict != command.verdict else { return [] }
        return [
            .identityDecided(
                IdentityDecided(
                    otherCaseId: command.otherCaseId, verdict: command.verdict,
                    personal: command.reason.map { IdentityDecided.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: IdentityDecided, from provenance: Provenance) {
        identityDecisions[event.otherCaseId] = IdentityDecision(
            verdict: event.verdict, reason: event.personal?.reason, decided: provenance)
    }
}

extension Rejection {
    /// A case and itself.
    public static let sameCase = Rejection(
        rule: "same-case", detail: "This is the case itself; name the other case that it is compared with.")
    /// Nothing can be decided about cases that are one.
    public static let mergedWithEachOther = Rejection(
        rule: "merged-with-each-other",
        detail: "That case was merged into this one; take it out again first (unmerge-case in that case).")
    /// The other case is closed for good.
    public static let otherCaseMerged = Rejection(
        rule: "other-case-merged",
        detail: "That case was merged into another one; look it up and decide about the one it was merged into.")
    /// It would be decided before what was decided last.
    public static let identityOutOfOrder = Rejection(
        rule: "identity-out-of-order",
        detail: "It was last decided about these two cases after that day; choose that day or a later one.")
}
