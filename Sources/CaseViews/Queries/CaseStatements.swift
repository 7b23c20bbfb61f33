import CaseTiming
import Postgres

/// The statements that read one case. Each office has statements of its own: what row-level security adds to one is planned
/// for the role that first asked.
enum CaseStatements {
    /// The statement of an office's case file.
    ///
    /// Parameters: $1 case, $2 office, $3 day, $4 the actor's areas.
    static func document(of office: Office) -> Statement {
        Statement("case file \(office.rawValue)", documentText)
    }

    /// The statement of an office's timeline; parameters as of ``document(of:)``.
    static func timeline(of office: Office) -> Statement {
        Statement("case timeline \(office.rawValue)", timelineText)
    }

    private static let documentText = """
        SELECT document FROM office_case_files
        WHERE case_id = $1 AND office = $2 AND engaged_on <= $3 AND seen_until >= $3
            AND ($4::text[] IS NULL OR area_id = ANY ($4::text[]))
        """

    private static let timelineText = """
        SELECT timeline FROM office_case_files
        WHERE case_id = $1 AND office = $2 AND engaged_on <= $3 AND seen_until >= $3
            AND ($4::text[] IS NULL OR area_id = ANY ($4::text[]))
        """
}
