-- Person keys, each wrapped under a master key that the database never sees.
CREATE SCHEMA vault;

CREATE TABLE vault.person_keys (
    subject uuid PRIMARY KEY,
    master_key_id text NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT person_keys_wrapped_check CHECK (octet_length(wrapped) > 0)
);

COMMENT ON TABLE vault.person_keys IS 'One key per person. Erasing a person deletes the row; history keeps its shape.';
