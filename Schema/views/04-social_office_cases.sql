-- The social office's worklist: one row per case in which it is engaged or asked to act, and none of any
-- other.
CREATE TABLE social_office_cases (
    case_id uuid PRIMARY KEY,
    area_id text COLLATE "C" NOT NULL,
    household_id uuid,
    is_open boolean NOT NULL,
    caseworker text COLLATE "C" NOT NULL,
    is_engaged boolean NOT NULL,
    engaged_on date NOT NULL,
    seen_until date NOT NULL,
    registered_on date NOT NULL,
    closed_on date,
    given_name text,
    family_name text,
    born_on date,
    sort_name text COLLATE "C" NOT NULL,
    due_on date NOT NULL,
    due_rank smallint NOT NULL,
    due_reason text,
    review_due_on date,
    asked_on date NOT NULL,
    asked_reason text,
    asked_reasons text[] NOT NULL,
    asked_days date[] NOT NULL,
    awaited_on date NOT NULL,
    awaited_reason text,
    awaited_reasons text[] NOT NULL,
    awaited_days date[] NOT NULL,
    agenda_on date[] NOT NULL,
    agenda_reason text[] NOT NULL,
    agenda_subject uuid[] NOT NULL,
    agenda_why text[] NOT NULL,
    agenda_rule text[] NOT NULL,
    household_size smallint NOT NULL,
    minors smallint NOT NULL,
    living_measures smallint NOT NULL,
    participation_measures smallint NOT NULL,
    placement_ends_on date,
    placement_visible datemultirange NOT NULL,
    income_cover_from date,
    income_cover_visible datemultirange NOT NULL
) WITH (fillfactor = 85);

CREATE INDEX social_office_cases_name_idx ON social_office_cases (sort_name, case_id);
-- With the names, so that somebody's who is called otherwise is passed over in the index already.
CREATE INDEX social_office_cases_due_idx ON social_office_cases (due_on, due_rank, case_id) INCLUDE (sort_name);
CREATE INDEX social_office_cases_caseworker_idx ON social_office_cases (caseworker, sort_name, case_id);
CREATE INDEX social_office_cases_area_idx ON social_office_cases (area_id, sort_name, case_id);
CREATE INDEX social_office_cases_area_due_idx ON social_office_cases (area_id, due_on, due_rank, case_id);
CREATE INDEX social_office_cases_agenda_idx ON social_office_cases USING gin (agenda_reason) WITH (fastupdate = off);
CREATE INDEX social_office_cases_registered_idx ON social_office_cases (registered_on, case_id);
-- For who may be there already: only this office's cases are looked through.
CREATE INDEX social_office_cases_born_idx ON social_office_cases (born_on, area_id);
CREATE INDEX social_office_cases_asked_idx ON social_office_cases (asked_on, case_id) WHERE asked_reason IS NOT NULL;
CREATE INDEX social_office_cases_awaited_idx ON social_office_cases (awaited_on, case_id) WHERE awaited_reason IS NOT NULL;
-- Where a reason is rare, its cases are looked up; where it is common, the indexes above are walked until a page is full.
CREATE INDEX social_office_cases_asked_reasons_idx ON social_office_cases USING gin (asked_reasons) WITH (fastupdate = off)
    WHERE asked_reason IS NOT NULL;
CREATE INDEX social_office_cases_awaited_reasons_idx ON social_office_cases USING gin (awaited_reasons) WITH (fastupdate = off)
    WHERE awaited_reason IS NOT NULL;

COMMENT ON COLUMN social_office_cases.caseworker IS 'Empty when nobody in particular is responsible.';
COMMENT ON COLUMN social_office_cases.sort_name IS 'Family and given name, folded as in a German telephone book (DIN 5007-2).';
COMMENT ON COLUMN social_office_cases.due_on IS 'The earliest day on which something of the office''s own is due; infinity when nothing is.';
COMMENT ON COLUMN social_office_cases.due_rank IS 'What comes first on that day: 0 what lapses, 1 what another office waits for, 2 meetings, 3 own steps.';
COMMENT ON COLUMN social_office_cases.agenda_on IS 'The days of all that is due, the most urgent first; one entry each in every agenda_ array.';
COMMENT ON COLUMN social_office_cases.asked_reasons IS 'The reasons of all that other offices wait for, each once.';
COMMENT ON COLUMN social_office_cases.awaited_reasons IS 'The reasons of all that this office waits for, each once.';
COMMENT ON COLUMN social_office_cases.asked_days IS 'For each of asked_reasons, the earliest day by which that is waited for; infinity when none is named.';
COMMENT ON COLUMN social_office_cases.awaited_days IS 'For each of awaited_reasons, likewise.';
COMMENT ON COLUMN social_office_cases.engaged_on IS 'The day from which the office sees the case: that of its engagement, or else of the referral that asks it.';
COMMENT ON COLUMN social_office_cases.seen_until IS 'The last day on which it does; infinity unless that depends on a consent with an end.';
COMMENT ON COLUMN social_office_cases.asked_on IS 'The earliest day by which another office waits for something; infinity when no day is named, or asked_reason is NULL.';
COMMENT ON COLUMN social_office_cases.awaited_on IS 'The earliest day by which this office waits for something from another; infinity likewise.';
COMMENT ON COLUMN social_office_cases.placement_visible IS 'The days on which consent or a legal basis opens the placement to the social office.';

GRANT SELECT ON social_office_cases TO gleichtakt_social_office;
