-- Erasing a person destroys the key for good, and tells every process that may still hold it in memory.

-- A destroyed key leaves its row behind, without the key: no other key can take its place, whoever tries at that moment.
ALTER TABLE vault.person_keys
    ALTER COLUMN wrapped DROP NOT NULL,
    ALTER COLUMN master_key_id DROP NOT NULL,
    ADD CONSTRAINT person_keys_destroyed_check CHECK ((wrapped IS NULL) = (master_key_id IS NULL));

COMMENT ON TABLE vault.person_keys IS
    'One key per person. Erasing a person takes the key out of the row; history keeps its shape.';
COMMENT ON COLUMN vault.person_keys.wrapped IS 'NULL once the person is erased.';

-- The keys that a rotation of the master key still has to wrap anew.
CREATE INDEX person_keys_master_key_id_idx ON vault.person_keys (master_key_id) WHERE wrapped IS NOT NULL;

-- Numbered in the order of their commits, so that who knows number n has missed none before it.
CREATE TABLE vault.erasures (
    number bigint PRIMARY KEY CHECK (number > 0),
    subject uuid NOT NULL UNIQUE,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE vault.erasures IS
    'Whose key was destroyed. Every process asks for the ones after the last it knows before it uses what it holds in memory. After a restore of an older backup of the keys, these are the ones to destroy again.';

-- Master keys that wrap no new person keys any more. What is written here are names, never keys.
CREATE TABLE vault.retired_master_keys (
    id text COLLATE "C" PRIMARY KEY,
    retired_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
