-- Projects: reads the ledger and builds the views, in schemas of its own; who may read a view is said beside it. It seals the
-- ledger too. It records no event: what the worker decides, it records as gleichtakt_appender.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_worker') THEN
        CREATE ROLE gleichtakt_worker NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger, vault, audit, access TO gleichtakt_worker;
GRANT SELECT ON ledger.events, vault.person_keys TO gleichtakt_worker;
-- Earlier versions recorded as it, too.
REVOKE INSERT ON ledger.events, vault.person_keys, audit.reads FROM gleichtakt_worker;
REVOKE EXECUTE ON FUNCTION ledger.append FROM gleichtakt_worker;
-- Whoever holds keys in memory has to know whose are destroyed, and which master keys are not to be used any more.
GRANT SELECT ON vault.erasures, vault.retired_master_keys TO gleichtakt_worker;
GRANT SELECT, INSERT, UPDATE ON ledger.projections TO gleichtakt_worker;
GRANT SELECT, INSERT ON ledger.seal_keys, ledger.checkpoints, ledger.tiles TO gleichtakt_worker;
GRANT SELECT ON ledger.schema_migrations TO gleichtakt_worker;
GRANT SELECT, INSERT, UPDATE ON ledger.rebuilds TO gleichtakt_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.rebuild_chunks, ledger.unhandled_events TO gleichtakt_worker;
GRANT EXECUTE ON FUNCTION audit.expire_reads, access.expire_feeds TO gleichtakt_worker;
GRANT USAGE ON SCHEMA timing TO gleichtakt_worker;
GRANT SELECT, INSERT, UPDATE ON timing.agenda TO gleichtakt_worker;

DO $$
BEGIN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO gleichtakt_worker', current_database());
    -- Whoever migrates must be able to act as the worker, to say who may read what the worker will create.
    IF NOT pg_has_role(current_user, 'gleichtakt_worker', 'USAGE') THEN
        EXECUTE format('GRANT gleichtakt_service, gleichtakt_worker, gleichtakt_auditor TO %I', current_user);
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL; -- Another database of this server granted it just now.
END
$$;
