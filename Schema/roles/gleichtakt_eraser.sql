-- Records that a person is erased and destroys the key, in one transaction; and wraps keys anew when the master key is
-- rotated. No process that runs all the time acts as it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_eraser') THEN
        CREATE ROLE gleichtakt_eraser NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger, vault TO gleichtakt_eraser;
GRANT SELECT, INSERT ON ledger.events TO gleichtakt_eraser;
GRANT SELECT ON ledger.projections, ledger.rebuilds, ledger.schema_migrations TO gleichtakt_eraser;
GRANT SELECT, INSERT, UPDATE ON vault.person_keys TO gleichtakt_eraser;
GRANT SELECT, INSERT ON vault.erasures, vault.retired_master_keys TO gleichtakt_eraser;
GRANT EXECUTE ON FUNCTION ledger.append, vault.destroy TO gleichtakt_eraser;

DO $$
BEGIN
    -- Whoever migrates must be able to act as it, as the command line does.
    IF NOT pg_has_role(current_user, 'gleichtakt_eraser', 'USAGE') THEN
        EXECUTE format('GRANT gleichtakt_eraser TO %I', current_user);
    END IF;
EXCEPTION WHEN unique_violation THEN
    NULL; -- Another database of this server granted it just now.
END
$$;
