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
        """

    /// Parameters: $1 office, $2 day, $3 kind, $4 state, $5 area, $6 the actor's areas, $7 due before, $8 limit.
    /// Of a page that goes on, also $9 and $10: when the last proposal of the page before was made, and its id.
    static func statement(of office: Office, isContinued: Bool) -> Statement {
        isContinued
            ? Statement("proposals continued \(office.rawValue)", continued)
            : Statement("proposals \(office.rawValue)", first)
    }

    private static let first = """
        SELECT \(columns) FROM office_proposals
        WHERE \(filter)
        ORDER BY proposed_on DESC, proposal_id DESC
        LIMIT $8::bigint
        """

    private static let continued = """
        SELECT \(columns) FROM office_proposals
        WHERE \(filter)
            AND (proposed_on, proposal_id) < ($9::date, $10::uuid)
        ORDER BY proposed_on DESC, proposal_id DESC
        LIMIT $8::bigint
        """
}
