import CaseTiming
import Postgres

/// The statements that read findings, the latest opened first.
enum FindingStatements {
    private static let columns = """
        finding_id, kind, is_open, offices, case_ids, measure_ids, from_day, to_day, days, explanation, opened_on,
        closed_on, area_id, basis::text
        """

    private static let filter = """
        office = $1 AND \(VisibleDays.isShown("visible", on: "$2"))
            AND ($3::text IS NULL OR kind = $3::text)
            AND ($4::boolean IS NULL OR is_open = $4::boolean)
            AND ($5::text IS NULL OR area_id = $5::text)
            AND ($6::text[] IS NULL OR area_id = ANY ($6::text[]))
            AND ($7::date IS NULL OR coalesce(from_day, opened_on) < $7::date)
            AND ($9::date IS NULL OR opened_on >= $9::date)
        """

    /// Where few cases are asked for, the findings that they or their households hold are looked up, instead of walking along
    /// all. Of a household, those count who live in it now.
    private static func filter(_ office: Office, _ about: AboutCases) -> String {
        let owners = """
            AND owner_id = ANY (ARRAY(SELECT unnest(ARRAY[c.case_id, c.household_id]) FROM \(about.cases(of: office))))
            """
        return """
            \(filter)
                \(about.isNarrow ? owners : "")
                AND \(about.isAbout("unnest(case_ids) i (id)", of: office))
            """
    }

    /// Parameters: $1 office, $2 day, $3 kind, $4 open or closed, $5 area, $6 the actor's areas, $7 due before, $8 limit,
    /// $9 opened since; of the cases that it is about, $10 open or closed, $11 caseworker, $12 names as tsquery.
    /// Of a page that goes on, also $13 and $14: when the last finding of the page before was opened, and its id.
    static func statement(of office: Office, about: AboutCases, isContinued: Bool) -> Statement {
        Statement(
            "findings \(office.rawValue)\(about.title)\(isContinued ? " continued" : "")",
            """
            SELECT \(columns) FROM office_findings
            WHERE \(filter(office, about))
                \(isContinued ? "AND (opened_on, finding_id) < ($13::date, $14::uuid)" : "")
            ORDER BY opened_on DESC, finding_id DESC
            LIMIT $8::bigint
            """)
    }
}
