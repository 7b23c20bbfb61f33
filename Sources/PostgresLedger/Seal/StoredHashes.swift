import Ledger
import Postgres

/// The hashes of the sealed tree, as one transaction sees them: complete tiles, and what the checkpoints keep of the leaves
/// after the last of them.
actor StoredHashes: MerkleHashSource {
    private struct Place: Hashable {
        var level: Int
        var index: Int64
    }

    private let connection: PostgresConnection
    /// A proof asks for neighbours again and again.
    private var tiles: [Place: [MerkleHash]] = [:]

    /// Hashes read over a connection whose transaction has one snapshot for all of it.
    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func hashes(onLevel level: Int, _ range: Range<Int64>) async throws -> [MerkleHash] {
        let width = Int64(MerkleTile.width)
        let index = range.lowerBound / width
        let tile = try await tile(Place(level: level, index: index))
        let (first, end) = (Int(range.lowerBound - index * width), Int(range.upperBound - index * width))
        guard end <= tile.count else { throw TransparencyError.damaged }
        return Array(tile[first..<end])
    }

    /// By level, the hashes of the tiles that are not complete in the tree of `size` leaves, which is the sealed one.
    func edge(size: Int64) async throws -> [[MerkleHash]] {
        var edge: [[MerkleHash]] = []
        for level in 0..<MerkleTile.levels(size: size) {
            let width = MerkleTile.partialWidth(onLevel: level, size: size)
            let index = MerkleTile.complete(onLevel: level, size: size)
            edge.append(width == 0 ? [] : try await tile(Place(level: level, index: index)))
        }
        return edge
    }

    private func tile(_ place: Place) async throws -> [MerkleHash] {
        if let known = tiles[place] { return known }
        let hashes = try await place.level == 0 ? leaves(place.index) : roots(place)
        tiles[place] = hashes
        return hashes
    }

    private func leaves(_ index: Int64) async throws -> [MerkleHash] {
        if let row = try await connection.query(SealStatements.tile, Int16(0), index).first {
            guard let hashes = [MerkleHash](concatenated: try row.decode(0, as: [UInt8].self)) else {
                throw TransparencyError.damaged
            }
            return hashes
        }
        var hashes: [MerkleHash] = []
        let start = index * Int64(MerkleTile.width)
        for row in try await connection.query(SealStatements.tails, start) {
            guard try start + Int64(hashes.count) == max(start, row.decode(0, as: Int64.self)),
                let tail = [MerkleHash](concatenated: try row.decode(2, as: [UInt8].self)),
                try start + Int64(hashes.count + tail.count) == row.decode(1, as: Int64.self)
            else { throw TransparencyError.damaged }
            hashes += tail
        }
        return hashes
    }

    /// The hashes of a tile above the leaves: the roots of the tiles under it.
    private func roots(_ place: Place) async throws -> [MerkleHash] {
        let (width, below) = (Int64(MerkleTile.width), Int16(clamping: place.level - 1))
        let first = place.index * width
        var hashes: [MerkleHash] = []
        for row in try await connection.query(SealStatements.tileRoots, below, first, first + width) {
            guard try row.decode(0, as: Int64.self) == first + Int64(hashes.count) else {
                throw TransparencyError.damaged
            }
            hashes.append(try row.merkleHash(1))
        }
        return hashes
    }
}
