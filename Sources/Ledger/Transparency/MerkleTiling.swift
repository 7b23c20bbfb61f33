/// A growing Merkle tree that hands out its tiles as they become complete, and holds no more than the incomplete ones.
public struct MerkleTiling: Hashable, Sendable {
    private var frontier = MerkleFrontier()
    /// By level, the hashes of the tile that is not complete yet.
    private var edge: [[MerkleHash]] = []

    /// The tree without leaves.
    public init() {}

    /// A tree of `size` leaves from the hashes of its incomplete tiles, by level from 0.
    ///
    /// `nil` unless there are as many hashes as a tree of that size has there.
    public init?(size: Int64, edge: [[MerkleHash]]) {
        let levels = MerkleTile.levels(size: size)
        guard size >= 0, edge.count >= levels,
            edge.indices.allSatisfy({ edge[$0].count == MerkleTile.partialWidth(onLevel: $0, size: size) })
        else { return nil }
        self.edge = Array(edge.prefix(levels))
        var subtrees: [MerkleHash] = []
        for hashes in self.edge.reversed() {
            var start = 0
            for bit in (0..<MerkleTile.height).reversed() where hashes.count >> bit & 1 == 1 {
                subtrees.append(.root(over: hashes[start..<start + 1 << bit]))
                start += 1 << bit
            }
        }
        frontier = MerkleFrontier(size: size, subtrees: subtrees)
    }

    /// How many leaves the tree has.
    public var size: Int64 { frontier.size }

    /// The tree's hash.
    public var root: MerkleHash { frontier.root }

    /// The leaf hashes of the tile that is not complete yet.
    public var partialTile: [MerkleHash] { edge.first ?? [] }

    /// Appends a leaf, and hands out the tiles that are complete with it, lower levels first.
    public mutating func append(_ leaf: MerkleHash, completed: (MerkleTile) -> Void) {
        if edge.isEmpty { edge.append([]) }
        edge[0].append(leaf)
        // The frontier computes the tiles' roots on its way.
        frontier.append(leaf) { [size = frontier.size + 1] level, root in
            guard level.isMultiple(of: MerkleTile.height) else { return }
            let tileLevel = level / MerkleTile.height - 1
            let place = MerkleTile.Place(level: tileLevel, index: (size >> level) - 1)
            completed(MerkleTile(place: place, hashes: edge[tileLevel], root: root))
            edge[tileLevel].removeAll(keepingCapacity: true)
            if edge.count == tileLevel + 1 { edge.append([]) }
            edge[tileLevel + 1].append(root)
        }
    }

    /// Appends a leaf, without regard to tiles.
    public mutating func append(_ leaf: MerkleHash) { append(leaf) { _ in } }
}
