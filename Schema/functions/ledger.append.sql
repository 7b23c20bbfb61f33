-- Appends commands to the ledger, several in one call, and answers one verdict for each.
--
-- Commands, writes and events come as arrays of columns. A write names its command and an event names its write by
-- place, from 1. Events are recorded in the order given; writes and events must be in the order of their commands.
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
    is_ordinary boolean;        -- no version differs, nothing occurs twice in this call, no id is recorded already
    known boolean[];            -- by command: its id is recorded already
    versions integer[];         -- by write: the version its stream has now
    first_commands integer[];   -- by command: the first one in this call that has its id
    first_writes integer[];     -- by write: the first one in this call that names its stream
    accepted boolean[];         -- by command: it is appended
    duplicates boolean[];       -- by command: its id was recorded before it came
    first_positions bigint[];   -- by command: where its first event goes
    event_positions bigint[];   -- by event: where it goes; NULL when its command is not appended
    event_versions integer[];
    event_ordinals integer[];
    next_write integer;
    next_event integer;
    next_position bigint;
    end_write integer;
    end_event integer;
    first_write integer;
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

    -- The ordinary case looks up versions only. A command that comes again unchanged expects versions that its events
    -- have passed; one that was decided anew under an old id meets the unique constraint below.
    is_ordinary := NOT (
        (SELECT count(*) > count(DISTINCT c.id) FROM unnest(command_ids) AS c (id))
        OR (SELECT count(*) > count(DISTINCT w.stream COLLATE "C") FROM unnest(write_streams) AS w (stream))
        OR EXISTS (
            SELECT FROM unnest(write_streams, write_versions) AS w (stream, version)
            WHERE w.version IS DISTINCT FROM coalesce(
                (SELECT e.version FROM ledger.events e WHERE e.stream = w.stream ORDER BY e.version DESC LIMIT 1),
                0)));

    <<attempt>>
    LOOP
        next_write := 1;
        next_event := 1;
        next_position := head + 1;
        IF is_ordinary THEN
            versions := write_versions;
        ELSE
            known := ARRAY(
                SELECT (SELECT true FROM ledger.events e WHERE e.command_id = c.id AND e.ordinal = 0)
                FROM unnest(command_ids) WITH ORDINALITY AS c (id, place) ORDER BY c.place);
            versions := ARRAY(
                SELECT coalesce(
                    (SELECT e.version FROM ledger.events e WHERE e.stream = w.stream ORDER BY e.version DESC LIMIT 1),
                    0)
                FROM unnest(write_streams) WITH ORDINALITY AS w (stream, place) ORDER BY w.place);
            first_commands := ARRAY(
                SELECT min(c.place) OVER (PARTITION BY c.id)
                FROM unnest(command_ids) WITH ORDINALITY AS c (id, place) ORDER BY c.place);
            first_writes := ARRAY(
                SELECT min(w.place) OVER (PARTITION BY w.stream COLLATE "C")
                FROM unnest(write_streams) WITH ORDINALITY AS w (stream, place) ORDER BY w.place);
        END IF;

        accepted := array_fill(is_ordinary, ARRAY[cardinality(command_ids)]);
        duplicates := array_fill(false, ARRAY[cardinality(command_ids)]);
        first_positions := array_fill(NULL::bigint, ARRAY[cardinality(command_ids)]);
        event_positions := array_fill(NULL::bigint, ARRAY[cardinality(event_writes)]);
        event_versions := array_fill(NULL::integer, ARRAY[cardinality(event_writes)]);
        event_ordinals := event_versions;

        FOR this_command IN 1 .. cardinality(command_ids) LOOP
            end_write := next_write;
            WHILE write_commands[end_write] = this_command LOOP
                end_write := end_write + 1;
            END LOOP;
            end_event := next_event;
            WHILE write_commands[event_writes[end_event]] = this_command LOOP
                end_event := end_event + 1;
            END LOOP;

            IF is_ordinary AND end_event = next_event THEN
                -- Without events there is nothing that could meet the constraint, so the id has to be looked up.
                is_ordinary := false;
                CONTINUE attempt;
            END IF;
            IF NOT is_ordinary THEN
                command := this_command;
                verdict := 'appended';
                IF known[first_commands[this_command]] THEN
                    verdict := 'duplicate';
                    duplicates[this_command] := true;
                ELSE
                    FOR this_write IN next_write .. end_write - 1 LOOP
                        IF versions[first_writes[this_write]] <> write_versions[this_write] THEN
                            verdict := 'conflict';
                            stream := write_streams[this_write];
                            version := versions[first_writes[this_write]];
                            RETURN NEXT;
                            EXIT;
                        END IF;
                    END LOOP;
                END IF;
                IF verdict = 'appended' THEN
                    accepted[this_command] := true;
                    -- From here on the id is taken, unless nothing is recorded under it.
                    IF end_event > next_event THEN
                        known[first_commands[this_command]] := true;
                    END IF;
                END IF;
            END IF;

            IF accepted[this_command] AND end_event > next_event THEN
                first_positions[this_command] := next_position;
                FOR this_event IN next_event .. end_event - 1 LOOP
                    first_write := coalesce(first_writes[event_writes[this_event]], event_writes[this_event]);
                    versions[first_write] := versions[first_write] + 1;
                    event_positions[this_event] := next_position;
                    event_versions[this_event] := versions[first_write];
                    event_ordinals[this_event] := this_event - next_event;
                    next_position := next_position + 1;
                END LOOP;
            END IF;
            next_write := end_write;
            next_event := end_event;
        END LOOP;
        -- Also what refers to a command or a write that is not there is left over here.
        IF next_write <= cardinality(write_commands) OR next_event <= cardinality(event_writes) THEN
            RAISE EXCEPTION 'writes and events are not in the order of their commands'
                USING ERRCODE = 'invalid_parameter_value';
        END IF;

        BEGIN
            INSERT INTO ledger.events (
                position, recorded_at, command_id, version, effective_on, ordinal, schema_version, stream, type,
                metadata, payload, personal, fingerprint)
            SELECT
                e.position, moment, command_ids[write_commands[e.write]], e.version,
                command_effective_on[write_commands[e.write]], e.ordinal, e.schema_version, write_streams[e.write],
                e.type, command_metadata[write_commands[e.write]], e.payload, e.personal,
                CASE e.ordinal WHEN 0 THEN command_fingerprints[write_commands[e.write]] END
            FROM unnest(
                event_writes, event_positions, event_versions, event_ordinals, event_types, event_schema_versions,
                event_payloads, event_personals
            ) AS e (write, position, version, ordinal, type, schema_version, payload, personal)
            WHERE e.position IS NOT NULL;
            EXIT;
        EXCEPTION WHEN unique_violation THEN
            -- A second time it cannot be an id: somebody wrote beside this function.
            IF NOT is_ordinary THEN
                RAISE;
            END IF;
            is_ordinary := false;
        END;
    END LOOP;

    RETURN QUERY
    SELECT c.place::integer, 'appended', NULL::text, NULL::integer, c.position, NULL::text, moment, NULL::bytea
    FROM unnest(first_positions, accepted) WITH ORDINALITY AS c (position, is_accepted, place)
    WHERE c.is_accepted;

    IF NOT is_ordinary THEN
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
