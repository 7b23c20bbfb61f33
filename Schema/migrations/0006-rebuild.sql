-- Building views anew beside the live ones, and what a view cannot handle.

ALTER TABLE ledger.projections ADD COLUMN edition bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN ledger.projections.edition IS
    'Which edition of the tables is live. The tables'' schema holds the same number, so that a query can tell whether what it read belongs to the position it read.';

CREATE TABLE ledger.rebuilds (
    edition bigint PRIMARY KEY,
    projection text COLLATE "C" NOT NULL,
    view_version integer NOT NULL,
    views text[] NOT NULL,
    schema_name text NOT NULL,
    phase text COLLATE "C" NOT NULL DEFAULT 'filling',
    target bigint NOT NULL,
    -- what keys and indexes are created with once the tables are full, by table
    definition_tables text[] NOT NULL,
    definitions text[] NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    CONSTRAINT rebuilds_phase_check CHECK (phase IN ('filling', 'indexing', 'catching-up', 'finished', 'abandoned')),
    CONSTRAINT rebuilds_end_check CHECK ((ended_at IS NOT NULL) = (phase IN ('finished', 'abandoned')))
);

-- One rebuild of a projection at a time; others help with it.
CREATE UNIQUE INDEX rebuilds_under_way_idx ON ledger.rebuilds (projection) WHERE ended_at IS NULL;

COMMENT ON COLUMN ledger.rebuilds.target IS 'The position up to which the tables are filled from whole streams; from there on event by event.';

-- What a rebuild consists of. A piece is claimed for a while under a generation, and done in the transaction that writes
-- its rows; a claim that was taken over can write no more.
CREATE TABLE ledger.rebuild_chunks (
    edition bigint NOT NULL REFERENCES ledger.rebuilds,
    number integer NOT NULL,
    streams text[] NOT NULL,
    events bigint NOT NULL,
    holder text,
    generation bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    is_done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (edition, number)
) WITH (fillfactor = 70);

-- The events that a projection cannot handle: it stops before one, or parks the stream and goes on without it.
CREATE TABLE ledger.unhandled_events (
    projection text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    policy text COLLATE "C" NOT NULL CHECK (policy IN ('stop', 'park')),
    reason text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, stream)
);

COMMENT ON COLUMN ledger.unhandled_events.position IS 'The event. From it on, a parked stream is left out.';
