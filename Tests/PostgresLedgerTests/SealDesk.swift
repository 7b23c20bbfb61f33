import Foundation
import Ledger
import LedgerSuite
import Logging
import Postgres
import PostgresLedger

/// A ledger that is written and sealed piece by piece, and damaged as only its owner can.
struct SealDesk: Sendable {
    static let key: NoteSigningKey = {
        guard let key = try? NoteSigningKey(name: "example.org/log", seed: Array(repeating: 1, count: 32)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return key
    }()

    let database: LedgerDatabase
    let store: PostgresEventStore
    let worker: PostgresPool
    let log: SealedLog

    init() async throws {
        database = try await LedgerDatabase.fresh()
        store = PostgresEventStore(pool: database.pool())
        worker = database.pool(as: "gleichtakt_worker")
        log = SealedLog(pool: database.pool(as: "gleichtakt_auditor"))
    }

    /// Appends that many events, in commands of three, some with personal parts and some with a fingerprint.
    func write(_ count: Int, to stream: StreamName = .sample(UUID().uuidString)) async throws {
        var commands: [AppendCommand] = []
        var version = try await store.read(stream).count
        var rest = count
        while rest > 0 {
            let size = min(3, rest)
            commands.append(
                .sample(
                    fingerprint: version % 2 == 0 ? [UInt8(version % 256), 7] : nil,
                    (
                        stream, version,
                        (0..<size).map {
                            .sample(
                                "{\"number\":\(version + $0)}",
                                personal: $0 == 1 ? Array("sealed \(version + $0)".utf8) : nil)
                        }
                    )))
            version += size
            rest -= size
        }
        for start in stride(from: 0, to: commands.count, by: 500) {
            _ = try await store.append(Array(commands[start..<min(start + 500, commands.count)]))
        }
    }

    /// Seals all that there is.
    func seal(pageSize: Int = 16_384, with key: NoteSigningKey = Self.key) async throws {
        let projections = ProjectionStore(pool: worker)
        guard
            let lease = try await projections.acquire(Sealer.name, holder: "desk", lifetime: .seconds(60))
        else { throw SealError.foreignKey("the lease is taken") }
        let sealer = Sealer(pool: worker, pageSize: pageSize) { [key] }
        try await sealer.begin()
        while try await sealer.seal(under: lease) {}
        try await projections.release(lease)
    }

    /// A ledger of 700 events: two complete tiles and 188 hashes more, under checkpoints of 250, 300, 600 and 700.
    static func sealed() async throws -> SealDesk {
        let desk = try await SealDesk()
        try await desk.write(250, to: .sample("first"))
        try await desk.seal()
        try await desk.write(50, to: .sample("second"))
        try await desk.seal()
        try await desk.write(300, to: .sample("first"))
        try await desk.seal()
        try await desk.write(100, to: .sample("third"))
        try await desk.seal()
        return desk
    }

    /// What only somebody with the owner's rights and bad intentions could do.
    func tamper(_ sql: String) async throws {
        try await database.pool(as: nil, size: 1).withConnection { connection in
            try await connection.script(
                """
                ALTER TABLE ledger.events DISABLE TRIGGER ALL; ALTER TABLE ledger.tiles DISABLE TRIGGER ALL;
                ALTER TABLE ledger.checkpoints DISABLE TRIGGER ALL; ALTER TABLE ledger.seal_keys DISABLE TRIGGER ALL;
                """ + sql)
        }
    }

    func verify(
        foreign: [Checkpoint] = [], trusted: [NoteVerifierKey] = [], limit: Int = 1000
    ) async throws -> LedgerVerification.Report {
        try await LedgerVerification(pool: database.pool(as: "gleichtakt_auditor")).run(
            limit: limit,
            foreign: foreign.map { LedgerVerification.ForeignCheckpoint(name: "the file", checkpoint: $0) },
            trusted: trusted)
    }

    /// Positions and kinds of all damages.
    func damages(foreign: [Checkpoint] = [], trusted: [NoteVerifierKey] = []) async throws -> [String] {
        try await verify(foreign: foreign, trusted: trusted).damages.map { "\($0.position) \($0.kind.rawValue)" }
    }

    /// The latest checkpoint as somebody elsewhere keeps it.
    func checkpoint(size: Position? = nil) async throws -> Checkpoint? {
        try await log.checkpoint(size: size).flatMap { SignedNote($0.note) }.flatMap { Checkpoint($0.text) }
    }
}

/// What an auditor would compute with PostgreSQL and a hash function, and nothing of ours: RFC 6962 as it is written.
enum ByHand {
    /// Leaves as the documentation says, by SQL alone.
    static let leaves = Statement(
        "test leaves",
        """
        SELECT sha256('\\x00'::bytea || int2send(13::int2)
            || int4send(8) || int8send(position) || int4send(8) || timestamptz_send(recorded_at)
            || int4send(16) || uuid_send(command_id) || int4send(4) || int4send(version)
            || int4send(4) || date_send(effective_on) || int4send(2) || int2send(ordinal)
            || int4send(2) || int2send(schema_version)
            || int4send(octet_length(stream)) || textsend(stream) || int4send(octet_length(type)) || textsend(type)
            || int4send(octet_length(metadata)) || metadata || int4send(octet_length(payload)) || payload
            || coalesce(int4send(octet_length(personal)) || personal, int4send(-1))
            || coalesce(int4send(octet_length(fingerprint)) || fingerprint, int4send(-1)))
        FROM ledger.events ORDER BY position
        """)

    static func leafHashes(_ pool: PostgresPool) async throws -> [MerkleHash] {
        try await pool.query(leaves).map { MerkleHash(bytes: try $0.decode(0, as: [UInt8].self))! }
    }

    /// MTH of RFC 6962, section 2.1.
    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard let first = leaves.first else { return .emptyTree }
        if leaves.count == 1 { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return MerkleHash(
            left: root(leaves[..<(leaves.startIndex + split)]), right: root(leaves[(leaves.startIndex + split)...]))
    }
}
