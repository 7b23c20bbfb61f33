/// A Merkle tree as far as it takes to go on appending: the roots of the perfect subtrees that it consists of, at most one
/// for each bit of its size. (The literature calls it a compact range.)
public struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var size: Int64 = 0
    /// The roots, that of the largest subtree first.
    private var subtrees: [MerkleHash] = []

    /// The tree without leaves.
    public init() {}

    /// A tree of perfect subtrees, the largest first: one for each bit that is set in `size`.
    init(size: Int64, subtrees: [MerkleHash]) {
        self.size = size
        self.subtrees = subtrees
    }

    /// Appends a leaf.
    ///
    /// - Parameter completed: called with each subtree of more than one leaf that becomes perfect by it, from the
    ///   smallest on: the logarithm of its number of leaves, and its root.
    public mutating func append(_ leaf: MerkleHash, completed: (_ level: Int, _ root: MerkleHash) -> Void = { _, _ in })
    {
        var hash = leaf
        var level = 0
        while size >> level & 1 == 1 {
            hash = MerkleHash(left: subtrees.removeLast(), right: hash)
            level += 1
            completed(level, hash)
        }
        subtrees.append(hash)
        size += 1
    }

    /// Appends a perfect subtree, the logarithm of whose number of leaves is `level`, where one of its size may begin.
    public mutating func append(subtree root: MerkleHash, level: Int) {
        precondition(size & (1 << level - 1) == 0, "a subtree of level \(level) cannot begin at \(size)")
        var (hash, reached) = (root, level)
        while size >> reached & 1 == 1 {
            hash = MerkleHash(left: subtrees.removeLast(), right: hash)
            reached += 1
        }
        subtrees.append(hash)
        size += 1 << level
    }

    /// The tree's hash.
    public var root: MerkleHash {
        guard var root = subtrees.last else { return .emptyTree }
        for subtree in subtrees.dropLast().reversed() { root = MerkleHash(left: subtree, right: root) }
        return root
    }
}

extension MerkleHash {
    /// The root of a perfect subtree over these hashes; their number is a power of two.
    static func root(over hashes: some Collection<MerkleHash>) -> MerkleHash {
        var level = Array(hashes)
        while level.count > 1 {
            level = stride(from: 0, to: level.count - 1, by: 2).map {
                MerkleHash(left: level[$0], right: level[$0 + 1])
            }
        }
        return level.first ?? .emptyTree
    }
}
