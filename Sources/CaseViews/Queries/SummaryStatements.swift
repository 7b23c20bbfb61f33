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
        ), cases AS MATERIALIZED (
            SELECT * FROM summary_cases
            WHERE ($1::text IS NULL OR area_id = $1::text) AND ($2::text[] IS NULL OR area_id = ANY ($2::text[]))
        ), spans AS MATERIALIZED (
            SELECT c.area_id, m.month, s.kind, s.office, s.strand, s.orientation, s.solidarity, count(*) AS number,
                sum(least(s.until_day, m.last_day) - greatest(s.from_day, m.month) + 1) AS days
            FROM cases c
            CROSS JOIN LATERAL unnest(
                c.span_kind, c.span_office, c.span_from, c.span_until, c.span_strand, c.span_orientation,
                c.span_solidarity
            ) s (kind, office, from_day, until_day, strand, orientation, solidarity)
            JOIN months m ON s.from_day <= m.last_day AND s.until_day >= m.month
            GROUP BY c.area_id, m.month, s.kind, s.office, s.strand, s.orientation, s.solidarity
        ), changes AS MATERIALIZED (
            SELECT c.area_id, m.month, s.office, s.kind, count(*) AS number
            FROM cases c
            CROSS JOIN LATERAL unnest(c.change_kind, c.change_office, c.change_on) s (kind, office, on_day)
            JOIN months m ON s.on_day BETWEEN m.month AND m.last_day
            GROUP BY c.area_id, m.month, s.office, s.kind
        ), findings AS (
            SELECT f.finding_id, f.area_id, m.month, f.offices, s.kind
            FROM summary_findings f
            CROSS JOIN LATERAL (VALUES ('findings.opened', f.opened_on), ('findings.closed', f.closed_on)) s (kind, on_day)
            JOIN months m ON s.on_day BETWEEN m.month AND m.last_day
            WHERE ($1::text IS NULL OR f.area_id = $1::text) AND ($2::text[] IS NULL OR f.area_id = ANY ($2::text[]))
        ), case_activity AS MATERIALIZED (
            SELECT c.area_id, c.case_id, c.household_id, m.month,
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
        ), simultaneity AS (
            SELECT a.area_id, a.month, o.office, a.what,
                bit_count(o.active::bit(32)) AS active_days,
                bit_count((o.active & o.others)::bit(32)) AS shared_days
            FROM activity a
            CROSS JOIN LATERAL (VALUES
                ('job-centre', job_centre, youth_office | social_office),
                ('youth-office', youth_office, job_centre | social_office),
                ('social-office', social_office, job_centre | youth_office),
                (NULL, job_centre | youth_office | social_office,
                    (job_centre & youth_office) | (job_centre & social_office) | (youth_office & social_office))
            ) o (office, active, others)
            WHERE o.active <> 0
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
        FROM spans
        CROSS JOIN LATERAL (VALUES ('referrals.waiting', number), ('referrals.waitingDays', days)) i (indicator, value)
        WHERE kind = 'referral'
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
        FROM (
            SELECT area_id, month, office, what, count(*) AS active, count(*) FILTER (WHERE shared_days > 0) AS together,
                sum(active_days) AS active_days, sum(shared_days) AS shared_days
            FROM simultaneity GROUP BY area_id, month, office, what
        ) s
        CROSS JOIN LATERAL (VALUES
            ('active', s.active), ('together', s.together), ('activeDays', s.active_days),
            ('sharedDays', s.shared_days)
        ) i (indicator, number)
        """)
}
