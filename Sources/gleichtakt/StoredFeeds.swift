import CaseService
import CaseTiming
import Foundation
import Ledger
import PostgresLedger

/// Keeps calendar feeds in the database.
struct StoredFeeds: CalendarFeeds {
    let addresses: FeedAddresses

    func create(_ feed: CalendarFeed, secretHash: [UInt8]) async throws {
        try await addresses.create(
            FeedAddresses.Entry(
                id: feed.id, subject: feed.subject, office: feed.office.rawValue, areas: feed.areas?.sorted(),
                createdAt: feed.createdAt, expiresAt: feed.expiresAt), secretHash: secretHash)
    }

    func feed(secretHash: [UInt8]) async throws -> CalendarFeed? {
        try await addresses.find(secretHash: secretHash).flatMap(Self.feed)
    }

    func feeds(of subject: String?, office: Office) async throws -> [CalendarFeed] {
        try await addresses.list(of: subject, office: office.rawValue).compactMap(Self.feed)
    }

    func revoke(_ id: UUID, of subject: String?, office: Office, at now: Instant) async throws -> Bool {
        try await addresses.revoke(id, of: subject, office: office.rawValue, at: now)
    }

    private static func feed(_ entry: FeedAddresses.Entry) -> CalendarFeed? {
        Office(rawValue: entry.office).map {
            CalendarFeed(
                id: entry.id, subject: entry.subject, office: $0, areas: entry.areas.map(Set.init),
                createdAt: entry.createdAt, expiresAt: entry.expiresAt, revokedAt: entry.revokedAt)
        }
    }
}
