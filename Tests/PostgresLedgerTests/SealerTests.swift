import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Sealing")
struct SealerTests {
    @Test("makes the tree that RFC 6962 makes of leaves that plain SQL computes")
    func byHand() async throws {
        let desk = try await SealDesk.sealed()
        let leaves = try await ByHand.leafHashes(desk.database.pool(as: "gleichtakt_auditor"))
        for size in [250, 300, 600, 700] {
            let checkpoint = try #require(try await desk.checkpoint(size: Position(size)))
            #expect(checkpoint.origin == "example.org/log")
            #expect(checkpoint.root == ByHand.root(leaves[..<size]))
        }
        let latest = try #require(try await desk.log.checkpoint(size: nil))
        #expect(latest.size == 700 && latest.root == ByHand.root(leaves[...]))
        let note = try #require(SignedNote(latest.note))
        #expect(try note.signers(among: [SealDesk.key.verifier]) == [SealDesk.key.verifier])
        #expect(try await desk.log.checkpoint(size: 699) == nil)
    }

    @Test("hashes exactly what the events are")
    func leaves() async throws {
        let desk = try await SealDesk()
        try await desk.write(10, to: .sample("ä-ö"))
        let events = try await desk.store.everything()
        let leaves = try await desk.log.leaves(at: [2, 3, 9, 77])
        #expect(leaves.keys.sorted() == [2, 3, 9])
        for (position, leaf) in leaves {
            let event = events[Int(position) - 1]
            let fingerprint = try await desk.store.find(command: event.commandID)?.fingerprint
            #expect(leaf == EventLeaf.encode(event, fingerprint: event.ordinal == 0 ? fingerprint : nil))
        }
    }

    @Test("page by page gives the same tree as at once, and the same tiles")
    func pages() async throws {
        let desk = try await SealDesk()
        try await desk.write(1100)
        try await desk.seal(pageSize: 7)
        let root = try await desk.checkpoint()?.root
        #expect(try await root == ByHand.root(ByHand.leafHashes(desk.worker)[...]))
        #expect(try await desk.damages() == [])
        let counts = Statement(
            "test counts", "SELECT (SELECT count(*) FROM ledger.tiles), (SELECT count(*) FROM ledger.checkpoints)")
        let row = try #require(try await desk.worker.query(counts).first)
        #expect(try row.decode(0, as: Int64.self) == 4)
        #expect(try row.decode(1, as: Int64.self) == 158)
    }

    @Test("of nothing does nothing")
    func nothing() async throws {
        let desk = try await SealDesk()
        try await desk.seal()
        #expect(try await desk.log.checkpoint(size: nil) == nil)
        await #expect(throws: TransparencyError.notSealed(upTo: 0)) { try await desk.log.inclusion(of: 1, size: nil) }
        try await desk.write(1)
        try await desk.seal()
        try await desk.seal()
        #expect(try await desk.checkpoint()?.size == 1)
    }

    @Test("by one whose lease was taken over leaves nothing behind")
    func fencing() async throws {
        let desk = try await SealDesk()
        try await desk.write(20)
        let projections = ProjectionStore(pool: desk.worker)
        let old = try #require(try await projections.acquire(Sealer.name, holder: "old", lifetime: .zero))
        let slow = Sealer(pool: desk.worker, pageSize: 5) { [SealDesk.key] }
        try await slow.begin()
        #expect(try await slow.seal(under: old))
        let new = try #require(try await projections.acquire(Sealer.name, holder: "new", lifetime: .seconds(60)))
        await #expect(throws: ProjectionError.leaseLost(Sealer.name)) { try await slow.seal(under: old) }
        let quick = Sealer(pool: desk.worker, pageSize: 5) { [SealDesk.key] }
        try await quick.begin()
        while try await quick.seal(under: new) {}
        // Even with a lease, whoever did not see what the other one sealed cannot go on from where it was.
        await #expect(throws: ProjectionError.self) { try await slow.seal(under: new) }
        #expect(try await desk.damages() == [])
        #expect(try await desk.checkpoint()?.size == 20)
    }

    @Test("by many at once, with appends meanwhile, never forks the log")
    func many() async throws {
        let desk = try await SealDesk()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let projections = ProjectionStore(pool: desk.worker)
                    for round in 0..<30 {
                        // Leases that run out at once: everybody takes them from everybody.
                        guard
                            let lease = try await projections.acquire(
                                Sealer.name, holder: "worker \(number) \(round)", lifetime: .zero)
                        else { continue }
                        let sealer = Sealer(pool: desk.worker, pageSize: 16) { [SealDesk.key] }
                        do {
                            try await sealer.begin()
                            while try await sealer.seal(under: lease) {}
                        } catch is ProjectionError {
                            continue
                        }
                    }
                }
            }
            group.addTask { for _ in 0..<60 { try await desk.write(5) } }
            try await group.waitForAll()
        }
        try await desk.seal()
        #expect(try await desk.checkpoint()?.size == 300)
        #expect(try await desk.damages() == [])
        #expect(try await desk.checkpoint()?.root == ByHand.root(ByHand.leafHashes(desk.worker)[...]))
    }

    @Test("cannot be done twice from the same place, whoever writes")
    func noFork() async throws {
        let desk = try await SealDesk()
        try await desk.write(10)
        try await desk.seal()
        for sql in [
            "INSERT INTO ledger.checkpoints (size, predecessor, root, note, tail) SELECT 10, 0, root, 'x', tail FROM ledger.checkpoints",
            """
            INSERT INTO ledger.checkpoints (size, predecessor, root, note, tail)
            SELECT 9, 0, root, 'x', substr(tail, 1, 288) FROM ledger.checkpoints
            """,
        ] {
            await #expect(throws: PostgresError.self) {
                try await desk.worker.withConnection { try await $0.script(sql) }
            }
        }
    }

    @Test("stops when the log would contradict itself")
    func contradiction() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.write(1)
        try await desk.tamper("UPDATE ledger.tiles SET root = sha256('') WHERE index = 0")
        await #expect(throws: SealError.contradictsCheckpoint(700)) { try await desk.seal() }
        let gap = try await SealDesk()
        try await gap.write(6)
        try await gap.tamper("DELETE FROM ledger.events WHERE position = 3")
        await #expect(throws: SealError.gap(after: 2)) { try await gap.seal() }
    }

    @Test("stops with a key that is not the log's, until that key takes over")
    func rotation() async throws {
        let desk = try await SealDesk()
        try await desk.write(10)
        try await desk.seal()
        let (old, new) = (SealDesk.key, try NoteSigningKey(name: "example.org/log"))
        try await desk.write(1)
        await #expect(throws: SealError.foreignKey(old.verifier.description)) { try await desk.seal(with: new) }

        let rotation = SealKeyRotation(pool: desk.worker)
        await #expect(throws: SealError.foreignKey(old.verifier.description)) {
            try await rotation.rotate(to: new, predecessors: [])
        }
        let outcome = try await rotation.rotate(to: new, predecessors: [old])
        #expect(outcome.before == old.verifier && outcome.now == new.verifier)
        // A sealer that had begun with the old key is refused as well.
        await #expect(throws: SealError.foreignKey(new.verifier.description)) { try await desk.seal(with: old) }
        #expect(try await rotation.rotate(to: new, predecessors: [old]).before == nil, "a second time does nothing")
        try await desk.seal(with: new)

        let turn = try #require(try await desk.log.checkpoint(size: 10))
        let note = try #require(SignedNote(turn.note))
        #expect(try note.signers(among: [old.verifier, new.verifier]) == [old.verifier, new.verifier])
        let latest = try #require(try await desk.log.checkpoint(size: nil).flatMap { SignedNote($0.note) })
        #expect(try latest.signers(among: [old.verifier, new.verifier]) == [new.verifier])
        #expect(try await desk.log.keys().map(\.verifier) == [old.verifier, new.verifier])
        #expect(try await desk.damages() == [])
        #expect(try await desk.damages(trusted: [old.verifier]) == [])
        #expect(try await desk.damages(trusted: [new.verifier]) == [])
        let stranger = try NoteSigningKey(name: "example.org/log")
        #expect(
            try await desk.damages(trusted: [stranger.verifier])
                == ["0 key-unlinked", "10 key-unlinked", "10 checkpoint-unsigned", "11 checkpoint-unsigned"])
    }

    @Test("can go on without the old key, and that shows")
    func lostKey() async throws {
        let desk = try await SealDesk()
        let new = try NoteSigningKey(name: "example.org/log")
        try await desk.write(10)
        try await desk.seal()
        let rotation = SealKeyRotation(pool: desk.worker)
        _ = try await rotation.rotate(to: new, predecessors: [], withoutPredecessor: true)
        try await desk.write(1)
        try await desk.seal(with: new)
        #expect(try await desk.damages() == ["10 key-unlinked", "11 checkpoint-unsigned"])
        #expect(try await desk.damages(trusted: [SealDesk.key.verifier, new.verifier]) == [])
    }

    @Test("can have its key rotated before anything is sealed, and twice at one size")
    func earlyRotation() async throws {
        let desk = try await SealDesk()
        let rotation = SealKeyRotation(pool: desk.worker)
        let keys = try (0..<4).map { _ in try NoteSigningKey(name: "example.org/log") }
        #expect(try await rotation.rotate(to: keys[0], predecessors: []).transition == nil)
        _ = try await rotation.rotate(to: keys[1], predecessors: [keys[0]])
        try await desk.write(3)
        try await desk.seal(with: keys[1])
        _ = try await rotation.rotate(to: keys[2], predecessors: [keys[1]])
        _ = try await rotation.rotate(to: keys[3], predecessors: [keys[2]])
        try await desk.write(3)
        try await desk.seal(with: keys[3])
        #expect(try await desk.damages() == [])
        #expect(try await desk.damages(trusted: [keys[0].verifier]) == [])
    }

    @Test("leaves rows that nobody may change", arguments: ["seal_keys", "checkpoints", "tiles"])
    func appendOnly(_ table: String) async throws {
        let desk = try await SealDesk.sealed()
        for role in ["gleichtakt_service", "gleichtakt_worker", "gleichtakt_auditor", nil] {
            let pool = desk.database.pool(as: role, size: 1)
            for sql in [
                "UPDATE ledger.\(table) SET \(table == "seal_keys" ? "number = 9" : "root = ''")",
                "DELETE FROM ledger.\(table)", "TRUNCATE ledger.\(table)",
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.withConnection { try await $0.script(sql) }
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(sql) as \(role ?? "owner")")
            }
        }
        let insert = "INSERT INTO ledger.\(table) SELECT * FROM ledger.\(table)"
        for role in ["gleichtakt_service", "gleichtakt_auditor"] {
            let error = await #expect(throws: PostgresError.self) {
                try await desk.database.pool(as: role, size: 1).withConnection { try await $0.script(insert) }
            }
            #expect(error?.sqlState == .insufficientPrivilege)
        }
    }
}
