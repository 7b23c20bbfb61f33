-- What participants are found by. A worklist's row changes often and its names hardly ever, so they lie apart; an office
-- finds only cases that are on its worklist.
CREATE TABLE case_names (
    case_id uuid PRIMARY KEY,
    name_search tsvector NOT NULL,
    sort_name text COLLATE "C" NOT NULL
);

-- Without fastupdate: a search would have to read the list of what is not yet in the index from end to end.
CREATE INDEX case_names_search_idx ON case_names USING gin (name_search) WITH (fastupdate = off);

COMMENT ON COLUMN case_names.sort_name IS 'As in the worklists: whoever asks for a name mostly wants the answer in this order.';
COMMENT ON COLUMN case_names.name_search IS 'Folded names with a caret before each, and their endings of three letters and more.';
