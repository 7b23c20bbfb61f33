import CaseTiming
public import Foundation
public import Ledger

/// That a case was merged into another one about the same person, and goes on there.
public struct Merging: Hashable, Sendable {
    /// The case in which the work goes on.
    public var into: UUID
    /// Why; `nil` once the person is erased.
    public var reason: String?
    /// Which office merged it, and as of when.
    public var merged: Provenance
    /// Whether the case was closed before.
    public var wasClosed: Bool
}

/// Merges the case into another one about the same person. Both keep their histories; work goes on in the other one.
public struct MergeCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "merge-case"

    /// The case in which the work goes on.
    public var into: UUID
    /// Why. Personal.
    public var reason: String

    /// A merging.
    public init(into: UUID, reason: String) {
        self.into = into
        self.reason = reason
    }
}

/// The case was merged into another one about the same person; work goes on there.
public struct CaseMerged: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The case in which the work goes on.
    public var into: UUID
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case into
    }

    /// A merging.
    public init(into: UUID, personal: Personal? = nil) {
        self.into = into
        self.personal = personal
    }
}

extension CaseMerged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["into"], .own: ["reason"]]
}

/// Takes another case in; the consequence of `merge-case` there.
public struct AbsorbCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "absorb-case"

    /// The case that is merged into this one.
    public var caseId: UUID
    /// Why. Personal.
    public var reason: String?

    /// The taking in of a case.
    public init(caseId: UUID, reason: String? = nil) {
        self.caseId = caseId
        self.reason = reason
    }
}

/// Another case about the same person was merged into this one.
public struct CaseAbsorbed: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The case that was merged into this one.
    public var caseId: UUID
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case caseId
    }

    /// The taking in of a case.
    public init(caseId: UUID, personal: Personal? = nil) {
        self.caseId = caseId
        self.personal = personal
    }
}

extension CaseAbsorbed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["caseId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: MergeCase, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        if let merging {
            guard merging.into == command.into else { throw .caseMerged(merging, in: context) }
            return []
        }
        guard let survivor = context.surroundings.others[command.into] else { throw .sameCase }
        try command.reason.filled("reason")
        let day = try context.dayOfFact()
        guard participant?.personal != nil, survivor.participant?.personal != nil else { throw .participantErased }
        guard identityDecisions[command.into]?.verdict == .samePerson else { throw .identityNotDecided }
        guard survivor.merging == nil else { throw .otherCaseMerged }
        guard !survivor.isClosed else { throw .survivorClosed }
        // Merged cases lie side by side in one survivor, never in one another.
        guard absorbed.isEmpty else { throw .holdsMergedCases(absorbed.keys) }
        try checkIsAtRest(on: day)
        // Nobody loses sight of somebody, and nobody sees more: every office works on with a responsibility of its own.
        let left = engagements.keys.filter { !survivor.isEngaged($0) }.sorted()
        guard left.isEmpty else { throw .officesNotInSurvivor(left) }
        return [
            .caseMerged(CaseMerged(into: command.into, personal: CaseMerged.Personal(reason: command.reason)))
        ]
    }

    /// Refuses while something in the case could still be acted on, since nothing can be recorded in it afterwards.
    private func checkIsAtRest(on day: CalendarDate) throws(Rejection) {
        let work = OpenWork(in: self, on: day)
        guard work.isEmpty else { throw .openWorkRemains(work, before: "merging the case") }
        let redeemable = vouchers.filter { $0.status == .issued && day <= $0.scope.until }.map(\.voucherId)
        guard redeemable.isEmpty else { throw .vouchersRemain(redeemable) }
        guard household == nil else { throw .householdRemains }
    }

    mutating func apply(_ event: CaseMerged, from provenance: Provenance) {
        merging = Merging(
            into: event.into, reason: event.personal?.reason, merged: provenance, wasClosed: closure != nil)
        // Whatever looks at closed cases has no more to do here than in them.
        if closure == nil { closure = Closure(reason: nil, closed: provenance) }
    }

    func decide(_ command: AbsorbCase, in context: DecisionContext) -> [CaseEvent] {
        guard absorbed[command.caseId] == nil else { return [] }
        return [
            .caseAbsorbed(
                CaseAbsorbed(
                    caseId: command.caseId, personal: command.reason.map { CaseAbsorbed.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: CaseAbsorbed, from provenance: Provenance) {
        absorbed[event.caseId] = provenance
    }

    /// The state with the earlier reductions and placements of the cases merged into this one, for rules that look back at
    /// the person's and not at the file's.
    func withAbsorbed(_ context: DecisionContext) -> CaseState {
        guard !absorbed.isEmpty else { return self }
        let merged = absorbed.keys.sorted { $0.uuidString < $1.uuidString }
            .compactMap { context.surroundings.others[$0] }
        var state = self
        state.reductions = (merged.flatMap(\.reductions) + reductions).sorted { $0.decided.on < $1.decided.on }
        state.placements = merged.flatMap(\.placements) + placements
        return state
    }
}

extension Rejection {
    /// Work goes on elsewhere; where, only those are told who see that case.
    static func caseMerged(_ merging: Merging, in context: DecisionContext) -> Rejection {
        let isSeen = context.surroundings.others[merging.into]?.isSeen(by: context.actor) == true
        return isSeen ? .caseMerged(into: merging.into) : .caseMerged
    }

    /// Work goes on in another case.
    public static let caseMerged = Rejection(
        rule: "case-merged",
        detail: "This case was merged into another one about the same person; the offices that are engaged there go on."
    )

    /// Work goes on in that case.
    public static func caseMerged(into survivor: UUID) -> Rejection {
        Rejection(
            rule: "case-merged",
            detail: "This case was merged into \(survivor.lowercaseString); go on in that case.")
    }

    /// Nobody said that it is the same person.
    public static let identityNotDecided = Rejection(
        rule: "identity-not-decided",
        detail: "It is not on record that both cases are about the same person; decide so first (decide-identity).")
    /// The other case would have to go on, and is closed.
    public static let survivorClosed = Rejection(
        rule: "survivor-closed",
        detail: "The case to merge into is closed; reopen it (reopen-case), or merge it into this one.")
    /// Others were merged into this case.
    static func holdsMergedCases(_ cases: some Collection<UUID>) -> Rejection {
        Rejection(
            rule: "holds-merged-cases",
            detail:
                "Other cases were merged into this one (\(cases.map(\.lowercaseString).sorted().joined(separator: ", "))); "
                + "merge the other case into this one instead, or take them out first (unmerge-case).")
    }

    /// Offices would lose sight of the participant.
    static func officesNotInSurvivor(_ offices: [Office]) -> Rejection {
        Rejection(
            rule: "offices-not-in-survivor",
            detail: "Not engaged in the case to merge into: \(offices.map(\.rawValue).joined(separator: ", ")); "
                + "each engages itself there first (engage-office), or leaves this case (disengage-office).")
    }

    /// Something can still be paid with.
    static func vouchersRemain(_ vouchers: [UUID]) -> Rejection {
        Rejection(
            rule: "vouchers-remain",
            detail: "Vouchers can still be redeemed: \(vouchers.map(\.lowercaseString).joined(separator: ", ")); "
                + "redeem or revoke them first, and issue anew in the other case what is still needed.")
    }

    /// The household would be left behind.
    public static let householdRemains = Rejection(
        rule: "household-remains",
        detail: "The participant belongs to a household in this case; leave it first (leave-household), "
            + "and join it in the other case (join-household).")
}
