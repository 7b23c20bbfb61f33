-- What timing could not look at: how often it tried in vain, and when it tries again.
ALTER TABLE timing.agenda
    -- in vain, since it last succeeded
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    -- not before that; NULL when it has not failed, or was touched since
    ADD COLUMN retry_at timestamptz;
