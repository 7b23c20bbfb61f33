-- Secret addresses under which calendar programs read without a token. Of the secret only its SHA-256 is kept.
CREATE SCHEMA access;

CREATE TABLE access.feeds (
    feed_id uuid PRIMARY KEY,
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    subject text NOT NULL,
    office text NOT NULL,
    areas text[],
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

CREATE INDEX feeds_office_idx ON access.feeds (office, subject, created_at DESC);

COMMENT ON COLUMN access.feeds.subject IS 'Whose calendar it opens: the subject of the token that it was made with.';
COMMENT ON COLUMN access.feeds.areas IS 'The programme areas that it opens; NULL means all of them.';
