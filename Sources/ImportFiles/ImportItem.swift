/// One thing that a file of imports holds, in the file's order.
public struct ImportItem: Hashable, Sendable {
    /// A command to send, or why there is none.
    public enum Content: Hashable, Sendable {
        /// One line of NDJSON, without its line feed, as `POST /v1/import` takes it.
        case command([UInt8])
        /// Sentences that say what is wrong, each with its place.
        case flaw([String])
    }

    /// The line of the file in which it begins, from 1.
    public var line: Int
    /// The command's name, where one row becomes several.
    public var command: String?
    /// What it holds.
    public var content: Content

    /// An item of that line.
    public init(line: Int, command: String? = nil, content: Content) {
        self.line = line
        self.command = command
        self.content = content
    }
}

/// Why a file cannot be imported at all.
public struct ImportFileError: Error, Hashable, CustomStringConvertible {
    /// What is the matter and what to do about it.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
