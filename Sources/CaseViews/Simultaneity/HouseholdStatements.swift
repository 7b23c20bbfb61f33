import CaseTiming
import Postgres

/// The statements that read the files of a case and, where wanted, of its household.
enum HouseholdStatements {
    /// Parameters: $1 office, $2 case, $3 day, $4 the actor's areas, $5 whether the household is meant.
    static func files(of office: Office) -> Statement {
        switch office {
        case .jobCentre: jobCentre
        case .youthOffice: youthOffice
        case .socialOffice: socialOffice
        }
    }

    private static let jobCentre = Statement("household job_centre_cases", select("job_centre_cases"))
    private static let youthOffice = Statement("household youth_office_cases", select("youth_office_cases"))
    private static let socialOffice = Statement("household social_office_cases", select("social_office_cases"))

    private static func select(_ table: StaticString) -> String {
        """
        SELECT f.document FROM office_case_files f
        WHERE f.office = $1 AND f.engaged_on <= $3::date AND f.seen_until >= $3::date
            AND ($4::text[] IS NULL OR f.area_id = ANY ($4::text[]))
            AND (f.case_id = $2 OR $5::boolean AND f.case_id IN (
                SELECT other.case_id FROM \(table) own JOIN \(table) other USING (household_id)
                WHERE own.case_id = $2))
        ORDER BY f.case_id
        """
    }
}
