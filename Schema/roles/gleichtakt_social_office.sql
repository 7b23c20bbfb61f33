-- What a query of the social office's views acts as: it reads that office's rows and nothing else.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_social_office') THEN
        CREATE ROLE gleichtakt_social_office NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger TO gleichtakt_social_office;
-- How far the views are, which every answer tells. What it may read of the views is said beside each view.
GRANT SELECT (name, position, view_version, edition) ON ledger.projections TO gleichtakt_social_office;
