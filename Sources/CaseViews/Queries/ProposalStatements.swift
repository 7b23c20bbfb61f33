import CaseTiming
import Postgres

/// The statements that read alignment proposals, the latest first.
enum ProposalStatements {
    private static let columns = "proposal_id, area_id, proposed_on, document"

    private static let filter = """
        office = $1 AND \(VisibleDays.isShown("visible", on: "$2"))
            AND ($3::text IS NULL OR $3::text = ANY (kinds))
            AND ($4::text IS NULL OR state = $4::text)
            AND ($5::text IS NULL OR area_id = $5::text)
            AND ($6::text[] IS NULL OR area_id = ANY ($6::text[]))
            AND ($7::date IS NULL OR answer_due < $7::date)
            AND ($9::date IS NULL OR proposed_on >= $9::date)
        """

    /// The case in which it was made, and those whose measures would move, as far as the office may know that on the day.
    private static let cases = """
        (SELECT owner_id UNION ALL
                    SELECT (s.shift -> 'value' ->> 'caseId')::uuid FROM json_array_elements(document -> 'shifts') s (shift)
                    WHERE EXISTS (SELECT FROM json_array_elements(s.shift -> 'visible') v (span)
                        WHERE (v.span ->> 'from')::date <= $2::date
                            AND coalesce((v.span ->> 'until')::date >= $2::date, TRUE))) i (id)
        """

    /// Parameters: $1 office, $2 day, $3 kind, $4 state, $5 area, $6 the actor's areas, $7 due before, $8 limit, $9 proposed
    /// since; of the cases that it is about, $10 open or closed, $11 caseworker, $12 names as tsquery.
    /// Of a page that goes on, also $13 and $14: when the last proposal of the page before was made, and its id.
    static func statement(of office: Office, about: AboutCases, isContinued: Bool) -> Statement {
        Statement(
            "proposals \(office.rawValue)\(about.title)\(isContinued ? " continued" : "")",
            """
            SELECT \(columns) FROM office_proposals
            WHERE \(filter)
                AND \(about.isAbout(cases, of: office))
                \(isContinued ? "AND (proposed_on, proposal_id) < ($13::date, $14::uuid)" : "")
            ORDER BY proposed_on DESC, proposal_id DESC
            LIMIT $8::bigint
            """)
    }
}
