import Postgres

/// The statements that add up the contributions to a summary.
enum SummaryStatements {
    /// Parameters: $1 area, $2 the actor's areas.
    static let areas = Statement(
        "summary areas",
        """
        SELECT area_id, name, region, municipality FROM areas
        WHERE ($1::text IS NULL OR area_id = $1::text) AND ($2::text[] IS NULL OR area_id = ANY ($2::text[]))
        ORDER BY area_id
        """)

    /// Room for sorting and grouping in memory what hundreds of thousands of rows add up to: a few dozen megabytes, for as
    /// long as the query takes.
    static let memory = Statement("summary memory", "SELECT set_config('work_mem', '64MB', true)")

    /// One row per area, month, office (NULL: all together) and indicator.
    ///
    /// Parameters: $1 area, $2 the actor's areas, $3 first day of the first month, $4 first day of the last month, $5 the
    /// last day that counts.
    static let counts = Statement(
        "summary counts",
        """
        WITH months AS (
            SELECT m::date AS month, least((m + interval '1 month')::date - 1, $5::date) AS last_day
            FROM generate_series($3::date::timestamp, $4::date::timestamp, interval '1 month') m
        ), bounds AS (
            SELECT $3::date AS first_day, least(($4::date + interval '1 month')::date - 1, $5::date) AS last_day
        ), cases AS (
            SELECT * FROM summary_cases
            WHERE ($1::text IS NULL OR area_id = $1::text) AND ($2::text[] IS NULL OR area_id = ANY ($2::text[]))
        ), long_spans AS MATERIALIZED (
            SELECT c.area_id, s.kind, s.office, s.strand, s.orientation, s.solidarity,
                greatest(date_trunc('month', s.from_day::timestamp)::date, b.first_day) AS from_month,
                date_trunc('month', least(s.until_day, b.last_day)::timestamp)::date AS until_month, count(*) AS number
            FROM cases c
            CROSS JOIN bounds b
            CROSS JOIN LATERAL unnest(
                c.span_kind, c.span_office, c.span_from, c.span_until, c.span_strand, c.span_orientation,
                c.span_solidarity
            ) s (kind, office, from_day, until_day, strand, orientation, solidarity)
            WHERE s.from_day <= b.last_day AND s.until_day >= b.first_day
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ), spans AS MATERIALIZED (
            SELECT s.area_id, m.month, s.kind, s.office, s.strand, s.orientation, s.solidarity,
                sum(s.number)::bigint AS number
            FROM long_spans s
            JOIN months m ON m.month BETWEEN s.from_month AND s.until_month
            GROUP BY 1, 2, 3, 4, 5, 6, 7
        ), waiting AS (
            SELECT c.area_id, m.month, s.office, count(*) AS number,
                sum(least(s.until_day, m.last_day) - greatest(s.from_day, m.month) + 1) AS days
            FROM cases c
            CROSS JOIN LATERAL unnest(c.span_kind, c.span_office, c.span_from, c.span_until)
                s (kind, office, from_day, until_day)
            JOIN months m ON s.from_day <= m.last_day AND s.until_day >= m.month
            WHERE c.span_kind @> ARRAY['referral'] AND s.kind = 'referral'
            GROUP BY c.area_id, m.month, s.office
        ), changes AS MATERIALIZED (
            SELECT c.area_id, date_trunc('month', s.on_day::timestamp)::date AS month, s.office, s.kind,
                count(*) AS number
            FROM cases c
            CROSS JOIN bounds b
            CROSS JOIN LATERAL unnest(c.change_kind, c.change_office, c.change_on) s (kind, office, on_day)
            WHERE s.on_day BETWEEN b.first_day AND b.last_day
            GROUP BY 1, 2, 3, 4
        ), findings AS (
            SELECT f.finding_id, f.area_id, m.month, f.offices, s.kind
            FROM summary_findings f
            CROSS JOIN LATERAL (VALUES ('findings.opened', f.opened_on), ('findings.closed', f.closed_on)) s (kind, on_day)
            JOIN months m ON s.on_day BETWEEN m.month AND m.last_day
            WHERE ($1::text IS NULL OR f.area_id = $1::text) AND ($2::text[] IS NULL OR f.area_id = ANY ($2::text[]))
        ), case_activity AS MATERIALIZED (
            SELECT c.area_id, c.household_id, m.month,
                a.job_centre & d.days AS job_centre, a.youth_office & d.days AS youth_office,
                a.social_office & d.days AS social_office
            FROM cases c
            CROSS JOIN LATERAL unnest(
                c.active_month, c.active_job_centre, c.active_youth_office, c.active_social_office
            ) a (month, job_centre, youth_office, social_office)
            JOIN months m ON m.month = a.month
            CROSS JOIN LATERAL (SELECT ((1::bigint << (m.last_day - m.month + 1)) - 1)::integer AS days) d
        ), activity AS (
            SELECT area_id, month, 'cases' AS what, job_centre, youth_office, social_office FROM case_activity
            UNION ALL
            SELECT area_id, month, 'households', bit_or(job_centre), bit_or(youth_office), bit_or(social_office)
            FROM case_activity WHERE household_id IS NOT NULL GROUP BY area_id, month, household_id
        ), shared AS (
            SELECT area_id, month, what, job_centre AS j, youth_office AS y, social_office AS s,
                job_centre | youth_office | social_office AS a, job_centre & (youth_office | social_office) AS j_shared,
                youth_office & (job_centre | social_office) AS y_shared,
                social_office & (job_centre | youth_office) AS s_shared,
                (job_centre & youth_office) | (job_centre & social_office) | (youth_office & social_office) AS a_shared
            FROM activity
        ), simultaneity AS (
            SELECT area_id, month, what, o.office, o.active, o.together, o.active_days, o.shared_days
            FROM (
                SELECT area_id, month, what,
                    count(*) FILTER (WHERE j <> 0) AS j, count(*) FILTER (WHERE j_shared <> 0) AS j_together,
                    sum(bit_count(j::bit(32))) AS j_days, sum(bit_count(j_shared::bit(32))) AS j_shared,
                    count(*) FILTER (WHERE y <> 0) AS y, count(*) FILTER (WHERE y_shared <> 0) AS y_together,
                    sum(bit_count(y::bit(32))) AS y_days, sum(bit_count(y_shared::bit(32))) AS y_shared,
                    count(*) FILTER (WHERE s <> 0) AS s, count(*) FILTER (WHERE s_shared <> 0) AS s_together,
                    sum(bit_count(s::bit(32))) AS s_days, sum(bit_count(s_shared::bit(32))) AS s_shared,
                    count(*) FILTER (WHERE a <> 0) AS a, count(*) FILTER (WHERE a_shared <> 0) AS a_together,
                    sum(bit_count(a::bit(32))) AS a_days, sum(bit_count(a_shared::bit(32))) AS a_shared
                FROM shared GROUP BY area_id, month, what
            ) c
            CROSS JOIN LATERAL (VALUES
                ('job-centre', j, j_together, j_days, j_shared), ('youth-office', y, y_together, y_days, y_shared),
                ('social-office', s, s_together, s_days, s_shared), (NULL, a, a_together, a_days, a_shared)
            ) o (office, active, together, active_days, shared_days)
        )
        SELECT area_id, month, nullif(office, 'all') AS office, 'participants' AS indicator, number
        FROM spans WHERE kind = 'engagement'
        UNION ALL
        SELECT area_id, month, office, 'plans.inForce', sum(number)::bigint
        FROM spans WHERE kind = 'plan'
        GROUP BY GROUPING SETS ((area_id, month, office), (area_id, month))
        UNION ALL
        SELECT area_id, month, office, i.indicator, sum(number)::bigint
        FROM spans
        CROSS JOIN LATERAL (VALUES
            ('measures.running'),
            ('measures.strand.' || strand),
            ('measures.orientation.' || coalesce(orientation, 'unspecified')),
            ('measures.solidarity.' || coalesce(solidarity, 'unspecified'))
        ) i (indicator)
        WHERE kind = 'measure'
        GROUP BY GROUPING SETS ((area_id, month, office, i.indicator), (area_id, month, i.indicator))
        UNION ALL
        SELECT area_id, month, office, i.indicator, sum(i.value)::bigint
        FROM waiting
        CROSS JOIN LATERAL (VALUES ('referrals.waiting', number), ('referrals.waitingDays', days)) i (indicator, value)
        GROUP BY GROUPING SETS ((area_id, month, office, i.indicator), (area_id, month, i.indicator))
        UNION ALL
        SELECT area_id, month, office, kind, sum(number)::bigint
        FROM changes
        GROUP BY GROUPING SETS ((area_id, month, office, kind), (area_id, month, kind))
        UNION ALL
        SELECT area_id, month, o.office, kind, count(*)
        FROM findings CROSS JOIN LATERAL unnest(offices || NULL::text) o (office)
        GROUP BY area_id, month, o.office, kind
        UNION ALL
        SELECT area_id, month, office, 'simultaneity.' || what || '.' || i.indicator, i.number::bigint
        FROM simultaneity s
        CROSS JOIN LATERAL (VALUES
            ('active', s.active), ('together', s.together), ('activeDays', s.active_days),
            ('sharedDays', s.shared_days)
        ) i (indicator, number)
        """)
}
