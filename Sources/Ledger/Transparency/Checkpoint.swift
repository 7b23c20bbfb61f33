/// What a log commits itself to: how many leaves it has and what they are (C2SP, tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// Which log it is.
    public var origin: String
    /// How many leaves the tree has: the position of the last event in it.
    public var size: Position
    /// The tree's hash.
    public var root: MerkleHash

    /// The checkpoint of a log at a size.
    public init(origin: String, size: Position, root: MerkleHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note: origin, size and hash, a line each. Further lines are ignored.
    ///
    /// `nil` for any other text.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The newline at the end makes one more, which is empty; only it may be.
        guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""),
            let size = Position(lines[1]), size >= 0, String(size) == lines[1],
            let root = MerkleHash(base64: String(lines[2])), root.base64 == lines[2]
        else { return nil }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// The text that is signed.
    public var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

    /// The checkpoint with the signatures of these keys under it.
    ///
    /// - Throws: ``NoteError``.
    public func signed(with keys: [NoteSigningKey]) throws -> SignedNote { try SignedNote(text, signedWith: keys) }
}
