-- What stands around the cases and is nobody's secret: offers, partners, areas and employment fields, each as its history
-- has left it. json, not jsonb: the bytes stay as they were written.
CREATE TABLE catalogue (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    sort_name text COLLATE "C" NOT NULL,
    area_ids text[] NOT NULL,
    open_through date NOT NULL,
    is_full boolean NOT NULL,
    variety text,
    occupations text[] NOT NULL,
    document json NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX catalogue_name_idx ON catalogue (kind, sort_name, id);

COMMENT ON COLUMN catalogue.kind IS 'offer, partner, area or employment-field.';
COMMENT ON COLUMN catalogue.area_ids IS 'The programme areas it belongs to; empty for none in particular.';
COMMENT ON COLUMN catalogue.open_through IS 'The last day on which it is open; infinity without one.';
COMMENT ON COLUMN catalogue.is_full IS 'Whether every place of an offer is taken; false for everything else.';
COMMENT ON COLUMN catalogue.variety IS 'The kind of placement of an offer, the sector of a partner.';

GRANT SELECT ON catalogue TO gleichtakt_catalogue;
