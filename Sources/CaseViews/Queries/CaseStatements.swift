import Postgres

/// The statements that read one case.
enum CaseStatements {
    /// Parameters: $1 case, $2 office, $3 day, $4 the actor's areas.
    static let document = Statement(
        "case file",
        """
        SELECT document FROM office_case_files
        WHERE case_id = $1 AND office = $2 AND engaged_on <= $3 AND seen_until >= $3
            AND ($4::text[] IS NULL OR area_id = ANY ($4::text[]))
        """)

    /// Parameters: $1 case, $2 office, $3 day, $4 the actor's areas.
    static let timeline = Statement(
        "case timeline",
        """
        SELECT timeline FROM office_case_files
        WHERE case_id = $1 AND office = $2 AND engaged_on <= $3 AND seen_until >= $3
            AND ($4::text[] IS NULL OR area_id = ANY ($4::text[]))
        """)
}
