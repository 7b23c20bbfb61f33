/// Proof that a leaf is part of a tree (RFC 6962, section 2.1.1).
public struct InclusionProof: Hashable, Sendable {
    /// The leaf's place in the tree, from 0; the event's position less one.
    public var index: Int64
    /// How many leaves the tree has.
    public var size: Int64
    /// The hashes of what lies beside the way from the leaf to the root, from the leaf on.
    public var path: [MerkleHash]

    /// A proof for the leaf at `index` in a tree of `size` leaves.
    public init(index: Int64, size: Int64, path: [MerkleHash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The root that a tree must have if the proof is right for a leaf; `nil` for a proof that fits no tree of that size.
    public func root(forLeaf leaf: MerkleHash) -> MerkleHash? {
        guard index >= 0, index < size else { return nil }
        var (node, last) = (index, size - 1)
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return nil }
            if node & 1 == 1 || node == last {
                hash = MerkleHash(left: sibling, right: hash)
                // The right edge of the tree: levels on which the node has no sibling are skipped.
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = MerkleHash(left: hash, right: sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 ? hash : nil
    }

    /// Whether the proof shows that `leaf` is part of the tree with that root.
    public func verifies(leaf: MerkleHash, root: MerkleHash) -> Bool { self.root(forLeaf: leaf) == root }

    /// The ranges of leaves whose hashes the path consists of.
    static func ranges(index: Int64, size: Int64) -> [Range<Int64>] {
        var ranges: [Range<Int64>] = []
        var tree = 0..<size
        while tree.count > 1 {
            let middle = tree.lowerBound + split(tree)
            if index < middle {
                ranges.append(middle..<tree.upperBound)
                tree = tree.lowerBound..<middle
            } else {
                ranges.append(tree.lowerBound..<middle)
                tree = middle..<tree.upperBound
            }
        }
        return ranges.reversed()
    }

    /// The largest power of two that is less than the number of leaves.
    fileprivate static func split(_ tree: Range<Int64>) -> Int64 {
        1 << (63 - (tree.upperBound - tree.lowerBound - 1).leadingZeroBitCount)
    }
}

/// Proof that a tree is the beginning of a larger one (RFC 6962, section 2.1.2).
public struct ConsistencyProof: Hashable, Sendable {
    /// How many leaves the smaller tree has.
    public var from: Int64
    /// How many leaves the larger tree has.
    public var to: Int64
    /// The hashes from which both roots can be computed.
    public var path: [MerkleHash]

    /// A proof that the first `from` of `to` leaves are the smaller tree.
    public init(from: Int64, to: Int64, path: [MerkleHash]) {
        self.from = from
        self.to = to
        self.path = path
    }

    /// Whether the proof shows that the tree with root `old` is the beginning of the tree with root `new`.
    ///
    /// The tree without leaves is the beginning of every tree, whatever is said of its root.
    public func verifies(from old: MerkleHash, to new: MerkleHash) -> Bool {
        guard from >= 0, from <= to else { return false }
        if from == to { return path.isEmpty && old == new }
        if from == 0 { return path.isEmpty }
        // A smaller tree that is one perfect subtree of the larger one is not repeated in the path.
        var rest = path[...]
        guard let start = from & (from - 1) == 0 ? old : rest.popFirst() else { return false }
        var (node, last) = (from - 1, to - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        var (oldRoot, newRoot) = (start, start)
        for hash in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                oldRoot = MerkleHash(left: hash, right: oldRoot)
                newRoot = MerkleHash(left: hash, right: newRoot)
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                newRoot = MerkleHash(left: newRoot, right: hash)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && oldRoot == old && newRoot == new
    }

    /// The ranges of leaves whose hashes the path consists of.
    static func ranges(from: Int64, to: Int64) -> [Range<Int64>] {
        guard from > 0, from < to else { return [] }
        var ranges: [Range<Int64>] = []
        var tree = 0..<to
        var isWhole = true
        while from < tree.upperBound {
            let middle = tree.lowerBound + InclusionProof.split(tree)
            if from <= middle {
                ranges.append(middle..<tree.upperBound)
                tree = tree.lowerBound..<middle
            } else {
                ranges.append(tree.lowerBound..<middle)
                tree = middle..<tree.upperBound
                isWhole = false
            }
        }
        if !isWhole { ranges.append(tree) }
        return ranges.reversed()
    }
}
