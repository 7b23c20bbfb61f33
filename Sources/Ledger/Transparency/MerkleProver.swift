/// Where the hashes of a tree are kept.
public protocol MerkleHashSource: Sendable {
    /// Hashes of one tile, complete or not.
    ///
    /// - Parameters:
    ///   - level: the tile's level: on 0 the hashes are those of leaves, above those of complete tiles one level below.
    ///   - range: which hashes of that level, counted from its first. They lie within one tile.
    func hashes(onLevel level: Int, _ range: Range<Int64>) async throws -> [MerkleHash]
}

/// Makes proofs from stored hashes.
public struct MerkleProver<Source: MerkleHashSource>: Sendable {
    private let source: Source

    /// A prover over the hashes in `source`.
    public init(source: Source) {
        self.source = source
    }

    /// The proof that the leaf at `index` is part of the tree of the first `size` leaves, of which `index` is one.
    ///
    /// - Throws: ``MerkleError``, or what the source throws.
    public func inclusion(of index: Int64, in size: Int64) async throws -> InclusionProof {
        guard index >= 0, index < size else { throw MerkleError.outOfRange }
        return InclusionProof(
            index: index, size: size, path: try await hashes(of: InclusionProof.ranges(index: index, size: size)))
    }

    /// The proof that the tree of the first `from` leaves is the beginning of that of the first `to`.
    ///
    /// - Throws: ``MerkleError``, or what the source throws.
    public func consistency(from: Int64, to: Int64) async throws -> ConsistencyProof {
        guard from >= 0, from <= to else { throw MerkleError.outOfRange }
        return ConsistencyProof(
            from: from, to: to, path: try await hashes(of: ConsistencyProof.ranges(from: from, to: to)))
    }

    /// The root of the tree of the first `size` leaves.
    ///
    /// - Throws: ``MerkleError``, or what the source throws.
    public func root(size: Int64) async throws -> MerkleHash {
        guard size > 0 else { return .emptyTree }
        return try await hash(of: 0..<size)
    }

    /// The hash of the leaf at `index`.
    ///
    /// - Throws: ``MerkleError``, or what the source throws.
    public func leaf(_ index: Int64) async throws -> MerkleHash { try await hash(of: index..<index + 1) }

    private func hashes(of ranges: [Range<Int64>]) async throws -> [MerkleHash] {
        var hashes: [MerkleHash] = []
        for range in ranges { hashes.append(try await hash(of: range)) }
        return hashes
    }

    /// The hash of the tree over a range of leaves that begins where a subtree of its size begins: from the roots of the
    /// perfect subtrees that it consists of.
    private func hash(of range: Range<Int64>) async throws -> MerkleHash {
        var subtrees: [MerkleHash] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = 63 - (range.upperBound - start).leadingZeroBitCount
            subtrees.append(try await perfectSubtree(level: level, index: start >> level))
            start += 1 << level
        }
        return MerkleFrontier(size: range.upperBound - range.lowerBound, subtrees: subtrees).root
    }

    private func perfectSubtree(level: Int, index: Int64) async throws -> MerkleHash {
        let (tileLevel, within) = level.quotientAndRemainder(dividingBy: MerkleTile.height)
        let range = index << within..<(index + 1) << within
        let hashes = try await source.hashes(onLevel: tileLevel, range)
        guard hashes.count == range.count else { throw MerkleError.missing }
        return .root(over: hashes)
    }
}

/// Why there is no proof.
public enum MerkleError: Error, Hashable, Sendable {
    /// The leaf is not in the tree, or the smaller tree is larger than the other.
    case outOfRange
    /// Hashes are not where they are kept.
    case missing
}
