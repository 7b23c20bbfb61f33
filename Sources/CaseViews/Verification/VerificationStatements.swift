import Postgres

/// The statements that compare the live views with those of a replay in temporary tables.
///
/// A row is compared as the text of the whole row: every byte of every column counts, also of columns whose type knows no
/// equality.
enum VerificationStatements {
    /// A table, and how it is compared.
    struct Table: Sendable {
        let name: String
        let count: Statement
        let compare: Statement

        init(_ name: String, key: [String]) {
            self.name = name
            let columns = key.map { "coalesce(l.\($0)::text, r.\($0)::text)" }.joined(separator: ", ")
            count = Statement("verify count \(name)", "SELECT count(*) FROM pg_temp.\(name)")
            compare = Statement(
                "verify compare \(name)",
                """
                SELECT concat_ws(',', \(columns)),
                    CASE WHEN l.\(key[0]) IS NULL THEN 'missing' WHEN r.\(key[0]) IS NULL THEN 'surplus'
                        ELSE 'changed' END
                FROM views.\(name) l FULL JOIN pg_temp.\(name) r USING (\(key.joined(separator: ", ")))
                WHERE l.*::text IS DISTINCT FROM r.*::text
                ORDER BY 1 LIMIT $1
                """)
        }
    }

    static let tables = [
        Table("areas", key: ["area_id"]),
        Table("catalogue", key: ["kind", "id"]),
        Table("job_centre_names", key: ["case_id"]),
        Table("youth_office_names", key: ["case_id"]),
        Table("social_office_names", key: ["case_id"]),
        Table("job_centre_cases", key: ["case_id"]),
        Table("youth_office_cases", key: ["case_id"]),
        Table("social_office_cases", key: ["case_id"]),
        Table("office_case_files", key: ["case_id", "office"]),
        Table("office_findings", key: ["finding_id", "office"]),
        Table("office_open_findings", key: ["case_id", "office", "finding_id"]),
        Table("summary_cases", key: ["case_id"]),
        Table("office_proposals", key: ["proposal_id", "office"]),
        Table("summary_findings", key: ["finding_id"]),
    ]

    static let position = Statement(
        "verify position", "SELECT position, edition FROM ledger.projections WHERE name = $1")

    static let edition = Statement("verify edition", "SELECT number FROM views.edition")
}
