import CaseTiming
import Postgres

/// The statements that look for somebody among the cases of one office.
///
/// They read that office's own worklist by indexes of its own and nothing else, so that a case which the office does not
/// see can neither be found nor cost any time.
enum CandidateStatements {
    /// More are not compared: thousands born on one day are a default of some other register, not people alike.
    static let greatestCount = 2_000

    /// Parameters: $1 day, $2 the actor's areas, $3 days of birth, $4 all words of the name as tsquery, $5 cases left out.
    static func statement(_ office: Office) -> Statement {
        switch office {
        case .jobCentre: jobCentre
        case .youthOffice: youthOffice
        case .socialOffice: socialOffice
        }
    }

    private static let jobCentre = make(.jobCentre)
    private static let youthOffice = make(.youthOffice)
    private static let socialOffice = make(.socialOffice)

    private static func make(_ office: Office) -> Statement {
        Statement(
            "candidates \(office.rawValue)",
            """
            SELECT c.case_id, c.given_name, c.family_name, c.born_on, c.area_id, c.is_open
            FROM \(WorklistStatements.table(of: office)) c
            WHERE c.engaged_on <= $1::date AND c.seen_until >= $1::date
                AND ($2::text[] IS NULL OR c.area_id = ANY ($2::text[]))
                AND c.case_id IN (
                    SELECT b.case_id FROM \(WorklistStatements.table(of: office)) b WHERE b.born_on = ANY ($3::date[])
                    UNION
                    SELECT n.case_id FROM \(WorklistStatements.namesTable(of: office)) n
                    WHERE n.name_search @@ $4::text::tsquery)
                AND c.case_id <> ALL ($5::uuid[]) AND c.given_name IS NOT NULL AND c.family_name IS NOT NULL
            ORDER BY c.case_id LIMIT \(greatestCount)
            """)
    }
}
