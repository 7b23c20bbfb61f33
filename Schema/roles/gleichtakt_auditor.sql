-- Reads everything but keys, changes nothing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_auditor') THEN
        CREATE ROLE gleichtakt_auditor NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger, audit TO gleichtakt_auditor;
GRANT SELECT ON ledger.events, ledger.projections, ledger.rebuilds, ledger.unhandled_events,
    ledger.schema_migrations, audit.reads TO gleichtakt_auditor;
GRANT SELECT ON ledger.seal_keys, ledger.checkpoints, ledger.tiles TO gleichtakt_auditor;
