public import Ledger

/// Days on which a case was closed, before it was opened again.
public struct ClosedPeriod: Hashable, Sendable {
    /// How it was closed.
    public var closure: Closure
    /// Why it was opened again.
    public var reason: String?
    /// Which office opened it again, and as of when.
    public var reopened: Provenance
}

/// Opens a closed case again.
public struct ReopenCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "reopen-case"

    /// Why.
    public var reason: String?

    /// A reopening.
    public init(reason: String? = nil) { self.reason = reason }
}

/// A closed case was opened again.
public struct CaseReopened: EventBody {
    /// Why.
    public var reason: String?

    /// A reopening.
    public init(reason: String? = nil) { self.reason = reason }
}

extension CaseReopened: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.own: ["reason"]]
}

extension CaseState {
    func decide(_ command: ReopenCase, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let closure else { throw .caseNotClosed }
        let day = try context.dayOfFact()
        guard closure.closed.on <= day else { throw .reopenedBeforeClosed }
        return [.caseReopened(CaseReopened(reason: command.reason))]
    }

    mutating func apply(_ event: CaseReopened, from provenance: Provenance) {
        guard let closure else { return }
        closedPeriods.append(ClosedPeriod(closure: closure, reason: event.reason, reopened: provenance))
        self.closure = nil
    }
}

extension Rejection {
    /// The case is open.
    public static let caseNotClosed = Rejection(
        rule: "case-not-closed", detail: "This case is open; nothing needs to be done.")
    /// It would be open again before it was closed.
    public static let reopenedBeforeClosed = Rejection(
        rule: "reopened-before-closed",
        detail: "The case was closed after that day; reopen it on the day it was closed or later.")
}
