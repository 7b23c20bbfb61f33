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
