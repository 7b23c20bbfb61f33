-- Who may act as whom. The service acts as a reader of views for one transaction at a time, and has nothing of the reader's
-- rights before and after it: hence NOINHERIT.
DO $$
DECLARE
    reader text;
BEGIN
    IF (SELECT rolinherit FROM pg_roles WHERE rolname = 'gleichtakt_service') THEN
        ALTER ROLE gleichtakt_service NOINHERIT;
    END IF;
    FOREACH reader IN ARRAY ARRAY[
        'gleichtakt_job_centre', 'gleichtakt_youth_office', 'gleichtakt_social_office', 'gleichtakt_summary',
        'gleichtakt_catalogue', 'gleichtakt_auditor'
    ] LOOP
        IF NOT pg_has_role('gleichtakt_service', reader, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO gleichtakt_service', reader);
        END IF;
    END LOOP;
EXCEPTION WHEN unique_violation OR internal_error THEN
    NULL; -- Another database of this server did it just now.
END
$$;

-- What the worker creates is nobody else's to read, unless the view says so.
ALTER DEFAULT PRIVILEGES FOR ROLE gleichtakt_worker
    REVOKE USAGE ON SCHEMAS FROM gleichtakt_service, gleichtakt_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE gleichtakt_worker
    REVOKE SELECT ON TABLES FROM gleichtakt_service, gleichtakt_auditor;
