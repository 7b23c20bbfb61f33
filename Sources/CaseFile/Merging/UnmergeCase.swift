public import Foundation
public import Ledger

/// Takes a merged case out again, because it was merged by mistake. What was recorded in the other case stays there.
public struct UnmergeCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "unmerge-case"

    /// Why. Personal.
    public var reason: String

    /// The end of a merging.
    public init(reason: String) { self.reason = reason }
}

/// A merged case goes on by itself again.
public struct CaseUnmerged: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The case that it was merged into.
    public var from: UUID
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case from
    }

    /// The end of a merging.
    public init(from: UUID, personal: Personal? = nil) {
        self.from = from
        self.personal = personal
    }
}

extension CaseUnmerged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["from"], .own: ["reason"]]
}

/// Gives a merged case back; the consequence of `unmerge-case` there.
public struct ReleaseCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "release-case"

    /// The case that goes on by itself.
    public var caseId: UUID
    /// Why. Personal.
    public var reason: String?

    /// The giving back of a case.
    public init(caseId: UUID, reason: String? = nil) {
        self.caseId = caseId
        self.reason = reason
    }
}

/// A case that was merged into this one goes on by itself again.
public struct CaseReleased: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// Why.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The case that goes on by itself.
    public var caseId: UUID
    /// Why; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case caseId
    }

    /// The giving back of a case.
    public init(caseId: UUID, personal: Personal? = nil) {
        self.caseId = caseId
        self.personal = personal
    }
}

extension CaseReleased: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["caseId"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: UnmergeCase, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let merging else { throw .caseNotMerged }
        try command.reason.filled("reason")
        guard merging.merged.on <= (try context.dayOfFact()) else { throw .unmergedBeforeMerged }
        return [
            .caseUnmerged(
                CaseUnmerged(from: merging.into, personal: CaseUnmerged.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: CaseUnmerged, from provenance: Provenance) {
        guard let merging, merging.into == event.from else { return }
        self.merging = nil
        guard !merging.wasClosed, let closure else { return }
        closedPeriods.append(ClosedPeriod(closure: closure, reason: nil, reopened: provenance))
        self.closure = nil
    }

    func decide(_ command: ReleaseCase, in context: DecisionContext) -> [CaseEvent] {
        guard absorbed[command.caseId] != nil else { return [] }
        return [
            .caseReleased(
                CaseReleased(
                    caseId: command.caseId, personal: command.reason.map { CaseReleased.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: CaseReleased, from provenance: Provenance) {
        absorbed[event.caseId] = nil
    }
}

extension Rejection {
    /// There is nothing to take apart.
    public static let caseNotMerged = Rejection(
        rule: "case-not-merged", detail: "This case is not merged into another one; nothing needs to be done.")
    /// It would end before it began.
    public static let unmergedBeforeMerged = Rejection(
        rule: "unmerged-before-merged",
        detail: "The case was merged after that day; take it out on the day it was merged or later.")
}
