-- Which edition of the views these tables are; the projection's row holds the same number. A query that finds another one
-- was overtaken by a swap, and is repeated.
CREATE TABLE edition (
    number bigint NOT NULL
);

INSERT INTO edition VALUES (0);

GRANT SELECT ON edition TO gleichtakt_job_centre, gleichtakt_youth_office, gleichtakt_social_office, gleichtakt_summary,
    gleichtakt_catalogue;
