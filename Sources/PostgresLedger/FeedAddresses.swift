public import Foundation
public import Ledger
public import Postgres

/// Secret addresses under which something can be read without a token: the table `access.feeds`. What is kept of a secret is
/// what it hashes to.
public struct FeedAddresses: Sendable {
    /// One address.
    public struct Entry: Hashable, Sendable {
        /// The address.
        public var id: UUID
        /// For whom it was made: the subject of a token.
        public var subject: String
        /// For which office.
        public var office: String
        /// The areas that it opens; `nil` means all.
        public var areas: [String]?
        /// When it was made, UTC.
        public var createdAt: Instant
        /// When it ends, UTC.
        public var expiresAt: Instant
        /// When it was revoked, UTC.
        public var revokedAt: Instant?

        /// An address.
        public init(
            id: UUID, subject: String, office: String, areas: [String]?, createdAt: Instant, expiresAt: Instant,
            revokedAt: Instant? = nil
        ) {
            self.id = id
            self.subject = subject
            self.office = office
            self.areas = areas
            self.createdAt = createdAt
            self.expiresAt = expiresAt
            self.revokedAt = revokedAt
        }
    }

    private let pool: PostgresPool

    /// The addresses in the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Keeps an address under what its secret hashes to (SHA-256).
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``; `PostgresError` for a hash of another length.
    public func create(_ entry: Entry, secretHash: [UInt8]) async throws {
        do {
            try await pool.execute(
                Self.insertion, entry.id, secretHash, entry.subject, entry.office, entry.areas,
                entry.createdAt.timestamp, entry.expiresAt.timestamp)
        } catch {
            throw error.asLedgerError
        }
    }

    /// The address whose secret hashes to this, be it still valid or not.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func find(secretHash: [UInt8]) async throws -> Entry? {
        try await entries(Self.selection, secretHash).first
    }

    /// The addresses of an office, of one person or of all (`nil`), the latest first.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func list(of subject: String?, office: String) async throws -> [Entry] {
        try await entries(Self.listing, office, subject)
    }

    /// Revokes an address of an office, of one person or of any (`nil`); what was revoked before stays so from then on.
    ///
    /// - Returns: `false` when there is no such address.
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func revoke(_ id: UUID, of subject: String?, office: String, at now: Instant) async throws -> Bool {
        do {
            return try await !pool.query(Self.revocation, id, office, subject, now.timestamp).isEmpty
        } catch {
            throw error.asLedgerError
        }
    }

    /// Removes addresses that ended or were revoked more than so many days ago; answers how many.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``; `PostgresError`, when the role may not.
    @discardableResult
    public func expire(afterDays days: Int) async throws -> Int {
        do {
            let answer = try await pool.query(Self.expiry, Int32(clamping: days))
            guard let row = answer.first else { return 0 }
            return Int(try row.decode(0, as: Int64.self))
        } catch {
            throw error.asLedgerError
        }
    }

    private func entries(_ statement: Statement, _ parameters: any PostgresEncodable...) async throws -> [Entry] {
        let rows: Rows
        do {
            rows = try await pool.query(statement, parameters: parameters)
        } catch {
            throw error.asLedgerError
        }
        return try rows.map { row in
            Entry(
                id: try row.decode(0), subject: try row.decode(1), office: try row.decode(2), areas: try row.decode(3),
                createdAt: try row.instant(4), expiresAt: try row.instant(5),
                revokedAt: try row.decode(6, as: PostgresTimestamp?.self).map {
                    Instant(microsecondsSince1970: $0.microsecondsSince1970)
                })
        }
    }

    private static let insertion = Statement(
        "access.insert feed",
        """
        INSERT INTO access.feeds (feed_id, secret_hash, subject, office, areas, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let selection = Statement(
        "access.feed",
        """
        SELECT feed_id, subject, office, areas, created_at, expires_at, revoked_at
        FROM access.feeds WHERE secret_hash = $1
        """)

    private static let listing = Statement(
        "access.feeds",
        """
        SELECT feed_id, subject, office, areas, created_at, expires_at, revoked_at
        FROM access.feeds WHERE office = $1 AND ($2::text IS NULL OR subject = $2::text)
        ORDER BY created_at DESC, feed_id DESC
        """)

    private static let expiry = Statement("access.expire feeds", "SELECT access.expire_feeds($1)")

    private static let revocation = Statement(
        "access.revoke feed",
        """
        UPDATE access.feeds SET revoked_at = coalesce(revoked_at, $4)
        WHERE feed_id = $1 AND office = $2 AND ($3::text IS NULL OR subject = $3::text)
        RETURNING feed_id
        """)
}

extension Instant {
    fileprivate var timestamp: PostgresTimestamp { PostgresTimestamp(microsecondsSince1970: microsecondsSince1970) }
}
