import Postgres

/// The statements behind the simultaneity of a programme area.
enum AreaSimultaneityStatements {
    /// Parameters: $1 area, $2 the actor's areas.
    static let area = Statement(
        "simultaneity area",
        """
        SELECT name FROM areas
        WHERE area_id = $1::text AND ($2::text[] IS NULL OR area_id = ANY ($2::text[]))
        """)

    /// One row per month, `cases` or `households`, and layer, with the numbers of all offices together and of each.
    ///
    /// Parameters: $1 area, $2 first day of the first month, $3 first day of the last month, $4 the present day.
    static let counts = Statement(
        "simultaneity counts",
        units + """
            SELECT month, what, layer, o.office, count(*) FILTER (WHERE o.active <> 0), sum(bit_count(o.active::bit(32)))::bigint,
                count(*) FILTER (WHERE o.shared <> 0), sum(bit_count(o.shared::bit(32)))::bigint
            FROM units
            CROSS JOIN LATERAL (VALUES
                ('recorded', recorded_j, recorded_y, recorded_s), ('planned', planned_j, planned_y, planned_s),
                ('ifAccepted', accepted_j, accepted_y, accepted_s)
            ) l (layer, j, y, s)
            CROSS JOIN LATERAL (VALUES
                ('job-centre', j, j & (y | s)), ('youth-office', y, y & (j | s)), ('social-office', s, s & (j | y)),
                (NULL, j | y | s, (j & y) | (j & s) | (y & s))
            ) o (office, active, shared)
            GROUP BY month, what, layer, o.office
            """)

    /// One row per month, `cases` or `households`, and pair of layers: in how many of them active days and shared days
    /// differ, and in how many of these the days of the office $5 do not.
    ///
    /// Parameters: as of ``counts``, and $5 the actor's office.
    static let differences = Statement(
        "simultaneity differences",
        units + """
            SELECT month, what, p.first, p.second,
                count(*) FILTER (WHERE p.active_before <> p.active_after),
                count(*) FILTER (WHERE p.active_before <> p.active_after AND p.own_before = p.own_after),
                count(*) FILTER (WHERE p.shared_before <> p.shared_after),
                count(*) FILTER (WHERE p.shared_before <> p.shared_after AND p.own_before = p.own_after)
            FROM units
            CROSS JOIN LATERAL (VALUES
                ('recorded', recorded_j, recorded_y, recorded_s), ('planned', planned_j, planned_y, planned_s),
                ('ifAccepted', accepted_j, accepted_y, accepted_s)
            ) a (layer, j, y, s)
            CROSS JOIN LATERAL (VALUES
                ('planned', planned_j, planned_y, planned_s), ('ifAccepted', accepted_j, accepted_y, accepted_s)
            ) b (layer, j, y, s)
            CROSS JOIN LATERAL (SELECT
                a.layer AS first, b.layer AS second,
                a.j | a.y | a.s AS active_before, b.j | b.y | b.s AS active_after,
                (a.j & a.y) | (a.j & a.s) | (a.y & a.s) AS shared_before,
                (b.j & b.y) | (b.j & b.s) | (b.y & b.s) AS shared_after,
                CASE $5::text WHEN 'job-centre' THEN a.j WHEN 'youth-office' THEN a.y WHEN 'social-office' THEN a.s ELSE 0 END
                    AS own_before,
                CASE $5::text WHEN 'job-centre' THEN b.j WHEN 'youth-office' THEN b.y WHEN 'social-office' THEN b.s ELSE 0 END
                    AS own_after) p
            WHERE a.layer <> b.layer AND (a.layer, b.layer) <> ('ifAccepted', 'planned')
            GROUP BY month, what, p.first, p.second
            """)

    /// The days of each case and of each household by month, one bit a day: as recorded, as planned, and if the open
    /// proposals were accepted.
    private static let units = """
        WITH months AS (
            SELECT m::date AS month,
                ((1::bigint << greatest(0, least((m + interval '1 month')::date, $4::date + 1) - m::date)) - 1)::integer AS past
            FROM generate_series($2::date::timestamp, $3::date::timestamp, interval '1 month') m
        ), cases AS (
            SELECT case_id, household_id, active_month, active_job_centre, active_youth_office, active_social_office,
                expected_month, expected_if_accepted, expected_job_centre, expected_youth_office, expected_social_office,
                true = ANY (expected_if_accepted) AS is_moved
            FROM summary_cases WHERE area_id = $1::text
        ), days AS MATERIALIZED (
            SELECT c.case_id, c.household_id, m.month,
                bit_or(CASE WHEN a.kind = 'active' THEN a.j & m.past ELSE 0 END) AS recorded_j,
                bit_or(CASE WHEN a.kind = 'active' THEN a.y & m.past ELSE 0 END) AS recorded_y,
                bit_or(CASE WHEN a.kind = 'active' THEN a.s & m.past ELSE 0 END) AS recorded_s,
                bit_or(CASE a.kind WHEN 'active' THEN a.j WHEN 'planned' THEN a.j & ~m.past ELSE 0 END) AS planned_j,
                bit_or(CASE a.kind WHEN 'active' THEN a.y WHEN 'planned' THEN a.y & ~m.past ELSE 0 END) AS planned_y,
                bit_or(CASE a.kind WHEN 'active' THEN a.s WHEN 'planned' THEN a.s & ~m.past ELSE 0 END) AS planned_s,
                bit_or(CASE WHEN a.kind = 'active' THEN a.j WHEN c.is_moved = (a.kind = 'moved') THEN a.j & ~m.past
                    ELSE 0 END) AS accepted_j,
                bit_or(CASE WHEN a.kind = 'active' THEN a.y WHEN c.is_moved = (a.kind = 'moved') THEN a.y & ~m.past
                    ELSE 0 END) AS accepted_y,
                bit_or(CASE WHEN a.kind = 'active' THEN a.s WHEN c.is_moved = (a.kind = 'moved') THEN a.s & ~m.past
                    ELSE 0 END) AS accepted_s
            FROM cases c
            CROSS JOIN LATERAL (
                SELECT 'active' AS kind, month, j, y, s
                FROM unnest(c.active_month, c.active_job_centre, c.active_youth_office, c.active_social_office)
                    u (month, j, y, s)
                UNION ALL
                SELECT CASE WHEN if_accepted THEN 'moved' ELSE 'planned' END, month, j, y, s
                FROM unnest(c.expected_month, c.expected_if_accepted, c.expected_job_centre, c.expected_youth_office,
                    c.expected_social_office) u (month, if_accepted, j, y, s)
            ) a
            JOIN months m ON m.month = a.month
            GROUP BY 1, 2, 3
        ), units AS (
            SELECT 'cases' AS what, month, recorded_j, recorded_y, recorded_s, planned_j, planned_y, planned_s,
                accepted_j, accepted_y, accepted_s
            FROM days
            UNION ALL
            SELECT 'households', month, bit_or(recorded_j), bit_or(recorded_y), bit_or(recorded_s), bit_or(planned_j),
                bit_or(planned_y), bit_or(planned_s), bit_or(accepted_j), bit_or(accepted_y), bit_or(accepted_s)
            FROM days WHERE household_id IS NOT NULL GROUP BY household_id, month
        )

        """
}
