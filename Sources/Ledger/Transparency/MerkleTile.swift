/// 256 neighbouring hashes of a Merkle tree, eight levels of it in one piece (C2SP, tlog-tiles).
///
/// On level 0 they are the hashes of leaves. On each level above, they are the roots of complete tiles on the level below.
public struct MerkleTile: Hashable, Sendable {
    /// How many hashes a tile has.
    public static let width = 256
    /// How many levels of the tree lie within a tile.
    static let height = 8

    /// Which one of the tree's tiles.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// 0 for tiles of leaf hashes.
        public var level: Int
        /// The place among the tiles of that level, from 0.
        public var index: Int64

        /// A tile's place.
        public init(level: Int, index: Int64) {
            self.level = level
            self.index = index
        }

        /// The positions of the events that the tile covers.
        public var positions: ClosedRange<Position> {
            let leaves = Int64(1) << (MerkleTile.height * (level + 1))
            return index * leaves + 1...(index + 1) * leaves
        }

        /// Level and index with a slash between them, as in the addresses of tlog-tiles.
        public var description: String { "\(level)/\(index)" }
    }

    /// Which tile it is.
    public let place: Place
    /// Its hashes, 256 of them.
    public let hashes: [MerkleHash]
    /// The hash of the subtree that the tile is.
    public let root: MerkleHash

    /// A complete tile with its root.
    public init(place: Place, hashes: [MerkleHash], root: MerkleHash) {
        self.place = place
        self.hashes = hashes
        self.root = root
    }

    /// The root of the subtree over the 256 hashes of a tile.
    public static func root(of hashes: [MerkleHash]) -> MerkleHash { .root(over: hashes) }

    /// How many complete tiles a tree of `size` leaves has on a level.
    public static func complete(onLevel level: Int, size: Int64) -> Int64 { size >> (height * (level + 1)) }

    /// How many hashes the last tile of a level has in a tree of `size` leaves, if it is not complete; else 0.
    public static func partialWidth(onLevel level: Int, size: Int64) -> Int {
        Int(size >> (height * level) & Int64(width - 1))
    }

    /// How many levels of tiles, complete or not, a tree of `size` leaves has.
    public static func levels(size: Int64) -> Int { (64 - size.leadingZeroBitCount + height - 1) / height }
}
