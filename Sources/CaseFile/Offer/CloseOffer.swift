public import Ledger

/// Closes an offer: from that day on no place can be taken. Whoever has one keeps it.
public struct CloseOffer: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-offer"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// An offer was closed; the day it counts from is the first on which no place can be taken.
public struct OfferClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension OfferClosed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.network: ["reason"]]
}

extension OfferState {
    func decide(_ command: CloseOffer, in context: DecisionContext) throws(Rejection) -> [OfferEvent] {
        guard isPublished else { throw .unknownOffer }
        guard closedOn == nil else { return [] }
        return [.offerClosed(OfferClosed(reason: command.reason))]
    }

    mutating func apply(_ event: OfferClosed, on day: CalendarDate) { closedOn = day }
}
