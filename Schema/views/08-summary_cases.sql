-- What one case contributes to a summary: spans of days, what happened in which month, and the days on which an office
-- was active. Nothing depends on the day it was written; a query cuts it at the present day.
CREATE TABLE summary_cases (
    case_id uuid PRIMARY KEY,
    area_id text COLLATE "C" NOT NULL,
    household_id uuid,
    span_kind text[] NOT NULL,
    span_office text[] NOT NULL,
    span_from date[] NOT NULL,
    span_until date[] NOT NULL,
    span_strand text[] NOT NULL,
    span_orientation text[] NOT NULL,
    span_solidarity text[] NOT NULL,
    change_kind text[] NOT NULL,
    change_office text[] NOT NULL,
    change_on date[] NOT NULL,
    active_month date[] NOT NULL,
    active_job_centre integer[] NOT NULL,
    active_youth_office integer[] NOT NULL,
    active_social_office integer[] NOT NULL,
    expected_month date[] NOT NULL,
    expected_if_accepted boolean[] NOT NULL,
    expected_job_centre integer[] NOT NULL,
    expected_youth_office integer[] NOT NULL,
    expected_social_office integer[] NOT NULL
);

CREATE INDEX summary_cases_area_idx ON summary_cases (area_id);

COMMENT ON COLUMN summary_cases.span_kind IS 'engagement, plan (in force), measure (running) or referral (waiting); one entry per span in each span_ array.';
COMMENT ON COLUMN summary_cases.span_office IS 'The office, or all: days on which any office is engaged.';
COMMENT ON COLUMN summary_cases.span_until IS 'The last day of the span; infinity while none is known.';
COMMENT ON COLUMN summary_cases.change_kind IS 'plan-drafted, plan-agreed, placement-offered, …; one entry per change in each change_ array.';
COMMENT ON COLUMN summary_cases.active_month IS 'First days of months; one entry per month in each active_ array.';
COMMENT ON COLUMN summary_cases.active_job_centre IS 'One bit per day of the month on which the office had a measure running; bit 0 is the 1st.';
COMMENT ON COLUMN summary_cases.expected_month IS 'Months in which measures are planned that have not begun; one entry per month in each expected_ array.';
COMMENT ON COLUMN summary_cases.expected_if_accepted IS 'Whether the entry says where open proposals would move them. Without any such entry nothing would be moved.';

GRANT SELECT ON summary_cases TO gleichtakt_summary;
