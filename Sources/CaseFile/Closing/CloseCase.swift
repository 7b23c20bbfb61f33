public import Ledger

/// That a case is closed.
public struct Closure: Hashable, Sendable {
    /// Why.
    public var reason: String?
    /// Which office closed it, and as of when.
    public var closed: Provenance
}

/// Closes the case.
public struct CloseCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-case"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// The case was closed.
public struct CaseClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension CaseClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.own: ["reason"]]
}

extension CaseState {
    func decide(_ command: CloseCase, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let day = try context.dayOfFact()
        let left = OpenWork(in: self, on: day)
        guard left.isEmpty else { throw .openWorkRemains(left, before: "closing the case") }
        return [.caseClosed(CaseClosed(reason: command.reason))]
    }

    mutating func apply(_ event: CaseClosed, from provenance: Provenance) {
        closure = Closure(reason: event.reason, closed: provenance)
    }
}

extension Rejection {
    /// The case is closed.
    public static let caseClosed = Rejection(
        rule: "case-closed", detail: "This case is closed; reopen it (reopen-case) to record more in it.")
}
