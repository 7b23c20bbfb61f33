-- What one finding contributes to a summary, whoever may see it.
CREATE TABLE summary_findings (
    finding_id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    area_id text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    offices text[] NOT NULL,
    opened_on date NOT NULL,
    closed_on date
);

CREATE INDEX summary_findings_area_idx ON summary_findings (area_id);
CREATE INDEX summary_findings_owner_idx ON summary_findings (owner_id);

GRANT SELECT ON summary_findings TO gleichtakt_summary;
