-- Which cases and households timing has to look at, and from which day on.
CREATE SCHEMA timing;

CREATE TABLE timing.agenda (
    scope text NOT NULL CHECK (scope IN ('case', 'household')),
    id uuid NOT NULL,
    -- position of the event that touched the scope last
    touched bigint NOT NULL,
    -- '-infinity': now; 'infinity': not before it is touched again
    due_on date NOT NULL,
    -- when it was touched last, and since when it waits to be looked at
    touched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    waiting_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (scope, id)
);

CREATE INDEX agenda_due ON timing.agenda (due_on, touched, id) WHERE due_on < 'infinity';
