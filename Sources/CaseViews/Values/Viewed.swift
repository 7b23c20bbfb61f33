public import Ledger

/// What a query answers, and the position of the ledger up to which the views contained it: both of one snapshot.
public struct Viewed<Value: Sendable>: Sendable {
    /// The answer.
    public var value: Value
    /// The position of the last event that the answer contains (`View-Position`).
    public var position: Position

    /// An answer as of a position.
    public init(_ value: Value, position: Position) {
        self.value = value
        self.position = position
    }
}

/// One page of a longer list.
public struct Page<Item: Sendable>: Sendable {
    /// The items, in the order asked for.
    public var items: [Item]
    /// The cursor of the next page; `nil` on the last one.
    public var next: String?

    /// A page with the cursor of the next one.
    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

extension Page: Encodable where Item: Encodable {}
extension Page: Equatable where Item: Equatable {}

/// What a query can be refused for. Everything else that it throws is a `PostgresError`.
public enum ViewQueryError: Error, Hashable, Sendable {
    /// The cursor is none of ours, or belongs to a query with another order or other filters.
    case invalidCursor
    /// The actor does not act for the office whose view was asked for.
    case foreignOffice
    /// The views are of another version than this program reads: they are being built anew, or it is out of date.
    case otherVersion
}
