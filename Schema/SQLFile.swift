/// One file of SQL: what it is called and what it says.
public struct SQLFile: Hashable, Sendable {
    /// The file's name without `.sql`; files of a folder are in the order of their names.
    public let name: String
    /// The file's text.
    public let text: String

    /// A file of that name and text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
