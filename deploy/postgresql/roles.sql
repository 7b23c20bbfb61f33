-- Once for each server, as its superuser: the database, its owner, and a login for each process.
--
--     runuser -u postgres -- psql -X -f roles.sql
--
-- With peer authentication (Debian's default for `local`), the users of gleichtakt.sysusers.conf log in under their own
-- names, without passwords. Repeating this changes nothing.
\set ON_ERROR_STOP on

-- The roles that the program acts as; migrations give them their rights, and would make them too. Here they are made first
-- so that the logins can be members before the first migration.
SELECT format('CREATE ROLE %I NOLOGIN', role)
FROM unnest(ARRAY['gleichtakt_service', 'gleichtakt_worker', 'gleichtakt_auditor', 'gleichtakt_eraser',
    'gleichtakt_appender', 'gleichtakt_job_centre', 'gleichtakt_youth_office', 'gleichtakt_social_office', 'gleichtakt_summary',
    'gleichtakt_catalogue']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role)
\gexec
-- The service reads views as one of these, for a transaction at a time; it has nothing of theirs otherwise.
ALTER ROLE gleichtakt_service NOINHERIT;
GRANT gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office, gleichtakt_summary, gleichtakt_catalogue,
    gleichtakt_auditor TO gleichtakt_service;

-- Owns the database and migrates it; no process that answers requests has its login.
SELECT 'CREATE ROLE gleichtakt LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gleichtakt')
\gexec
GRANT gleichtakt_service, gleichtakt_worker, gleichtakt_appender, gleichtakt_auditor, gleichtakt_eraser TO gleichtakt;

SELECT format('CREATE ROLE %I LOGIN', login)
FROM unnest(ARRAY['gleichtakt-service', 'gleichtakt-worker', 'gleichtakt-auditor', 'gleichtakt-eraser']) AS login
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login)
\gexec
-- The worker projects as one role and records as another; an auditor's command line only reads.
GRANT gleichtakt_service TO "gleichtakt-service";
GRANT gleichtakt_worker, gleichtakt_appender TO "gleichtakt-worker";
GRANT gleichtakt_auditor TO "gleichtakt-auditor";
-- Who looked at a case is told to auditors and to the participant by the service, which reads it as an auditor.
GRANT gleichtakt_auditor TO "gleichtakt-service";
-- Erases persons and rotates the master key, by hand and by nobody else; it renews the views' statistics as the worker.
GRANT gleichtakt_eraser, gleichtakt_worker TO "gleichtakt-eraser";

SELECT 'CREATE DATABASE gleichtakt OWNER gleichtakt ENCODING ''UTF8'' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'gleichtakt')
\gexec
REVOKE ALL ON DATABASE gleichtakt FROM PUBLIC;
GRANT CONNECT ON DATABASE gleichtakt TO "gleichtakt-service", "gleichtakt-worker", "gleichtakt-auditor", "gleichtakt-eraser";
