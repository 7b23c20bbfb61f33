-- What was proposed to bring measures into step, as far as an office may know it: no row where it never may.
CREATE TABLE office_proposals (
    proposal_id uuid NOT NULL,
    office text COLLATE "C" NOT NULL,
    visible datemultirange NOT NULL,
    owner_id uuid NOT NULL,
    area_id text COLLATE "C" NOT NULL,
    kinds text[] NOT NULL,
    state text COLLATE "C" NOT NULL,
    proposed_on date NOT NULL,
    answer_due date,
    document json NOT NULL,
    PRIMARY KEY (proposal_id, office)
);

CREATE INDEX office_proposals_proposed_idx ON office_proposals (office, proposed_on DESC, proposal_id DESC);
CREATE INDEX office_proposals_open_idx ON office_proposals (office, proposed_on DESC, proposal_id DESC)
    WHERE state = 'open';
CREATE INDEX office_proposals_owner_idx ON office_proposals (owner_id);

COMMENT ON COLUMN office_proposals.visible IS 'The days on which the office may know some of it.';
COMMENT ON COLUMN office_proposals.owner_id IS 'The case in which it was made.';
COMMENT ON COLUMN office_proposals.document IS 'The proposal, and the days on which the office may know each part; without anybody''s words.';

-- Every office reads its own rows, of the areas that the asking actor is responsible for; the worker, who owns the table,
-- writes all of them.
ALTER TABLE office_proposals ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON office_proposals TO gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office;
CREATE POLICY job_centre ON office_proposals FOR SELECT TO gleichtakt_job_centre
    USING (office = 'job-centre' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY youth_office ON office_proposals FOR SELECT TO gleichtakt_youth_office
    USING (office = 'youth-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
CREATE POLICY social_office ON office_proposals FOR SELECT TO gleichtakt_social_office
    USING (office = 'social-office' AND ((SELECT current_setting('gleichtakt.areas', true)) = '*'
        OR area_id = ANY ((SELECT string_to_array(current_setting('gleichtakt.areas', true), ','))::text[])));
