-- Who looked at which case: recorded with every read, and expiring on its own.
CREATE SCHEMA audit;

CREATE TABLE audit.reads (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    role text NOT NULL,
    office text,
    case_id uuid,
    view text NOT NULL,
    reason text
);

CREATE INDEX reads_case_id_at_idx ON audit.reads (case_id, at);
-- Expiry goes by time; rows lie in time order, so a block range index is enough.
CREATE INDEX reads_at_idx ON audit.reads USING brin (at);

COMMENT ON COLUMN audit.reads.case_id IS 'NULL for a query over many cases, such as a worklist.';
