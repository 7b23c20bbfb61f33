-- What a query of numbers acts as: it reads what cases contribute to a summary, and nobody's name.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_summary') THEN
        CREATE ROLE gleichtakt_summary NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger TO gleichtakt_summary;
-- How far the views are, which every answer tells. What it may read of the views is said beside each view.
GRANT SELECT (name, position, view_version, edition) ON ledger.projections TO gleichtakt_summary;
