public import Ledger

/// Closes a field of work.
public struct CloseEmploymentField: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-employment-field"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// A field of work was closed; the day it counts from is the first on which it is.
public struct EmploymentFieldClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension EmploymentFieldClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["reason"]]
}

extension EmploymentFieldState {
    func decide(
        _ command: CloseEmploymentField, in context: DecisionContext
    ) throws(Rejection) -> [EmploymentFieldEvent] {
        guard isPublished else { throw .unknownEmploymentField }
        guard closedOn == nil else { return [] }
        return [.employmentFieldClosed(EmploymentFieldClosed(reason: command.reason))]
    }

    mutating func apply(_ event: EmploymentFieldClosed, on day: CalendarDate) { closedOn = day }
}
