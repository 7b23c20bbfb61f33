-- What the people on the youth office's worklist are found by. A worklist's row changes often and its names hardly ever, so they
-- lie apart. Each office has names of its own: a search cannot come upon anybody whom the office does not see.
CREATE TABLE youth_office_names (
    case_id uuid PRIMARY KEY,
    name_search tsvector NOT NULL,
    sort_name text COLLATE "C" NOT NULL
);

-- Without fastupdate: a search would have to read the list of what is not yet in the index from end to end.
CREATE INDEX youth_office_names_search_idx ON youth_office_names USING gin (name_search) WITH (fastupdate = off);

COMMENT ON COLUMN youth_office_names.sort_name IS 'As in the worklist: whoever asks for a name mostly wants the answer in this order.';
COMMENT ON COLUMN youth_office_names.name_search IS 'Folded names with a caret before each, and their endings of three letters and more.';

GRANT SELECT ON youth_office_names TO gleichtakt_youth_office;
