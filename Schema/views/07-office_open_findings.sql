-- Which cases of an office have which kind of open finding, for the worklist's filter and its column.
CREATE TABLE office_open_findings (
    case_id uuid NOT NULL,
    office text COLLATE "C" NOT NULL,
    finding_id uuid NOT NULL,
    visible datemultirange NOT NULL,
    owner_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    opened_on date NOT NULL,
    PRIMARY KEY (case_id, office, finding_id)
);

CREATE INDEX office_open_findings_kind_idx ON office_open_findings (office, kind, case_id);
CREATE INDEX office_open_findings_opened_idx ON office_open_findings (office, opened_on, case_id);
CREATE INDEX office_open_findings_owner_idx ON office_open_findings (owner_id);

-- Every office reads its own rows; the worker, who owns the table, writes all of them.
ALTER TABLE office_open_findings ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON office_open_findings TO gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office;
CREATE POLICY job_centre ON office_open_findings FOR SELECT TO gleichtakt_job_centre USING (office = 'job-centre');
CREATE POLICY youth_office ON office_open_findings FOR SELECT TO gleichtakt_youth_office USING (office = 'youth-office');
CREATE POLICY social_office ON office_open_findings FOR SELECT TO gleichtakt_social_office USING (office = 'social-office');
