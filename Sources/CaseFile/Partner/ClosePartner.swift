public import Ledger

/// Records that an organisation left the network: from that day on it provides nothing new.
public struct ClosePartner: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-partner"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// An organisation left the network; the day it counts from is the first on which it provides nothing new.
public struct PartnerClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension PartnerClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["reason"]]
}

extension PartnerState {
    func decide(_ command: ClosePartner, in context: DecisionContext) throws(Rejection) -> [PartnerEvent] {
        guard isPublished else { throw .unknownPartner }
        guard closedOn == nil else { return [] }
        return [.partnerClosed(PartnerClosed(reason: command.reason))]
    }

    mutating func apply(_ event: PartnerClosed, on day: CalendarDate) { closedOn = day }
}
