-- What of other offices' data was seen with a look, and on what basis: with it passes from one office to another. And which
-- cases a list showed.
ALTER TABLE audit.reads
    ADD COLUMN legal_basis text,
    ADD COLUMN disclosed jsonb,
    ADD COLUMN cases uuid[];

COMMENT ON COLUMN audit.reads.legal_basis IS 'On what the office that looked works in the case.';
COMMENT ON COLUMN audit.reads.disclosed IS 'What others recorded and was shown: office, category of data, and what allows it.';
COMMENT ON COLUMN audit.reads.cases IS 'The cases on a list that was looked at.';

-- Filled behind the reader's back, a bunch at a time: what is asked for seldom must not cost those who look often.
CREATE INDEX reads_cases_idx ON audit.reads USING gin (cases) WITH (fastupdate = on) WHERE cases IS NOT NULL;
