public import Foundation
public import Postgres

/// Who looked at what: the table `audit.reads`. Written by those who answer queries, never read by them.
public struct ReadLog: Sendable {
    /// One look at one case, or at a list of cases.
    public struct Entry: Hashable, Sendable {
        /// Who looked: the subject of the token.
        public var actor: String
        /// In which role.
        public var role: String
        /// For which office, if for one.
        public var office: String?
        /// At which case; `nil` for a query over many.
        public var caseID: UUID?
        /// At which view.
        public var view: String
        /// For what reason, where one has to be stated.
        public var reason: String?

        /// A look at a view.
        public init(
            actor: String, role: String, office: String? = nil, caseID: UUID? = nil, view: String,
            reason: String? = nil
        ) {
            self.actor = actor
            self.role = role
            self.office = office
            self.caseID = caseID
            self.view = view
            self.reason = reason
        }
    }

    private let pool: PostgresPool

    /// The log in the database behind `pool`.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Records one look. The moment is the database's.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func record(_ entry: Entry) async throws {
        try await record([entry])
    }

    /// Records several looks at once.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``.
    public func record(_ entries: [Entry]) async throws {
        guard !entries.isEmpty else { return }
        do {
            try await pool.execute(
                Self.insert, entries.map(\.actor), entries.map(\.role), entries.map(\.office), entries.map(\.caseID),
                entries.map(\.view), entries.map(\.reason))
        } catch {
            throw error.asLedgerError
        }
    }

    private static let insert = Statement(
        "audit.insert reads",
        """
        INSERT INTO audit.reads (actor, role, office, case_id, view, reason)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[])
        """)
}
