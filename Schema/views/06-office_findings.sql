-- What is out of step, as far as an office may know it: no row where it never may.
CREATE TABLE office_findings (
    finding_id uuid NOT NULL,
    office text COLLATE "C" NOT NULL,
    visible datemultirange NOT NULL,
    owner_id uuid NOT NULL,
    area_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    is_open boolean NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    from_day date,
    to_day date,
    days integer,
    offices text[] NOT NULL,
    case_ids uuid[] NOT NULL,
    measure_ids uuid[] NOT NULL,
    explanation text NOT NULL,
    basis json NOT NULL,
    PRIMARY KEY (finding_id, office)
);

CREATE INDEX office_findings_opened_idx ON office_findings (office, opened_on DESC, finding_id DESC);
CREATE INDEX office_findings_open_idx ON office_findings (office, kind, opened_on DESC, finding_id DESC) WHERE is_open;
CREATE INDEX office_findings_owner_idx ON office_findings (owner_id);

COMMENT ON COLUMN office_findings.visible IS 'The days on which the office may know it.';
COMMENT ON COLUMN office_findings.basis IS 'What it rests on, and the events that speak of that.';
COMMENT ON COLUMN office_findings.owner_id IS 'The case or household whose history holds the finding.';

-- Every office reads its own rows, of the areas that the asking actor is responsible for; the worker, who owns the table,
-- writes all of them.
ALTER TABLE office_findings ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON office_findings TO gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office;
CREATE POLICY job_centre ON office_findings FOR SELECT TO gleichtakt_job_centre
    USING (office = 'job-centre' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY youth_office ON office_findings FOR SELECT TO gleichtakt_youth_office
    USING (office = 'youth-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY social_office ON office_findings FOR SELECT TO gleichtakt_social_office
    USING (office = 'social-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
