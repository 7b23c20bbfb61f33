-- The programme areas, for the rows of a summary.
CREATE TABLE areas (
    area_id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    region text,
    land text,
    municipality text,
    description text,
    published_on date NOT NULL
);

GRANT SELECT ON areas TO gleichtakt_summary;
