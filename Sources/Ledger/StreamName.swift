/// The name of a stream: a category and an identifier within it, written `case-0198…`.
public struct StreamName: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing the stream is about; contains no hyphen.
    public let category: String
    /// Which one of that kind.
    public let id: String

    /// The stream of `id` in `category`.
    public init(category: String, id: String) {
        self.category = category
        self.id = id
    }

    /// Reads the written form; `nil` when there is no hyphen or either side of it is empty.
    public init?(_ text: String) {
        guard let hyphen = text.firstIndex(of: "-"), hyphen != text.startIndex else { return nil }
        let id = text[text.index(after: hyphen)...]
        guard !id.isEmpty else { return nil }
        self.init(category: String(text[..<hyphen]), id: String(id))
    }

    /// Category and identifier joined by a hyphen.
    public var description: String { "\(category)-\(id)" }
}
