import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import Testbed
import Testing

@Suite("Secret addresses")
struct FeedAddressesTests {
    @Test("are kept by what their secret hashes to, listed for whom they were made, and revoked by nobody else")
    func lifetime() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(uri: uri, logger: logger).migrate()
        let pool = PostgresPool(
            PostgresConfiguration(uri: uri, role: "gleichtakt_service"), size: 2, logger: logger)
        let addresses = FeedAddresses(pool: pool)
        let now = try #require(Instant("2026-03-16T09:00:00Z"))
        let hash = Array(repeating: UInt8(7), count: 32)
        let entry = FeedAddresses.Entry(
            id: UUID(), subject: "yo-7", office: "youth-office", areas: ["gallus"], createdAt: now,
            expiresAt: now.adding(seconds: 86_400))
        try await addresses.create(entry, secretHash: hash)
        #expect(try await addresses.find(secretHash: hash) == entry)
        #expect(try await addresses.find(secretHash: Array(repeating: 8, count: 32)) == nil)
        #expect(try await addresses.list(of: "yo-7", office: "youth-office") == [entry])
        #expect(try await addresses.list(of: "yo-7", office: "job-centre").isEmpty)
        #expect(try await addresses.list(of: nil, office: "youth-office") == [entry])
        #expect(try await addresses.list(of: nil, office: "job-centre").isEmpty)
        #expect(try await !addresses.revoke(entry.id, of: "yo-8", office: "youth-office", at: now))
        #expect(try await !addresses.revoke(entry.id, of: nil, office: "job-centre", at: now))
        #expect(try await addresses.find(secretHash: hash)?.revokedAt == nil)
        #expect(try await addresses.revoke(entry.id, of: "yo-7", office: "youth-office", at: now.adding(seconds: 60)))
        // What was revoked stays so from then on.
        #expect(try await addresses.revoke(entry.id, of: nil, office: "youth-office", at: now.adding(seconds: 600)))
        #expect(try await addresses.find(secretHash: hash)?.revokedAt == now.adding(seconds: 60))
        await #expect(throws: (any Error).self) { try await addresses.create(entry, secretHash: [1, 2, 3]) }
        await #expect(throws: (any Error).self) { try await pool.execute(Statement("d", "DELETE FROM access.feeds")) }
    }
}
