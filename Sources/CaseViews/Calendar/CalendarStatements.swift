import CaseTiming
import Postgres

/// The statements that read the files of all open cases of a caseworker.
enum CalendarStatements {
    /// More cases than anybody has; beyond them a calendar would be of no use.
    static let limit = 1_000

    /// Parameters: $1 office, $2 caseworker, $3 day, $4 the actor's areas, $5 limit.
    static func files(of office: Office) -> Statement {
        switch office {
        case .jobCentre: jobCentre
        case .youthOffice: youthOffice
        case .socialOffice: socialOffice
        }
    }

    private static let jobCentre = Statement("calendar job_centre_cases", select("job_centre_cases"))
    private static let youthOffice = Statement("calendar youth_office_cases", select("youth_office_cases"))
    private static let socialOffice = Statement("calendar social_office_cases", select("social_office_cases"))

    private static func select(_ table: StaticString) -> String {
        """
        SELECT f.document FROM \(table) c
        JOIN office_case_files f ON f.case_id = c.case_id AND f.office = $1
        WHERE c.caseworker = $2 AND c.is_open AND c.is_engaged
            AND f.engaged_on <= $3::date AND f.seen_until >= $3::date
            AND ($4::text[] IS NULL OR f.area_id = ANY ($4::text[]))
        ORDER BY c.case_id LIMIT $5::bigint
        """
    }
}
