import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("Verifying what was sealed")
struct SealVerificationTests {
    @Test("finds nothing wrong with a sound ledger, sealed or not, also while it grows")
    func sound() async throws {
        let desk = try await SealDesk.sealed()
        var report = try await desk.verify()
        #expect(report == .init(events: 700, streams: 3, sealed: 700, checkpoints: 4))
        try await desk.write(80)
        report = try await desk.verify()
        #expect(report.damages == [] && report.events == 780 && report.sealed == 700)
        let early = try #require(try await desk.checkpoint(size: 300))
        #expect(try await desk.damages(foreign: [early], trusted: [SealDesk.key.verifier]) == [])
    }

    @Test(
        "names a row in which one byte was changed, whichever column it is in",
        arguments: [
            "recorded_at = recorded_at + interval '1 microsecond'", "command_id = gen_random_uuid()",
            "effective_on = effective_on + 1", "schema_version = 2", "type = 'noted'", "metadata = '{ }'",
            "payload = set_byte(payload, 0, get_byte(payload, 0) # 1)", "personal = '\\x00'", "personal = ''",
            "fingerprint = '\\x00'",
        ], [Position(1), 520, 697])
    func changed(_ change: String, _ position: Position) async throws {
        let desk = try await SealDesk.sealed()
        // Each of these positions is the first event of a command.
        try await desk.tamper("UPDATE ledger.events SET \(change) WHERE position = \(position)")
        let found = try await desk.damages().filter {
            $0.contains(" event-") || $0.contains("tile") || $0.contains("check")
        }
        #expect(found == ["\(position) event-changed"])
    }

    @Test("names a row whose stream, version or ordinal was changed", arguments: ["stream", "version", "ordinal"])
    func changedKeys(_ column: String) async throws {
        let desk = try await SealDesk.sealed()
        let change = column == "stream" ? "stream = 'case-firsu'" : "\(column) = \(column) + 1000"
        try await desk.tamper("UPDATE ledger.events SET fingerprint = NULL, \(change) WHERE position = 302")
        let found = try await desk.damages()
        #expect(found.contains("302 event-changed"))
        #expect(found.filter { $0.contains(" event-") }.count == 1)
    }

    @Test("names rows that were removed, in the middle and at the end")
    func removed() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper("DELETE FROM ledger.events WHERE position IN (100, 400, 401, 650, 699, 700)")
        let found = try await desk.damages().filter { $0.contains(" event-") || $0.contains("gap") }
        #expect(
            found.sorted()
                == [
                    "100 event-removed", "400 event-removed", "401 event-removed", "650 event-removed",
                    "699 event-removed", "700 event-removed", "101 version-gap", "402 version-gap",
                    "651 version-gap",
                ].sorted())
    }

    @Test("names everything when everything was removed")
    func emptied() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper("DELETE FROM ledger.events")
        let report = try await desk.verify(limit: 100_000)
        #expect(report.events == 0 && report.damages.count == 700)
        #expect(report.damages.allSatisfy { $0.kind == .eventRemoved })
        #expect(Set(report.damages.map(\.position)) == Set(1...700))
    }

    @Test("names a forged row and those that had to make room for it")
    func inserted() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper(
            """
            UPDATE ledger.events SET position = position + 100000 WHERE position >= 690;
            UPDATE ledger.events SET position = position - 99999 WHERE position > 100000;
            INSERT INTO ledger.events SELECT 690, recorded_at, gen_random_uuid(), 1, effective_on, 0, 1, 'case-forged', type,
                metadata, payload, NULL, NULL FROM ledger.events WHERE position = 689;
            """)
        let found = try await desk.damages().filter { $0.contains(" event-") }
        #expect(found.sorted() == (["690 event-inserted"] + (691...701).map { "\($0) event-moved" }).sorted())
    }

    @Test("names a forged row in the place of a sealed one, and a removed one whose gap was closed")
    func replaced() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper(
            """
            DELETE FROM ledger.events WHERE position = 5;
            INSERT INTO ledger.events SELECT 5, recorded_at, gen_random_uuid(), 1, effective_on, 0, 1, 'case-forged', type,
                metadata, payload, NULL, NULL FROM ledger.events WHERE position = 4;
            DELETE FROM ledger.events WHERE position = 695;
            UPDATE ledger.events SET position = position + 100000 WHERE position > 695;
            UPDATE ledger.events SET position = position - 100001 WHERE position > 100000;
            """)
        let found = try await desk.damages().filter { $0.contains(" event-") }
        #expect(
            found.sorted()
                == (["5 event-changed", "695 event-removed"] + (696...699).map { "\($0) event-moved" }).sorted())
    }

    @Test("names rows that were exchanged, near and far", arguments: [(10, 11), (10, 300), (255, 690), (691, 699)])
    func exchanged(_ first: Int, _ second: Int) async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper(
            """
            UPDATE ledger.events SET position = 100000 WHERE position = \(first);
            UPDATE ledger.events SET position = \(first) WHERE position = \(second);
            UPDATE ledger.events SET position = \(second) WHERE position = 100000;
            """)
        let report = try await desk.verify()
        let found = report.damages.filter { $0.kind.rawValue.hasPrefix("event-") }
        #expect(
            found.map { "\($0.position) \($0.kind.rawValue) \($0.sentence.suffix(12))" } == [
                "\(first) event-moved \("sealed as position \(second)".suffix(12))",
                "\(second) event-moved \("sealed as position \(first)".suffix(12))",
            ])
    }

    @Test("names a tile that is missing, changed or too many, and accuses no event", arguments: [0, 1])
    func tiles(_ index: Int) async throws {
        let desk = try await SealDesk.sealed()
        let position = index * 256 + 1
        try await desk.tamper("CREATE TABLE public.kept AS SELECT * FROM ledger.tiles")
        func damages(_ sql: String) async throws -> [String] {
            try await desk.tamper(
                "DELETE FROM ledger.tiles; INSERT INTO ledger.tiles SELECT * FROM public.kept; " + sql)
            return try await desk.damages()
        }
        #expect(try await damages("DELETE FROM ledger.tiles WHERE index = \(index)") == ["\(position) tile-missing"])
        let hashes = "set_byte(hashes, 32 * 9 + 3, get_byte(hashes, 32 * 9 + 3) # 4)"
        #expect(
            try await damages("UPDATE ledger.tiles SET hashes = \(hashes) WHERE index = \(index)")
                == ["\(position + 9) tile-changed"])
        #expect(
            try await damages(
                "UPDATE ledger.tiles SET root = set_byte(root, 3, get_byte(root, 3) # 4) WHERE index = \(index)")
                == ["\(position) tile-changed"])
        #expect(
            try await damages(
                "INSERT INTO ledger.tiles SELECT 0, 2, root, hashes FROM ledger.tiles WHERE index = \(index)")
                == ["513 tile-surplus"])
        #expect(
            try await damages(
                "INSERT INTO ledger.tiles SELECT 1, 0, root, hashes FROM ledger.tiles WHERE index = \(index)")
                == ["1 tile-surplus"])
    }

    @Test("believes the signed root and not a tile that was changed together with its own root")
    func consistentTile() async throws {
        let desk = try await SealDesk.sealed()
        let pool = desk.database.pool(as: nil, size: 1)
        let stored = try #require(
            try await pool.query(Statement("test tile", "SELECT hashes FROM ledger.tiles WHERE index = 1")).first)
        var hashes = try #require([MerkleHash](concatenated: try stored.decode(0, as: [UInt8].self)))
        hashes[40] = MerkleHash(ofLeaf: Array("forged".utf8))
        try await desk.tamper("")
        try await pool.execute(
            Statement("test set tile", "UPDATE ledger.tiles SET hashes = $1, root = $2 WHERE index = 1"),
            hashes.concatenated, MerkleTile.root(of: hashes).bytes)
        #expect(try await desk.damages().contains("297 tile-changed"))
        #expect(try await !desk.damages().contains { $0.contains(" event-") })
    }

    @Test("names a checkpoint that was changed, removed or signed with another key")
    func checkpoints() async throws {
        let desk = try await SealDesk.sealed()
        try await desk.tamper("CREATE TABLE public.kept AS SELECT * FROM ledger.checkpoints")
        func damages(_ sql: String) async throws -> [String] {
            try await desk.tamper(
                "DELETE FROM ledger.checkpoints; INSERT INTO ledger.checkpoints SELECT * FROM public.kept; " + sql)
            return try await desk.damages()
        }
        func flip(_ column: String, at byte: Int) -> String {
            "\(column) = set_byte(\(column), \(byte), get_byte(\(column), \(byte)) # 1)"
        }
        for size in [300, 700] {
            #expect(
                try await damages("UPDATE ledger.checkpoints SET \(flip("root", at: 0)) WHERE size = \(size)")
                    == ["\(size) checkpoint-changed"])
            #expect(
                try await damages(
                    "UPDATE ledger.checkpoints SET note = replace(note, 'example', 'exbmple') WHERE size = \(size)")
                    == ["\(size) checkpoint-unsigned"])
            #expect(
                try await damages("UPDATE ledger.checkpoints SET note = 'nothing' WHERE size = \(size)")
                    == ["\(size) checkpoint-changed"])
        }
        #expect(
            try await damages("UPDATE ledger.checkpoints SET \(flip("tail", at: 5)) WHERE size = 300")
                == ["300 checkpoint-changed"])
        #expect(
            try await damages("UPDATE ledger.checkpoints SET \(flip("tail", at: 32 * 9)) WHERE size = 700")
                == ["610 checkpoint-changed"])
        #expect(try await damages("DELETE FROM ledger.checkpoints WHERE size = 300") == ["600 checkpoint-missing"])
        #expect(try await damages("DELETE FROM ledger.checkpoints WHERE size = 700") == ["700 checkpoint-missing"])

        let stranger = try NoteSigningKey(name: "example.org/log")
        let checkpoint = try #require(try await desk.checkpoint(size: 300))
        let forged = try checkpoint.signed(with: [stranger]).description
        #expect(
            try await damages("UPDATE ledger.checkpoints SET note = '\(forged)' WHERE size = 300")
                == ["300 checkpoint-unsigned"])
    }

    @Test("names a key that was changed or put there")
    func keys() async throws {
        let desk = try await SealDesk.sealed()
        let stranger = try NoteSigningKey(name: "example.org/log").verifier.description
        try await desk.tamper("INSERT INTO ledger.seal_keys VALUES (2, '\(stranger)', 300, 'nothing')")
        #expect(
            try await desk.damages() == ["300 key-unlinked", "600 checkpoint-unsigned", "700 checkpoint-unsigned"])
        try await desk.tamper(
            "DELETE FROM ledger.seal_keys WHERE number = 2; UPDATE ledger.seal_keys SET verifier_key = 'x'")
        #expect(try await desk.damages().first == "0 key-changed")
        // Who replaces the key too convinces everybody but those who kept it.
        try await desk.tamper("UPDATE ledger.seal_keys SET verifier_key = '\(stranger)'")
        #expect(try await desk.damages(trusted: [SealDesk.key.verifier]).first == "0 key-unlinked")
    }

    @Test("tells where rows and tiles were rewritten together, between the checkpoints before and after")
    func rewrittenTogether() async throws {
        let desk = try await SealDesk.sealed()
        let root = try await desk.checkpoint()?.root
        try await rewrite(desk, position: 400, checkpoints: false)
        #expect(try await desk.damages() == ["600 checkpoint-contradicted"])
        #expect(try await desk.checkpoint()?.root == root)
    }

    @Test("convicts a ledger that was rewritten with everything, by a checkpoint kept elsewhere")
    func rewritten() async throws {
        let desk = try await SealDesk.sealed()
        let before = try #require(try await desk.checkpoint(size: 300))
        let after = try #require(try await desk.checkpoint(size: 600))
        try await rewrite(desk, position: 400, checkpoints: true)
        // Its author had the superuser's rights and the seal key: nothing in the database tells.
        #expect(try await desk.damages() == [])
        #expect(try await desk.damages(trusted: [SealDesk.key.verifier]) == [])
        #expect(try await desk.damages(foreign: [before]) == [])
        #expect(try await desk.damages(foreign: [before, after]) == ["600 ledger-rewritten"])
        let ahead = Checkpoint(origin: after.origin, size: 900, root: after.root)
        #expect(try await desk.damages(foreign: [ahead]) == ["900 ledger-rewritten"])
    }

    /// Changes an event and everything that was computed from it.
    private func rewrite(_ desk: SealDesk, position: Position, checkpoints: Bool) async throws {
        try await desk.tamper(
            "CREATE TABLE public.kept AS SELECT * FROM ledger.checkpoints;"
                + "UPDATE ledger.events SET payload = '{}' WHERE position = \(position);"
                + "DELETE FROM ledger.tiles; DELETE FROM ledger.checkpoints; DELETE FROM ledger.seal_keys;"
                + "UPDATE ledger.projections SET position = 0")
        let projections = ProjectionStore(pool: desk.worker)
        for size in [250, 300, 600, 700] {
            let lease = try #require(
                try await projections.acquire(Sealer.name, holder: "forger", lifetime: .seconds(9)))
            let sealed = try await desk.checkpoint()?.size ?? 0
            let sealer = Sealer(pool: desk.worker, pageSize: size - Int(sealed)) { [SealDesk.key] }
            try await sealer.begin()
            _ = try await sealer.seal(under: lease)
        }
        guard !checkpoints else { return }
        try await desk.tamper(
            """
            UPDATE ledger.checkpoints c SET root = k.root, note = k.note FROM public.kept k WHERE k.size = c.size
            """)
    }

    @Test("holds for a ledger of more than one block of tiles")
    func large() async throws {
        let desk = try await SealDesk()
        let pool = desk.database.pool(as: nil, size: 1)
        try await pool.withConnection { connection in
            try await connection.script(
                """
                INSERT INTO ledger.events
                SELECT n, timestamptz '2026-03-02' + n * interval '1 ms', md5('c' || n)::uuid, (n - 1) / 1000 + 1,
                    date '2026-03-02', 0, 1, 'case-' || (n - 1) % 1000, 'Noted', '{}', convert_to('{"n":' || n || '}', 'UTF8'),
                    NULL, NULL
                FROM generate_series(1, 140000) n
                """)
        }
        try await desk.seal()
        let report = try await desk.verify()
        #expect(report == .init(events: 140_000, streams: 1000, sealed: 140_000, checkpoints: 9))
        #expect(try await desk.log.checkpoint(size: nil)?.root == ByHand.root(ByHand.leafHashes(pool)[...]))
        let proof = try await desk.log.inclusion(of: 70_001, size: nil)
        #expect(proof.proof.verifies(leaf: proof.leaf, root: proof.root))

        try await desk.tamper("CREATE TABLE public.kept AS SELECT * FROM ledger.tiles WHERE level = 1")
        try await desk.tamper("UPDATE ledger.tiles SET root = sha256('') WHERE level = 1 AND index = 1")
        #expect(try await desk.damages() == ["65537 tile-changed"])
        try await desk.tamper("DELETE FROM ledger.tiles WHERE level = 1 AND index = 1")
        #expect(try await desk.damages() == ["65537 tile-missing"])
        try await desk.tamper("INSERT INTO ledger.tiles SELECT * FROM public.kept WHERE index = 1")
        try await desk.tamper(
            """
            UPDATE ledger.events SET payload = '' WHERE position IN (1, 65536, 65537, 131072, 140000);
            DELETE FROM ledger.events WHERE position = 90000
            """)
        #expect(
            try await desk.damages().filter { !$0.contains("version-gap") } == [
                "1 event-changed", "65536 event-changed", "65537 event-changed", "90000 event-removed",
                "131072 event-changed", "140000 event-changed",
            ])
    }
}
