/// How sessions are opened: where, as whom, and with which settings from their first moment on.
public struct PostgresConfiguration: Sendable {
    /// A libpq connection URI (`postgresql://…`) or keyword/value string. What it leaves out comes from libpq's
    /// defaults and environment (`PGHOST`, `.pgpass`, `sslmode`, …).
    public var uri: String
    /// The role every session acts as, set as a startup option; the session's user must be a member of it.
    public var role: String?
    /// Shown in `pg_stat_activity`, unless the URI names an `application_name` of its own.
    public var applicationName: String
    /// How long opening one connection may take, name resolution and authentication included.
    public var connectTimeout: Duration
    /// How long the server lets one statement run before it fails with `SQLState.queryCanceled`; `nil` leaves the
    /// server's own setting in force. A server that has said nothing five seconds later is taken for lost, and so is one
    /// that lets a COPY wait that long without a byte going either way.
    public var statementTimeout: Duration?
    /// How long a session may do nothing in the midst of a transaction before the server ends it, and with it the locks
    /// it holds; `nil` leaves the server's own setting in force.
    public var idleInTransactionTimeout: Duration?
    /// The schemas that unqualified names are looked up in, as PostgreSQL writes them: `"ledger, public"`.
    public var searchPath: String?
    /// Whether statements are prepared under their names. Switch off behind a pooler in transaction mode that does not
    /// track prepared statements (PgBouncer before 1.21); every use is then parsed and planned anew.
    ///
    /// `role`, the timeouts and `searchPath` travel as the startup parameter `options`; such a pooler must let it
    /// through, or they are set with `ALTER ROLE … SET` and left `nil` here.
    public var preparedStatements: Bool

    /// A configuration; everything but the URI has a default.
    public init(
        uri: String,
        role: String? = nil,
        applicationName: String = "gleichtakt",
        connectTimeout: Duration = .seconds(5),
        statementTimeout: Duration? = .seconds(30),
        idleInTransactionTimeout: Duration? = nil,
        searchPath: String? = nil,
        preparedStatements: Bool = true
    ) {
        self.uri = uri
        self.role = role
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.searchPath = searchPath
        self.preparedStatements = preparedStatements
    }

    /// The startup parameter `options`: what the URI says already, then ours, which win.
    ///
    /// The server splits it at blanks; a backslash makes the next character literal (PostgreSQL, `pg_split_opts`).
    func startupOptions(mergedWith existing: String?) -> String? {
        var options = existing.map { $0.isEmpty ? [] : [$0] } ?? []
        if let role {
            options.append("-c role=" + Self.escaped(role))
        }
        if let statementTimeout {
            options.append("-c statement_timeout=\(max(0, statementTimeout.milliseconds))")
        }
        if let idleInTransactionTimeout {
            let milliseconds = max(0, idleInTransactionTimeout.milliseconds)
            options.append("-c idle_in_transaction_session_timeout=\(milliseconds)")
        }
        if let searchPath {
            options.append("-c search_path=" + Self.escaped(searchPath))
        }
        return options.isEmpty ? nil : options.joined(separator: " ")
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value {
            if character == "\\" || character.isWhitespace {
                escaped.append("\\")
            }
            escaped.append(character)
        }
        return escaped
    }
}

extension Duration {
    /// Whole milliseconds, as far as an `Int32` goes, which is as far as PostgreSQL's settings and `poll` go.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return .max }
        guard seconds > Int64(Int32.min) / 1000 else { return .min }
        return Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
