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

    /// Parameters: $1 office, $2 day, $3 kind, $4 open or closed, $5 area, $6 the actor's areas, $7 due before, $8 limit,
    /// $9 opened since.
    /// Of a page that goes on, also $10 and $11: when the last finding of the page before was opened, and its id.
    static func statement(of office: Office, isContinued: Bool) -> Statement {
        isContinued
            ? Statement("findings continued \(office.rawValue)", continued)
            : Statement("findings \(office.rawValue)", first)
    }

    private static let first = """
        SELECT \(columns) FROM office_findings
        WHERE \(filter)
        ORDER BY opened_on DESC, finding_id DESC
        LIMIT $8::bigint
        """

    private static let continued = """
        SELECT \(columns) FROM office_findings
        WHERE \(filter)
            AND (opened_on, finding_id) < ($10::date, $11::uuid)
        ORDER BY opened_on DESC, finding_id DESC
        LIMIT $8::bigint
        """
}
