-- What the worker records events as: findings, proposals and what else it decides. It appends, and seals under persons' keys; of
-- the views it knows nothing. What the service records, it records as gleichtakt_service.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_appender') THEN
        CREATE ROLE gleichtakt_appender NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger, vault TO gleichtakt_appender;
GRANT SELECT, INSERT ON ledger.events, vault.person_keys TO gleichtakt_appender;
-- Whoever holds keys in memory has to know whose are destroyed, and which master keys are not to be used any more.
GRANT SELECT ON vault.erasures, vault.retired_master_keys TO gleichtakt_appender;
GRANT SELECT ON ledger.schema_migrations TO gleichtakt_appender;
GRANT EXECUTE ON FUNCTION ledger.append TO gleichtakt_appender;

DO $$
BEGIN
    -- Whoever migrates must be able to act as it, where one login does everything.
    IF NOT pg_has_role(current_user, 'gleichtakt_appender', 'USAGE') THEN
        EXECUTE format('GRANT gleichtakt_appender TO %I', current_user);
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL; -- Another database of this server granted it just now.
END
$$;
