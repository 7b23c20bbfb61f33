import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Proofs over the sealed ledger")
struct SealedLogTests {
    @Test("lead from every event to every checkpoint")
    func inclusion() async throws {
        let desk = try await SealDesk.sealed()
        let leaves = try await ByHand.leafHashes(desk.worker)
        for size: Position in [1, 250, 256, 300, 513, 600, 700] {
            let root = ByHand.root(leaves[..<Int(size)])
            for position in [1, 2, 128, 250, 251, 256, 257, 300, 512, 513, 599, 600, 601, 700] as [Position] {
                guard position <= size else {
                    await #expect(throws: TransparencyError.contradictory) {
                        try await desk.log.inclusion(of: position, size: size)
                    }
                    continue
                }
                let inclusion = try await desk.log.inclusion(of: position, size: size)
                #expect(inclusion.leaf == leaves[Int(position) - 1] && inclusion.root == root)
                #expect(inclusion.proof.index == position - 1 && inclusion.proof.size == size)
                #expect(inclusion.proof.verifies(leaf: leaves[Int(position) - 1], root: root))
                #expect((inclusion.checkpoint != nil) == [250, 300, 600, 700].contains(size))
            }
        }
        let latest = try await desk.log.inclusion(of: 17, size: nil)
        #expect(latest.proof.size == 700 && latest.checkpoint?.size == 700)
    }

    @Test("connect every two sizes")
    func consistency() async throws {
        let desk = try await SealDesk.sealed()
        let leaves = try await ByHand.leafHashes(desk.worker)
        let sizes: [Position] = [0, 1, 249, 250, 256, 300, 512, 513, 600, 700]
        for from in sizes {
            for to in sizes {
                guard from <= to else {
                    await #expect(throws: TransparencyError.contradictory) {
                        try await desk.log.consistency(from: from, to: to)
                    }
                    continue
                }
                let consistency = try await desk.log.consistency(from: from, to: to)
                let (old, new) = (ByHand.root(leaves[..<Int(from)]), ByHand.root(leaves[..<Int(to)]))
                #expect(consistency.oldRoot == old && consistency.newRoot == new)
                #expect(consistency.proof.verifies(from: old, to: new))
            }
        }
        #expect(try await desk.log.consistency(from: 250, to: nil).proof.to == 700)
    }

    @Test("do not exist for what is not sealed yet")
    func unsealed() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.write(1)
        for call in [(Position(701), Position?.none), (1, 701), (702, 702)] {
            await #expect(throws: TransparencyError.notSealed(upTo: 700)) {
                try await desk.log.inclusion(of: call.0, size: call.1)
            }
        }
        await #expect(throws: TransparencyError.notSealed(upTo: 700)) {
            try await desk.log.consistency(from: 1, to: 701)
        }
        for position: Position in [0, -1] {
            await #expect(throws: TransparencyError.contradictory) {
                try await desk.log.inclusion(of: position, size: nil)
            }
        }
    }

    @Test("are not handed out when they would not verify")
    func damaged() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper(
            "UPDATE ledger.tiles SET hashes = set_byte(hashes, 32 * 9, 1 - get_byte(hashes, 32 * 9) % 2)")
        await #expect(throws: TransparencyError.damaged) { try await desk.log.inclusion(of: 1, size: 700) }
        try await desk.tamper("DELETE FROM ledger.tiles WHERE index = 0")
        await #expect(throws: TransparencyError.damaged) { try await desk.log.inclusion(of: 1, size: 700) }
    }
}
