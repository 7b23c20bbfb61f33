-- The second fence around the ledger; the first are the roles' privileges. It holds for the owner and for replication
-- too. A superuser who disables it has to say so: ALTER TABLE … DISABLE TRIGGER.
CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'Corrections are new events.';
END
$$;

CREATE OR REPLACE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.events
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

ALTER TABLE ledger.events ENABLE ALWAYS TRIGGER events_refuse_change;

CREATE OR REPLACE TRIGGER seal_keys_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.seal_keys
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE OR REPLACE TRIGGER checkpoints_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE OR REPLACE TRIGGER tiles_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.tiles
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

ALTER TABLE ledger.seal_keys ENABLE ALWAYS TRIGGER seal_keys_refuse_change;
ALTER TABLE ledger.checkpoints ENABLE ALWAYS TRIGGER checkpoints_refuse_change;
ALTER TABLE ledger.tiles ENABLE ALWAYS TRIGGER tiles_refuse_change;
