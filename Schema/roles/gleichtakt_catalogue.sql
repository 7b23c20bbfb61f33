-- What a query of offers, partners, areas and employment fields acts as: it reads those and no case.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt_catalogue') THEN
        CREATE ROLE gleichtakt_catalogue NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- Another database of this server made it, perhaps just now.
END
$$;

GRANT USAGE ON SCHEMA ledger TO gleichtakt_catalogue;
-- How far the views are, which every answer tells. What it may read of the views is said beside each view.
GRANT SELECT (name, position, view_version, edition) ON ledger.projections TO gleichtakt_catalogue;
