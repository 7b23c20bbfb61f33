import Ledger
import Testing

@Suite("The Merkle tree")
struct MerkleTreeTests {
    private typealias Vectors = TransparencyVectors

    @Test("has the hashes that RFC 6962's reference implementation has")
    func roots() {
        #expect(
            MerkleHash.emptyTree
                == Vectors.hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
        var frontier = MerkleFrontier()
        var tiling = MerkleTiling()
        #expect(frontier.root == .emptyTree && tiling.root == .emptyTree)
        for (leaf, root) in zip(Vectors.leaves, Vectors.roots) {
            frontier.append(MerkleHash(ofLeaf: leaf))
            tiling.append(MerkleHash(ofLeaf: leaf))
            #expect(frontier.root == root && tiling.root == root)
        }
        #expect(frontier.size == 8 && tiling.size == 8)
        // rfc6962_test.go of transparency-dev/merkle.
        #expect(
            MerkleHash(ofLeaf: Array("L123456".utf8))
                == Vectors.hash("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"))
    }

    @Test("hashes can be written and read, and nothing else is a hash")
    func hashForms() {
        let hash = Vectors.roots[3]
        #expect(MerkleHash(bytes: hash.bytes) == hash && MerkleHash(base64: hash.base64) == hash)
        #expect(MerkleHash(bytes: hash.bytes.dropLast()) == nil && MerkleHash(bytes: hash.bytes + [0]) == nil)
        #expect(MerkleHash(base64: "") == nil && MerkleHash(base64: "AAAA") == nil && MerkleHash(base64: "é") == nil)
        #expect([MerkleHash](concatenated: Vectors.roots.concatenated) == Vectors.roots)
        #expect([MerkleHash](concatenated: Array(Vectors.roots.concatenated.dropLast())) == nil)
    }

    @Test("hands out tiles as tlog-tiles defines them, and can be taken up again from what is stored")
    func tiles() async throws {
        // The example of tlog-tiles: 273 complete tiles and a partial one, one complete above them, and so on.
        let size = 70_000
        var tree = TreeInMemory([])
        for number in 0..<size { tree.append(MerkleHash(ofLeaf: Array("\(number)".utf8))) }
        #expect(tree.tiles.keys.filter { $0.level == 0 }.count == 273)
        #expect(tree.tiles.keys.filter { $0.level == 1 }.count == 1)
        #expect(tree.tiles.keys.allSatisfy { $0.level < 2 })
        #expect((0...3).map { MerkleTile.partialWidth(onLevel: $0, size: Int64(size)) } == [112, 17, 1, 0])
        #expect((0...2).map { MerkleTile.complete(onLevel: $0, size: Int64(size)) } == [273, 1, 0])
        #expect(MerkleTile.levels(size: Int64(size)) == 3)
        #expect(
            MerkleTile.levels(size: 0) == 0 && MerkleTile.levels(size: 255) == 1 && MerkleTile.levels(size: 256) == 2)
        for (place, tile) in tree.tiles {
            #expect(tile.hashes.count == 256 && MerkleTile.root(of: tile.hashes) == tile.root)
            guard place.level == 0 else { continue }
            #expect(tile.hashes.first == tree.leaves[Int(place.positions.lowerBound) - 1])
            #expect(tile.hashes.last == tree.leaves[Int(place.positions.upperBound) - 1])
        }
        let above = try #require(tree.tiles[MerkleTile.Place(level: 1, index: 0)])
        #expect(above.hashes == (0..<256).compactMap { tree.tiles[MerkleTile.Place(level: 0, index: $0)]?.root })
        #expect(above.place.positions == 1...65_536)

        #expect(MerkleTiling(size: Int64(size), edge: tree.edge) == tree.tiling)
        #expect(MerkleTiling(size: Int64(size) + 1, edge: tree.edge) == nil)
    }

    @Test("can be taken up again at any size", arguments: [0, 1, 2, 3, 255, 256, 257, 511, 512, 600])
    func resumption(_ size: Int) throws {
        var tree = TreeInMemory((0..<size).map { Array("\($0)".utf8) })
        var resumed = try #require(MerkleTiling(size: Int64(size), edge: tree.edge))
        #expect(resumed.root == tree.tiling.root && resumed.size == Int64(size))
        var tiles: [MerkleTile] = []
        for number in size..<size + 300 {
            let leaf = MerkleHash(ofLeaf: Array("\(number)".utf8))
            tree.append(leaf)
            resumed.append(leaf) { tiles.append($0) }
            #expect(resumed == tree.tiling)
        }
        #expect(!tiles.isEmpty && tiles.allSatisfy { tree.tiles[$0.place] == $0 })
    }
}
