import Ledger
import Testing

@Suite("Merkle proofs")
struct MerkleProofTests {
    private typealias Vectors = TransparencyVectors

    @Test("are those of the reference implementation")
    func vectors() async throws {
        let prover = MerkleProver(source: TreeInMemory(Vectors.leaves))
        for proof in Vectors.inclusion {
            #expect(
                proof.verifies(
                    leaf: MerkleHash(ofLeaf: Vectors.leaves[Int(proof.index)]), root: Vectors.roots[Int(proof.size) - 1]
                ))
            #expect(try await prover.inclusion(of: proof.index, in: proof.size) == proof)
        }
        for proof in Vectors.consistency {
            #expect(
                proof.verifies(from: Vectors.roots[Int(proof.from) - 1], to: Vectors.roots[Int(proof.to) - 1]))
            #expect(try await prover.consistency(from: proof.from, to: proof.to) == proof)
        }
        for (index, root) in Vectors.roots.enumerated() {
            #expect(try await prover.root(size: Int64(index) + 1) == root)
        }
        #expect(try await prover.root(size: 0) == .emptyTree)
    }

    @Test("of a real log with 961,984,013 certificates verify")
    func argon() throws {
        typealias Argon = TransparencyVectors.Argon
        let entry = try #require(Argon.entry)
        let leaf = MerkleHash(ofLeaf: Array(entry))
        #expect(Argon.inclusion.verifies(leaf: leaf, root: Argon.root))
        #expect(Argon.consistency.verifies(from: Argon.oldRoot, to: Argon.root))
        #expect(!Argon.inclusion.verifies(leaf: MerkleHash(ofLeaf: Array(entry.dropLast())), root: Argon.root))
        #expect(!Argon.consistency.verifies(from: Argon.root, to: Argon.oldRoot))
    }

    /// The tree of 300 leaves, with the root of every smaller one by its size.
    private static func tree() -> (tree: TreeInMemory, roots: [MerkleHash]) {
        let tree = TreeInMemory((0..<300).map { Array("leaf \($0)".utf8) })
        var roots = [MerkleHash.emptyTree]
        var frontier = MerkleFrontier()
        for leaf in tree.leaves {
            frontier.append(leaf)
            roots.append(frontier.root)
        }
        return (tree, roots)
    }

    /// Checks all sizes of trees up to 300 leaves, on as many cores as there are.
    private static func forEverySize(_ check: @escaping @Sendable (Int64) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for first: Int64 in 1...4 {
                group.addTask { for size in stride(from: first, through: 300, by: 4) { try await check(size) } }
            }
            try await group.waitForAll()
        }
    }

    @Test("verify for every leaf of every tree of up to 300 leaves, and no other proof does")
    func everyInclusion() async throws {
        let (tree, roots) = Self.tree()
        let prover = MerkleProver(source: tree)
        try await Self.forEverySize { size in
            let root = roots[Int(size)]
            for index in 0..<size {
                let proof = try await prover.inclusion(of: index, in: size)
                let leaf = tree.leaves[Int(index)]
                guard proof.verifies(leaf: leaf, root: root) else {
                    Issue.record("leaf \(index) of \(size)")
                    continue
                }
                // All of the smaller trees, and some of the larger ones: there are millions of ways to be wrong.
                guard size <= 48 || (index * 7 + size).isMultiple(of: 41) else { continue }
                let wrong = mutations(of: proof).filter { $0.verifies(leaf: leaf, root: root) }
                #expect(wrong.isEmpty, "leaf \(index) of \(size)")
                #expect(!proof.verifies(leaf: tree.leaves[Int(index + 1) % 300], root: root))
                #expect(!proof.verifies(leaf: leaf, root: .emptyTree))
            }
        }
    }

    @Test("verify between every two trees of up to 300 leaves, and no other proof does")
    func everyConsistency() async throws {
        let (tree, roots) = Self.tree()
        let prover = MerkleProver(source: tree)
        try await Self.forEverySize { to in
            for from in 1...to {
                let proof = try await prover.consistency(from: from, to: to)
                let (old, new) = (roots[Int(from)], roots[Int(to)])
                guard proof.verifies(from: old, to: new) else {
                    Issue.record("\(from) to \(to)")
                    continue
                }
                guard to <= 48 || (from * 7 + to).isMultiple(of: 41) else { continue }
                let wrong = mutations(of: proof).filter { $0.verifies(from: old, to: new) }
                #expect(wrong.isEmpty, "\(from) to \(to): \(wrong)")
                #expect(!proof.verifies(from: roots[Int(from) - 1], to: new))
                #expect(!proof.verifies(from: old, to: roots[Int(to) - 1]))
            }
        }
    }

    @Test("of nothing and of the impossible")
    func edges() async throws {
        let prover = MerkleProver(source: TreeInMemory(Vectors.leaves))
        for (index, size): (Int64, Int64) in [(0, 0), (1, 0), (1, 1), (2, 1), (-1, 1), (8, 8)] {
            await #expect(throws: MerkleError.outOfRange) { try await prover.inclusion(of: index, in: size) }
            let proof = InclusionProof(index: index, size: size, path: [])
            #expect(proof.root(forLeaf: .emptyTree) == nil)
        }
        await #expect(throws: MerkleError.outOfRange) { try await prover.consistency(from: 3, to: 2) }
        await #expect(throws: MerkleError.outOfRange) { try await prover.consistency(from: -1, to: 2) }
        await #expect(throws: MerkleError.missing) { try await MerkleProver(source: Nothing()).root(size: 1) }
        // verify_test.go of transparency-dev/merkle: what is always consistent, and what never is.
        let (one, two) = (Vectors.roots[0], Vectors.roots[1])
        func verifies(_ from: Int64, _ to: Int64, _ old: MerkleHash, _ new: MerkleHash, _ path: [MerkleHash] = [])
            -> Bool
        {
            ConsistencyProof(from: from, to: to, path: path).verifies(from: old, to: new)
        }
        #expect(verifies(0, 0, one, one) && verifies(0, 1, one, two) && verifies(1, 1, two, two))
        #expect(!verifies(0, 0, one, two) && !verifies(1, 1, one, two))
        #expect(!verifies(1, 0, one, two) && !verifies(2, 1, one, two) && !verifies(1, 2, one, two))
        #expect(
            !verifies(0, 0, one, one, [two]) && !verifies(0, 1, one, one, [two]) && !verifies(1, 1, one, one, [two]))
    }

    private struct Nothing: MerkleHashSource {
        func hashes(onLevel level: Int, _ range: Range<Int64>) async throws -> [MerkleHash] { [] }
    }

    /// The proof, wrong in every way that transparency-dev/merkle tries.
    private func mutations(of proof: InclusionProof) -> [InclusionProof] {
        var wrong: [InclusionProof] = []
        for index in [proof.index - 1, proof.index + 1, proof.index ^ 2] {
            wrong.append(InclusionProof(index: index, size: proof.size, path: proof.path))
        }
        for size in [proof.size * 2, proof.size / 2] {
            wrong.append(InclusionProof(index: proof.index, size: size, path: proof.path))
        }
        return wrong
            + damaged(proof.path).map { InclusionProof(index: proof.index, size: proof.size, path: $0) }
    }

    private func mutations(of proof: ConsistencyProof) -> [ConsistencyProof] {
        var wrong = damaged(proof.path).map { ConsistencyProof(from: proof.from, to: proof.to, path: $0) }
        // Without a path nothing is proved but that both are the same.
        guard !proof.path.isEmpty else { return wrong }
        for from in [proof.from - 1, proof.from + 1, proof.from ^ 2] {
            wrong.append(ConsistencyProof(from: from, to: proof.to, path: proof.path))
        }
        for to in [proof.to * 2, proof.to / 2] {
            wrong.append(ConsistencyProof(from: proof.from, to: to, path: proof.path))
        }
        return wrong + [ConsistencyProof(from: proof.from, to: proof.to, path: [])]
    }

    private func damaged(_ path: [MerkleHash]) -> [[MerkleHash]] {
        let foreign = Vectors.roots[7]
        var wrong = [path + [foreign], [foreign] + path]
        for index in path.indices {
            var changed = path
            var bytes = changed[index].bytes
            bytes[index % 32] ^= 1 << (index % 8)
            changed[index] = MerkleHash(bytes: bytes)!
            wrong.append(changed)
            var shorter = path
            shorter.remove(at: index)
            wrong.append(shorter)
            if index > 0 {
                var swapped = path
                swapped.swapAt(index, index - 1)
                wrong.append(swapped)
            }
        }
        return wrong
    }
}
