import Postgres

/// The statements of a rebuild: listing what there is, preparing tables, and swapping them in.
enum RebuildStatements {
    // MARK: Planning

    /// The streams between two names, with the number of their events.
    static let streams = Statement(
        "rebuild streams",
        """
        SELECT stream, count(*) FROM ledger.events WHERE stream >= $1 AND stream < $2 GROUP BY stream
        """)

    /// Households and the members that their events name.
    static let members = Statement(
        "rebuild members",
        """
        SELECT stream, substring(encode(payload, 'escape') FROM '"caseId":"([0-9a-f-]{36})"')
        FROM ledger.events WHERE stream >= 'household-' AND stream < 'household.' AND type = 'MemberAdmitted'
        """)

    /// What keys and indexes of a schema's tables are created with, keys first: table and statement.
    static let definitions = Statement(
        "rebuild definitions",
        """
        SELECT t.relname::text, format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname, c.conname,
            pg_get_constraintdef(c.oid)), 0 AS place
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND c.contype IN ('p', 'u')
        UNION ALL
        SELECT t.relname::text, pg_get_indexdef(i.indexrelid), 1
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        ORDER BY 3, 1, 2
        """)

    /// What takes those keys and indexes away again.
    static let removals = Statement(
        "rebuild removals",
        """
        SELECT format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, t.relname, c.conname)
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND c.contype IN ('p', 'u')
        UNION ALL
        SELECT format('DROP INDEX %I.%I', n.nspname, x.relname)
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace
        WHERE n.nspname = $1 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        """)

    /// What a schema's tables already have of it.
    static let existing = Statement(
        "rebuild existing",
        """
        SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, t.relname, c.conname,
            pg_get_constraintdef(c.oid))
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1
        UNION ALL
        SELECT pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1
        """)

    /// Lays people of one name beside one another, so that whoever looks up all who are called so reads few pages. Those who
    /// come later lie where there is room.
    static func neighbours(in schema: String, _ table: String) -> String {
        let (schema, table) = (CaseViewSchema.quoted(schema), CaseViewSchema.quoted(table))
        return """
            CREATE INDEX in_order ON \(schema).\(table) (sort_name, case_id);
            CLUSTER \(schema).\(table) USING in_order;
            DROP INDEX \(schema).in_order;
            """
    }

    static let number = Statement("rebuild number", "UPDATE edition SET number = $1")

    // MARK: Filling

    /// For a piece's transaction: whether it outlives a crash of the server does not matter, since what says that the piece
    /// is done shares its fate.
    ///
    /// Documents are compressed with LZ4 where the server can: it costs less than PostgreSQL's own method, the default.
    static let relaxed = Statement(
        "rebuild relaxed",
        """
        SELECT set_config('synchronous_commit', 'off', true),
            set_config(name, CASE WHEN 'lz4' = ANY (enumvals) THEN 'lz4' ELSE setting END, true)
        FROM pg_settings WHERE name = 'default_toast_compression'
        """)

    /// For creating an index: as long as it takes, with room to sort in, and one process each.
    static let patient = Statement(
        "rebuild patient",
        """
        SELECT set_config('statement_timeout', '0', true), set_config('maintenance_work_mem', '128MB', true),
            set_config('max_parallel_maintenance_workers', '0', true), set_config('synchronous_commit', 'off', true)
        """)

    /// Takes the rows of streams, by their ids, out of one of the views' tables.
    static func removal(from table: String) -> Statement {
        let key =
            switch table {
            case "areas": "area_id"
            case "catalogue": "id"
            case "office_findings", "office_open_findings", "office_proposals", "summary_findings": "owner_id"
            default: "case_id"
            }
        return Statement("rebuild removal from \(table)", "DELETE FROM \(table) WHERE \(key)::text = ANY($1::text[])")
    }

    // MARK: Swapping

    /// For a transaction that others must not have to wait behind.
    static let impatient = Statement("rebuild impatient", "SELECT set_config('lock_timeout', '500ms', true)")

    static let makeSure = Statement(
        "rebuild make sure", "INSERT INTO ledger.projections (name) VALUES ($1) ON CONFLICT (name) DO NOTHING")

    /// Nobody writes the live views from here to the end of the transaction.
    static let lockLive = Statement(
        "rebuild lock live",
        "SELECT position, view_version, edition FROM ledger.projections WHERE name = $1 FOR UPDATE")

    /// The lease under which the rebuild is led.
    static let lockLead = Statement(
        "rebuild lock lead",
        "SELECT position FROM ledger.projections WHERE name = $1 AND generation = $2 AND holder IS NOT NULL FOR UPDATE")

    /// Whoever leads a rebuild is to lead it no more.
    static let expel = Statement(
        "rebuild expel",
        """
        UPDATE ledger.projections
        SET generation = generation + 1, holder = NULL, lease_until = NULL, updated_at = clock_timestamp()
        WHERE name = $1
        """)

    /// A new generation keeps whoever held the lease from writing what belonged to the old tables. Who stays keeps the
    /// lease as such, and takes it again; a worker of another version goes.
    static let swap = Statement(
        "rebuild swap",
        """
        UPDATE ledger.projections
        SET position = $2, edition = $4, generation = generation + 1, updated_at = clock_timestamp(),
            holder = CASE WHEN view_version IN (0, $3) THEN holder END,
            lease_until = CASE WHEN view_version IN (0, $3) THEN lease_until END,
            view_version = $3
        WHERE name = $1
        """)

    static let schemaExists = Statement("rebuild schema exists", "SELECT to_regnamespace($1) IS NOT NULL")

    static let leftovers = Statement(
        "rebuild leftovers", "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^views_until_[0-9]+$'")

    /// Cases of a table whose person has no key, or has none any more.
    static func keyless(in table: String) -> Statement {
        Statement(
            "rebuild keyless \(table)",
            """
            SELECT DISTINCT t.case_id FROM \(table) t
            WHERE NOT EXISTS (
                SELECT FROM vault.person_keys k WHERE k.subject = t.case_id AND k.wrapped IS NOT NULL)
            """)
    }

    private static let ontoAgenda = """
        INSERT INTO timing.agenda AS agenda (scope, id, touched, due_on)
        SELECT split_part(stream, '-', 1), substr(stream, strpos(stream, '-') + 1)::uuid, touched, '-infinity'
        """

    private static let fromStreams = """
        WHERE stream ~ '^(case|household)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        ON CONFLICT (scope, id) DO UPDATE
        SET touched = greatest(agenda.touched, excluded.touched), due_on = excluded.due_on,
            touched_at = excluded.touched_at, retry_at = NULL,
            waiting_since = CASE WHEN agenda.due_on = '-infinity' THEN agenda.waiting_since
                ELSE excluded.waiting_since END
        """

    /// Puts on timing's agenda whatever was touched between two positions: the worker would have done so on its way.
    static let agenda = Statement(
        "rebuild agenda",
        """
        \(ontoAgenda)
        FROM (SELECT stream, max(position) AS touched FROM ledger.events
            WHERE position > $1 AND position <= $2
                AND type NOT IN ('FindingOpened', 'FindingUpdated', 'FindingClosed')
            GROUP BY stream) AS streams
        \(fromStreams)
        """)

    /// Puts everything that a rebuild consists of on timing's agenda, as touched at a position.
    static let wholeAgenda = Statement(
        "rebuild whole agenda",
        """
        \(ontoAgenda)
        FROM (SELECT unnest(streams) AS stream, $2::bigint AS touched FROM ledger.rebuild_chunks WHERE edition = $1)
            AS streams
        \(fromStreams)
        """)
}
