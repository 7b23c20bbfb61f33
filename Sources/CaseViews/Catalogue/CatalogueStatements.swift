import Postgres

/// The statements that read what stands around the cases, in the order of names.
enum CatalogueStatements {
    /// Nobody's area is everybody's; what is in areas is for those whose areas they are.
    private static let isSeen = "($2::text[] IS NULL OR area_ids = '{}' OR area_ids && $2::text[])"

    private static let filter = """
        kind = $1 AND \(isSeen)
            AND ($3::text IS NULL OR area_ids = '{}' OR area_ids @> ARRAY[$3::text])
            AND ($4::boolean IS NULL OR (open_through >= $5::date AND NOT is_full) = $4::boolean)
            AND ($6::text IS NULL OR variety = $6::text)
            AND ($7::text IS NULL OR EXISTS (
                SELECT FROM unnest(occupations) AS o (code) WHERE starts_with(o.code, $7::text)))
        """

    /// Parameters: $1 kind, $2 the actor's areas, $3 area, $4 open or not, $5 day, $6 variety, $7 occupation, $8 limit.
    static let first = Statement(
        "catalogue",
        """
        SELECT document, sort_name, id FROM catalogue WHERE \(filter)
        ORDER BY sort_name, id LIMIT $8::bigint
        """)

    /// Parameters as ``first``, and $9 and $10: name and id of the last item of the page before.
    static let continued = Statement(
        "catalogue continued",
        """
        SELECT document, sort_name, id FROM catalogue WHERE \(filter) AND (sort_name, id) > ($9::text, $10::text)
        ORDER BY sort_name, id LIMIT $8::bigint
        """)

    /// Parameters: $1 kind, $2 the actor's areas, $3 id.
    static let one = Statement(
        "catalogue item", "SELECT document FROM catalogue WHERE kind = $1 AND \(isSeen) AND id = $3")
}
