public import Ledger

/// Closes a programme area: from that day on nobody new comes into it.
public struct CloseArea: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-area"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// A programme area was closed; the day it counts from is the first on which nobody new comes into it.
public struct AreaClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension AreaClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["reason"]]
}

extension AreaState {
    func decide(_ command: CloseArea, in context: DecisionContext) throws(Rejection) -> [AreaEvent] {
        guard isPublished else { throw .unknownArea }
        guard closedOn == nil else { return [] }
        return [.areaClosed(AreaClosed(reason: command.reason))]
    }

    mutating func apply(_ event: AreaClosed, on day: CalendarDate) { closedOn = day }
}
