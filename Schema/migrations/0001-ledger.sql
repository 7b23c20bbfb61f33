-- The ledger: every event once, by position, never changed.
CREATE SCHEMA IF NOT EXISTS ledger;

-- Payload, metadata and personal part are bytes: what is hashed is what is stored.
CREATE TABLE ledger.events (
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    command_id uuid NOT NULL,
    version integer NOT NULL,
    effective_on date NOT NULL,
    ordinal smallint NOT NULL,
    schema_version smallint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    metadata bytea NOT NULL,
    payload bytea NOT NULL,
    personal bytea,
    fingerprint bytea,
    CONSTRAINT events_pkey PRIMARY KEY (position) WITH (fillfactor = 100),
    CONSTRAINT events_stream_version_key UNIQUE (stream, version),
    CONSTRAINT events_command_id_ordinal_key UNIQUE (command_id, ordinal),
    CONSTRAINT events_position_check CHECK (position > 0),
    CONSTRAINT events_version_check CHECK (version > 0),
    CONSTRAINT events_ordinal_check CHECK (ordinal >= 0),
    CONSTRAINT events_schema_version_check CHECK (schema_version > 0),
    CONSTRAINT events_stream_check CHECK (stream LIKE '_%-_%' AND octet_length(stream) <= 255),
    CONSTRAINT events_type_check CHECK (octet_length(type) BETWEEN 1 AND 255),
    CONSTRAINT events_fingerprint_check CHECK (fingerprint IS NULL OR ordinal = 0)
) WITH (
    -- Rows never change: pages are filled to the brim, and vacuum has nothing to do but to freeze them and to mark them
    -- visible to all, a piece at a time instead of the whole table at once when transaction numbers run out.
    fillfactor = 100,
    autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_freeze_min_age = 0,
    autovacuum_analyze_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.05
);

-- Ciphertext does not compress; trying costs time only.
ALTER TABLE ledger.events ALTER COLUMN personal SET STORAGE EXTERNAL;

-- Long payloads compress losslessly; lz4 is the fast way, where the server was built with it.
DO $$
BEGIN
    ALTER TABLE ledger.events ALTER COLUMN payload SET COMPRESSION lz4, ALTER COLUMN metadata SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;

COMMENT ON TABLE ledger.events IS 'Append-only. Written by ledger.append alone.';
COMMENT ON COLUMN ledger.events.position IS 'Place in the ledger: from 1, without gaps, in commit order.';
COMMENT ON COLUMN ledger.events.recorded_at IS 'When the event was recorded; never decreasing with position.';
COMMENT ON COLUMN ledger.events.version IS 'Place in the stream: from 1, without gaps.';
COMMENT ON COLUMN ledger.events.effective_on IS 'The day from which the event counts in the world, Europe/Berlin.';
COMMENT ON COLUMN ledger.events.ordinal IS 'Place among the events of the command: from 0, without gaps.';
COMMENT ON COLUMN ledger.events.fingerprint IS 'Digest of the request, on the first event of a command whose id the client chose.';
COMMENT ON COLUMN ledger.events.personal IS 'Personal part, sealed under the person''s key.';

-- How far each projection has come, and who drives it. The generation is the fence: it grows with every new holder, and
-- a write under an older one is refused.
CREATE TABLE ledger.projections (
    name text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    view_version integer NOT NULL DEFAULT 0 CHECK (view_version >= 0),
    holder text,
    generation bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT projections_lease_check CHECK ((holder IS NULL) = (lease_until IS NULL))
) WITH (
    -- A few rows, changed many times a second: room on the page keeps the updates in place, and a page of dead rows is
    -- cleaned early.
    fillfactor = 50,
    autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_scale_factor = 0
);

COMMENT ON COLUMN ledger.projections.position IS 'The last position whose events the projection''s rows contain.';
COMMENT ON COLUMN ledger.projections.view_version IS 'Which version of the view these rows are; 0 before the first commit.';
