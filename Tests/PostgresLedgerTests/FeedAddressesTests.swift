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

    @Test("are forgotten when they ended, or were revoked, long enough ago")
    func expiry() async throws {
        let uri = try await TemporaryServer.shared.freshDatabase()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(uri: uri, logger: logger).migrate()
        func addresses(of role: String) -> FeedAddresses {
            FeedAddresses(
                pool: PostgresPool(PostgresConfiguration(uri: uri, role: role), size: 1, logger: logger))
        }
        let (service, worker) = (addresses(of: "gleichtakt_service"), addresses(of: "gleichtakt_worker"))
        let now = Instant(microsecondsSince1970: Int64(Date().timeIntervalSince1970) * 1_000_000)
        // When each ends and is revoked, in days from now.
        let days: [(ends: Int64, revoked: Int64?)] = [
            (-31, nil), (-29, nil), (10, nil), (10, -31), (10, -29), (-40, -10),
        ]
        for (number, day) in days.enumerated() {
            let entry = FeedAddresses.Entry(
                id: UUID(), subject: "\(number)", office: "youth-office", areas: nil,
                createdAt: now.adding(seconds: -90 * 86_400), expiresAt: now.adding(seconds: day.ends * 86_400))
            try await service.create(entry, secretHash: Array(repeating: UInt8(number), count: 32))
            guard let revoked = day.revoked else { continue }
            _ = try await service.revoke(
                entry.id, of: nil, office: "youth-office", at: now.adding(seconds: revoked * 86_400))
        }
        #expect(try await worker.expire(afterDays: 30) == 3)
        #expect(try await worker.expire(afterDays: 30) == 0)
        #expect(
            try await service.list(of: nil, office: "youth-office").map(\.subject).sorted() == ["1", "2", "4"])
        await #expect(throws: (any Error).self) { try await worker.expire(afterDays: -1) }
        await #expect(throws: (any Error).self) { try await service.expire(afterDays: 30) }
        await #expect(throws: (any Error).self) { try await worker.list(of: nil, office: "youth-office") }
    }
}
