import Foundation
import Ledger
import Logging
import Postgres
import Testing

/// Puts events that views cannot handle into a case's stream, past Gleichtakt, as a newer or a broken program might.
struct Poisoner: Sendable {
    /// What is wrong with an event.
    enum Poison: CaseIterable, Sendable {
        case unknownType
        case noJSON
        case otherShape
        /// It can be read, and PostgreSQL refuses the rows that follow from it.
        case unstorable

        var type: String {
            switch self {
            case .unknownType: "CaseEnchanted"
            case .noJSON: "MeasureStarted"
            case .otherShape: "PlanDrafted"
            case .unstorable: "CaseworkerReassigned"
            }
        }

        var payload: String {
            switch self {
            case .unknownType: "{}"
            case .noJSON: "no JSON at all"
            case .otherShape: #"{"planId":7}"#
            case .unstorable: #"{"office":"job-centre","caseworker":"\#(Self.tooLong)"}"#
            }
        }

        /// Too long for an index page, and nothing in it repeats itself.
        private static let tooLong: String = {
            var random = SeededGenerator(state: 9)
            return (0..<600).map { _ in String(random.next(), radix: 36) }.joined()
        }()
    }

    private let pool: PostgresPool

    init(_ installation: Installation) {
        pool = PostgresPool(
            PostgresConfiguration(uri: installation.databaseURL, role: "gleichtakt_service", applicationName: "poison"),
            size: 1, logger: Logger(label: "poison"))
    }

    /// Appends one to a case, and answers its position.
    func poison(_ caseID: UUID, _ poison: Poison) async throws -> Int {
        let stream = "case-\(caseID.text)"
        while true {
            let version: Int32 = try await pool.query(Self.version, stream).first?.decode(0) ?? 0
            let verdict = try #require(
                try await pool.query(
                    Self.append, [UUID()], [PostgresDate(daysSince1970: 20_000)], [stream], [version], [poison.type],
                    [Array(poison.payload.utf8)]
                ).first)
            if try verdict.decode(0, as: String.self) == "appended" {
                return Int(try verdict.decode(1, as: Int64.self))
            }
        }
    }

    private static let version = Statement(
        "poison version", "SELECT max(version) FROM ledger.events WHERE stream = $1 HAVING count(*) > 0")

    private static let append = Statement(
        "poison append",
        """
        SELECT verdict, "position" FROM ledger.append(
            $1::uuid[], ARRAY[NULL::bytea], $2::date[],
            ARRAY[convert_to('{"actor":"somebody","role":"caseworker","office":"job-centre"}', 'UTF8')], ARRAY[1],
            $3::text[], $4::integer[], ARRAY[1], $5::text[], ARRAY[1::smallint], $6::bytea[], ARRAY[NULL::bytea])
        """)
}
