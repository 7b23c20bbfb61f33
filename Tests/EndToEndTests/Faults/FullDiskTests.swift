import Foundation
import Logging
import Postgres
import Testbed
import Testing

@Suite(
    "When the disk is full", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: SmallDisk.isPossible, "SKIPPED: it takes root to mount a file system that can be filled"))
struct FullDiskTests {
    @Test("under the ledger: commands are sent away, reads go on, and with room again so does everything")
    func tableSpace() async throws {
        let seed = Chaos.seed()
        let disk = try await SmallDisk.mount(megabytes: 24)
        let installation = try await Installation.start(settings: ["GLEICHTAKT_LOG_LEVEL": "critical"])
        let owner = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL), size: 1, logger: Logger(label: "full disk"))
        try await owner.withConnection { connection in
            try await connection.script("CREATE TABLESPACE small LOCATION '\(disk.path)'")
            try await connection.script("ALTER TABLE ledger.events SET TABLESPACE small")
        }
        let crowd = try await Crowd(of: installation)
        let caseworker = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        try await crowd.work(clients: 8, seed: seed) {
            for _ in 0..<3 {
                try await crowd.achieve(50)
                try await disk.fill()
                let before = crowd.book.sentAway
                try await eventually("commands are sent away") { crowd.book.sentAway > before + 5 }
                for path in ["/v1/job-centre/cases", "/v1/timing/findings", "/healthz"] {
                    #expect(try await caseworker.get(path).status == 200, "\(path)")
                }
                try await disk.makeRoom()
                try await crowd.achieve(50)
            }
        }
        try await installation.expectSound(crowd, "a full disk under the ledger, seed \(seed)")
        try await installation.stop()
        try await disk.unmount()
    }

    @Test("under PostgreSQL's log: the server gives up, and once there is room and it is started, everything goes on")
    func log() async throws {
        let seed = Chaos.seed()
        let disk = try await SmallDisk.mount(megabytes: 112)
        let database = TemporaryServer(
            isDurable: true, settings: ["max_wal_size": "'48MB'", "min_wal_size": "'32MB'"])
        try await database.start()
        try await database.stop()
        try await database.moveLog(to: disk.path)
        try await database.start()
        let installation = try await Installation.start(
            database: database, settings: ["GLEICHTAKT_LOG_LEVEL": "critical"])
        let owner = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL), size: 1, logger: Logger(label: "full disk"))
        let crowd = try await Crowd(of: installation)
        try await crowd.work(clients: 8, seed: seed) {
            for _ in 0..<2 {
                try await crowd.achieve(50)
                try await disk.fill()
                let before = crowd.book.sentAway
                try await eventually("commands are sent away") {
                    // A segment is sixteen megabytes: what commands write would take a while to fill one.
                    _ = try? await owner.query(Self.switchSegment)
                    return crowd.book.sentAway > before + 5
                }
                try await disk.makeRoom()
                try await eventually("the server is back") {
                    try await database.startIfEnded()
                    return try await owner.query(Self.one).count == 1
                }
                try await crowd.achieve(50)
            }
        }
        try await installation.expectSound(crowd, "a full disk under the server's log, seed \(seed)")
        try await installation.stop()
        try await disk.unmount()
    }

    private static let one = Statement("full disk one", "SELECT 1")
    private static let switchSegment = Statement(
        "full disk switch", "SELECT pg_logical_emit_message(true, 'filler', 'x'), pg_switch_wal()")
}
