/// A statement with a name. It is prepared once per connection, on its first use there.
///
/// The SQL is a static text of ours with parameters `$1`, `$2`, …; it is never assembled from input. The name shows up
/// in the server's log and in `pg_prepared_statements`; two different texts should have two names.
public struct Statement: Sendable, Hashable {
    /// What the statement is called on the server.
    public let name: String
    /// One SQL command.
    public let sql: String

    /// A statement from its name and its text.
    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}
