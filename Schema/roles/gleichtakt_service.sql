-- Appends and reads the ledger; can neither change nor remove what is recorded. Destroying a person's key is not its
-- business, and views it reads only as one of the roles that memberships.sql names.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_service') THEN
        CREATE ROLE gleichtakt_service NOLOGIN NOINHERIT;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger, vault, audit TO gleichtakt_service;
GRANT SELECT, INSERT ON ledger.events, vault.person_keys TO gleichtakt_service;
-- Whoever holds keys in memory has to know whose are destroyed, and which master keys are not to be used any more.
GRANT SELECT ON vault.erasures, vault.retired_master_keys TO gleichtakt_service;
GRANT SELECT ON ledger.projections, ledger.rebuilds, ledger.unhandled_events, ledger.schema_migrations
    TO gleichtakt_service;
GRANT SELECT ON ledger.seal_keys, ledger.checkpoints, ledger.tiles TO gleichtakt_service;
GRANT INSERT ON audit.reads TO gleichtakt_service;
GRANT USAGE ON SCHEMA access TO gleichtakt_service;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON access.feeds TO gleichtakt_service;
GRANT EXECUTE ON FUNCTION ledger.append TO gleichtakt_service;
