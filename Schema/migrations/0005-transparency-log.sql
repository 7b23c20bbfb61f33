-- The ledger as a transparency log: position n is leaf n - 1 of a Merkle tree (RFC 6962), and the worker signs its root
-- again and again. What is stored here are hashes and signatures only.

-- Which keys sign, one after the other. A key signs from the size at which it took over until the next one does.
CREATE TABLE ledger.seal_keys (
    number integer NOT NULL,
    verifier_key text COLLATE "C" NOT NULL,
    took_over_at_size bigint NOT NULL,
    transition text COLLATE "C",
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT seal_keys_pkey PRIMARY KEY (number),
    CONSTRAINT seal_keys_verifier_key_key UNIQUE (verifier_key),
    CONSTRAINT seal_keys_number_check CHECK (number > 0),
    CONSTRAINT seal_keys_took_over_at_size_check CHECK (took_over_at_size >= 0),
    CONSTRAINT seal_keys_transition_check CHECK ((transition IS NULL) = (number = 1))
);

COMMENT ON TABLE ledger.seal_keys IS 'Append-only. Public keys that the log''s checkpoints verify with.';
COMMENT ON COLUMN ledger.seal_keys.number IS 'The how-manieth key of this log, from 1, without gaps.';
COMMENT ON COLUMN ledger.seal_keys.verifier_key IS 'Name, identifier and public key (C2SP, signed-note).';
COMMENT ON COLUMN ledger.seal_keys.took_over_at_size IS 'The key signs checkpoints of trees larger than this.';
COMMENT ON COLUMN ledger.seal_keys.transition IS 'Checkpoint of that size, signed by this key and by the one before it.';

-- Signed tree heads. A predecessor has one successor: the log cannot fork, whoever writes.
CREATE TABLE ledger.checkpoints (
    size bigint NOT NULL,
    predecessor bigint NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    root bytea NOT NULL,
    note text COLLATE "C" NOT NULL,
    tail bytea NOT NULL,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (size),
    CONSTRAINT checkpoints_predecessor_key UNIQUE (predecessor),
    CONSTRAINT checkpoints_predecessor_check CHECK (predecessor >= 0 AND predecessor < size),
    CONSTRAINT checkpoints_root_check CHECK (octet_length(root) = 32),
    CONSTRAINT checkpoints_tail_check CHECK (
        octet_length(tail) = 32 * (size - greatest(predecessor, size / 256 * 256)))
) WITH (fillfactor = 100);

COMMENT ON TABLE ledger.checkpoints IS 'Append-only. Written by the worker that seals.';
COMMENT ON COLUMN ledger.checkpoints.size IS 'The last position that is sealed by it.';
COMMENT ON COLUMN ledger.checkpoints.predecessor IS 'The size of the checkpoint before it; 0 for the first.';
COMMENT ON COLUMN ledger.checkpoints.note IS 'The signed checkpoint (C2SP, tlog-checkpoint).';
COMMENT ON COLUMN ledger.checkpoints.tail IS
    'Hashes of the leaves after the predecessor that do not lie in a complete tile.';

-- The tree itself, in complete tiles of 256 hashes (C2SP, tlog-tiles).
CREATE TABLE ledger.tiles (
    level smallint NOT NULL,
    index bigint NOT NULL,
    root bytea NOT NULL,
    hashes bytea NOT NULL,
    CONSTRAINT tiles_pkey PRIMARY KEY (level, index),
    CONSTRAINT tiles_level_check CHECK (level BETWEEN 0 AND 7),
    CONSTRAINT tiles_index_check CHECK (index >= 0),
    CONSTRAINT tiles_root_check CHECK (octet_length(root) = 32),
    CONSTRAINT tiles_hashes_check CHECK (octet_length(hashes) = 8192)
) WITH (fillfactor = 100);

-- Hashes do not compress; trying costs time only.
ALTER TABLE ledger.tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

COMMENT ON TABLE ledger.tiles IS 'Append-only. Written by the worker that seals.';
COMMENT ON COLUMN ledger.tiles.level IS '0: hashes of leaves; above: roots of the tiles one level below.';
COMMENT ON COLUMN ledger.tiles.index IS 'Place among the tiles of the level, from 0.';
COMMENT ON COLUMN ledger.tiles.root IS 'Hash of the subtree over the tile''s hashes.';
