-- Appends commands to the ledger, several in one call, and answers one verdict for each.
--
-- Commands, writes and events come as arrays of columns. A write names its command and an event names its write by
-- place, from 1. Events are taken in the order given; writes must be in the order of their commands.
--
-- Answers rows by command:
--   appended    one row: the position of its first event (NULL if it has none; the others follow without a gap) and the
--               moment of recording. The version of an event is the expected one plus its place in the write.
--   duplicate   one row per event that the same command id appended before, with the fingerprint on the first of them
--   conflict    one row: the first stream that has not the expected version, and the version that it has
--
-- Commands are judged in order: one sees the events of those before it in the same call. A command is appended to all
-- of its streams or to none. A command without events is not recorded, it only demands versions.
CREATE OR REPLACE FUNCTION ledger.append(
    command_ids uuid[],
    command_fingerprints bytea[],
    command_effective_on date[],
    command_metadata bytea[],
    write_commands integer[],
    write_streams text[],
    write_versions integer[],
    event_writes integer[],
    event_types text[],
    event_schema_versions smallint[],
    event_payloads bytea[],
    event_personals bytea[]
) RETURNS TABLE (
    command integer,
    verdict text,
    stream text,
    version integer,
    "position" bigint,
    type text,
    recorded_at timestamptz,
    fingerprint bytea
)
LANGUAGE plpgsql
-- Plans are made once per session, often while the table is empty, and must still be right when it holds millions.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    head bigint;
    moment timestamptz;
    known boolean[];        -- by command: its id is recorded already
    versions integer[];     -- by write: the version its stream has now
    repeats boolean;        -- a command id or a stream occurs twice in this call
    accepted boolean[];     -- by command: it is appended; NULL when all of them are
    duplicates boolean[];   -- by command: its id was recorded before it came
    first_commands integer[];   -- by command: the first one in this call that has its id
    first_writes integer[];     -- by write: the first one in this call that names its stream
    write_sizes integer[];      -- by write: its number of events
    size integer;
    next_write integer := 1;
    end_write integer;
BEGIN
    -- What follows relies on every statement seeing all that was committed before the lock was granted.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'ledger.append needs the isolation level read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- A statement of its own: a lock and a check in one statement would check what was there before the lock.
    PERFORM pg_advisory_xact_lock(hashtextextended('ledger.append', 0));

    SELECT e.position, greatest(e.recorded_at, clock_timestamp()) INTO head, moment
    FROM ledger.events e ORDER BY e.position DESC LIMIT 1;
    IF NOT FOUND THEN
        head := 0;
        moment := clock_timestamp();
    END IF;

    known := ARRAY(
        SELECT (SELECT true FROM ledger.events e WHERE e.command_id = c.id AND e.ordinal = 0)
        FROM unnest(command_ids) WITH ORDINALITY AS c (id, place) ORDER BY c.place);
    versions := ARRAY(
        SELECT coalesce(
            (SELECT e.version FROM ledger.events e WHERE e.stream = w.stream ORDER BY e.version DESC LIMIT 1), 0)
        FROM unnest(write_streams) WITH ORDINALITY AS w (stream, place) ORDER BY w.place);
    repeats := (SELECT count(*) > count(DISTINCT c.id) FROM unnest(command_ids) AS c (id))
        OR (SELECT count(*) > count(DISTINCT w.stream COLLATE "C") FROM unnest(write_streams) AS w (stream));

    IF repeats OR true = ANY (known) OR versions IS DISTINCT FROM write_versions THEN
        accepted := array_fill(false, ARRAY[cardinality(command_ids)]);
        duplicates := accepted;
        first_commands := ARRAY(
            SELECT min(c.place) OVER (PARTITION BY c.id)
            FROM unnest(command_ids) WITH ORDINALITY AS c (id, place) ORDER BY c.place);
        first_writes := ARRAY(
            SELECT min(w.place) OVER (PARTITION BY w.stream COLLATE "C")
            FROM unnest(write_streams) WITH ORDINALITY AS w (stream, place) ORDER BY w.place);
        write_sizes := ARRAY(
            SELECT coalesce(s.size, 0)
            FROM generate_series(1, cardinality(write_commands)) AS w (place)
            LEFT JOIN (SELECT e.write, count(*) AS size FROM unnest(event_writes) AS e (write) GROUP BY e.write) AS s
                ON s.write = w.place
            ORDER BY w.place);

        FOR this_command IN 1 .. cardinality(command_ids) LOOP
            end_write := next_write;
            WHILE write_commands[end_write] = this_command LOOP
                end_write := end_write + 1;
            END LOOP;
            command := this_command;
            IF known[first_commands[this_command]] THEN
                verdict := 'duplicate';
                duplicates[this_command] := true;
            ELSE
                verdict := 'appended';
                size := 0;
                FOR this_write IN next_write .. end_write - 1 LOOP
                    IF versions[first_writes[this_write]] <> write_versions[this_write] THEN
                        verdict := 'conflict';
                        stream := write_streams[this_write];
                        version := versions[first_writes[this_write]];
                        RETURN NEXT;
                        EXIT;
                    END IF;
                    size := size + write_sizes[this_write];
                END LOOP;
            END IF;
            IF verdict = 'appended' THEN
                accepted[this_command] := true;
                FOR this_write IN next_write .. end_write - 1 LOOP
                    versions[first_writes[this_write]] := versions[first_writes[this_write]] + write_sizes[this_write];
                END LOOP;
                -- From here on the id is taken, unless nothing is recorded under it.
                IF size > 0 THEN
                    known[first_commands[this_command]] := true;
                END IF;
            END IF;
            next_write := end_write;
        END LOOP;
        IF next_write <= cardinality(write_commands) THEN
            RAISE EXCEPTION 'writes are not in the order of their commands' USING ERRCODE = 'invalid_parameter_value';
        END IF;
    END IF;

    -- Outer joins: an event whose write or command is missing fails on a column that must not be NULL.
    RETURN QUERY
    WITH inserted AS (
        INSERT INTO ledger.events (
            position, recorded_at, command_id, version, effective_on, ordinal, schema_version, stream, type, metadata,
            payload, personal, fingerprint)
        SELECT
            head + row_number() OVER (ORDER BY w.command, e.place), moment, c.id,
            w.version + row_number() OVER (PARTITION BY w.command, w.stream COLLATE "C" ORDER BY e.place),
            c.effective_on, row_number() OVER (PARTITION BY w.command ORDER BY e.place) - 1, e.schema_version,
            w.stream, e.type, c.metadata, e.payload, e.personal,
            CASE row_number() OVER (PARTITION BY w.command ORDER BY e.place) WHEN 1 THEN c.fingerprint END
        FROM unnest(event_writes, event_types, event_schema_versions, event_payloads, event_personals)
            WITH ORDINALITY AS e (write, type, schema_version, payload, personal, place)
        LEFT JOIN unnest(write_commands, write_streams, write_versions)
            WITH ORDINALITY AS w (command, stream, version, place) ON w.place = e.write
        LEFT JOIN unnest(command_ids, command_fingerprints, command_effective_on, command_metadata)
            WITH ORDINALITY AS c (id, fingerprint, effective_on, metadata, place) ON c.place = w.command
        WHERE accepted IS NULL OR accepted[w.command] IS NOT FALSE
        ORDER BY 1
        RETURNING command_id, position, ordinal
    )
    SELECT c.place::integer, 'appended', NULL::text, NULL::integer, i.position, NULL::text, moment, NULL::bytea
    FROM unnest(command_ids) WITH ORDINALITY AS c (id, place)
    LEFT JOIN inserted i ON i.command_id = c.id AND i.ordinal = 0
    WHERE accepted IS NULL OR accepted[c.place];

    IF accepted IS NOT NULL THEN
        RETURN QUERY
        SELECT c.place::integer, 'duplicate', e.stream, e.version, e.position, e.type, e.recorded_at, e.fingerprint
        FROM unnest(command_ids) WITH ORDINALITY AS c (id, place),
            LATERAL (SELECT * FROM ledger.events e WHERE e.command_id = c.id ORDER BY e.ordinal OFFSET 0) AS e
        WHERE duplicates[c.place]
        ORDER BY c.place, e.ordinal;
    END IF;
END
$$;

COMMENT ON FUNCTION ledger.append IS 'Appends commands and answers one verdict each; see the source in Schema/functions.';
