-- A case as one office may see it: its own part, and what others share with it, each with the days it is shared for.
-- json, not jsonb: the bytes stay as they were written.
CREATE TABLE office_case_files (
    case_id uuid NOT NULL,
    office text COLLATE "C" NOT NULL,
    area_id text COLLATE "C" NOT NULL,
    engaged_on date NOT NULL,
    seen_until date NOT NULL,
    document json NOT NULL,
    timeline json NOT NULL,
    PRIMARY KEY (case_id, office)
);

COMMENT ON COLUMN office_case_files.engaged_on IS 'The day from which the office sees the case: that of its engagement, or else of the referral that asks it.';
COMMENT ON COLUMN office_case_files.seen_until IS 'The last day on which it does; infinity unless that depends on a consent with an end.';

-- Every office reads its own rows, of the areas that the asking actor is responsible for; the worker, who owns the table,
-- writes all of them.
ALTER TABLE office_case_files ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON office_case_files TO gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office;
CREATE POLICY job_centre ON office_case_files FOR SELECT TO gleichtakt_job_centre
    USING (office = 'job-centre' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY youth_office ON office_case_files FOR SELECT TO gleichtakt_youth_office
    USING (office = 'youth-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY social_office ON office_case_files FOR SELECT TO gleichtakt_social_office
    USING (office = 'social-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
