public import Foundation
public import Ledger
public import Postgres

/// Who looked at what: the table `audit.reads`. Written by those who answer queries, read by auditors, and emptied by age.
public struct ReadLog: Sendable {
    /// Something of another office's data that was seen.
    public struct Disclosure: Codable, Hashable, Sendable {
        /// The office that recorded it; `nil` for what nobody recorded for an office.
        public var from: String?
        /// What kind of data.
        public var category: String
        /// What allows it; `nil` where that was not looked up.
        public var basis: String?

        /// Data of a category that an office recorded.
        public init(from: String?, category: String, basis: String?) {
            self.from = from
            self.category = category
            self.basis = basis
        }
    }

    /// A look as it is on record.
    public struct Record: Hashable, Sendable {
        /// Its place in the log.
        public var number: Int64
        /// When, UTC.
        public var at: Instant
        /// The look; its case is `nil` when the case was one of a list.
        public var entry: Entry
    }

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
        /// On what the office works in the case.
        public var legalBasis: String?
        /// What of other offices' data was seen.
        public var disclosed: [Disclosure]
        /// The cases on the list, where it was one.
        public var cases: [UUID]

        /// A look at a view.
        public init(
            actor: String, role: String, office: String? = nil, caseID: UUID? = nil, view: String,
            reason: String? = nil, legalBasis: String? = nil, disclosed: [Disclosure] = [], cases: [UUID] = []
        ) {
            self.actor = actor
            self.role = role
            self.office = office
            self.caseID = caseID
            self.view = view
            self.reason = reason
            self.legalBasis = legalBasis
            self.disclosed = disclosed
            self.cases = cases
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
                entries.map(\.view), entries.map(\.reason), entries.map(\.legalBasis),
                entries.map { Self.json($0.disclosed) },
                entries.map { $0.cases.isEmpty ? nil : "{" + $0.cases.map(\.uuidString).joined(separator: ",") + "}" })
        } catch {
            throw error.asLedgerError
        }
    }

    /// The looks at a case, by itself or on a list, the latest first.
    ///
    /// - Parameter number: only those before this one.
    /// - Throws: ``LedgerError/unavailable(_:)``; `PostgresError`, when the role may not read the log.
    public func reads(of id: UUID, before number: Int64 = .max, limit: Int) async throws -> [Record] {
        do {
            return try await pool.query(Self.find, id, number, Int64(max(0, limit))).map { row in
                Record(
                    number: try row.decode(0), at: try row.instant(1),
                    entry: Entry(
                        actor: try row.decode(2), role: try row.decode(3), office: try row.decode(4),
                        caseID: try row.decode(5), view: try row.decode(6), reason: try row.decode(7),
                        legalBasis: try row.decode(8), disclosed: try Self.disclosed(row.decode(9))))
            }
        } catch let error as PostgresError {
            throw error.asLedgerError
        }
    }

    /// Removes looks that were recorded more than so many days ago, at least 30; answers how many.
    ///
    /// - Throws: ``LedgerError/unavailable(_:)``; `PostgresError`, when the role may not.
    @discardableResult
    public func expire(afterDays days: Int) async throws -> Int {
        do {
            let answer = try await pool.query(Self.expire, Int32(clamping: days))
            guard let row = answer.first else { return 0 }
            return Int(try row.decode(0, as: Int64.self))
        } catch {
            throw error.asLedgerError
        }
    }

    private static func json(_ disclosed: [Disclosure]) -> String? {
        guard !disclosed.isEmpty, let bytes = try? JSONEncoder().encode(disclosed) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func disclosed(_ json: String?) throws -> [Disclosure] {
        guard let json else { return [] }
        return try JSONDecoder().decode([Disclosure].self, from: Data(json.utf8))
    }

    private static let insert = Statement(
        "audit.insert reads",
        """
        INSERT INTO audit.reads (actor, role, office, case_id, view, reason, legal_basis, disclosed, cases)
        SELECT actor, role, office, case_id, view, reason, legal_basis, disclosed::jsonb, cases::uuid[]
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[]) AS looks (actor, role, office, case_id, view, reason, legal_basis, disclosed, cases)
        """)

    private static let find = Statement(
        "audit.find reads",
        """
        SELECT id, at, actor, role, office, case_id, view, reason, legal_basis, disclosed::text
        FROM audit.reads WHERE (case_id = $1 OR cases @> ARRAY[$1]) AND id < $2 ORDER BY id DESC LIMIT $3
        """)

    private static let expire = Statement("audit.expire reads", "SELECT audit.expire_reads($1)")
}
