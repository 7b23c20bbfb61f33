/// A row of a view that is not what the history says.
public struct ViewDamage: Hashable, Sendable, CustomStringConvertible {
    /// In which way a row is not as it should be.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The history says there is a row, and there is none.
        case missing
        /// There is a row of which the history knows nothing.
        case surplus
        /// The row has other values than the history says.
        case changed
    }

    /// The view's table.
    public let table: String
    /// The row's key: its columns' values, with commas between them.
    public let key: String
    /// In which way it is not as it should be.
    public let kind: Kind

    /// One line for an operator, without personal data.
    public var description: String { "\(table) (\(key)): \(kind.rawValue)" }
}
