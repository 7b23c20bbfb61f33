/// How the service listens, and its limits.
public struct ServiceConfiguration: Sendable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 lets the system choose.
    public var port: Int
    /// The greatest body of a request, and the greatest line of an import, in bytes.
    public var bodyLimit: Int
    /// How long a body may take to arrive, and a query to be answered beside the time it was asked to wait.
    public var timeLimit: Duration
    /// After how long without any byte a connection is closed, except while it waits for an answer.
    public var idleLimit: Duration
    /// How many connections are served at once; others wait to be accepted.
    public var connectionLimit: Int
    /// The greatest header section of a request in bytes.
    public var headerLimit: Int
    /// How often one actor may ask; `nil` does not limit.
    public var rateLimit: RateLimit?

    /// Limits that suit an office's network; each can be set.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, bodyLimit: Int = 1 << 20, timeLimit: Duration = .seconds(30),
        idleLimit: Duration = .seconds(60), connectionLimit: Int = 4096, headerLimit: Int = 32 * 1024,
        rateLimit: RateLimit? = nil
    ) {
        self.host = host
        self.port = port
        self.bodyLimit = bodyLimit
        self.timeLimit = timeLimit
        self.idleLimit = idleLimit
        self.connectionLimit = connectionLimit
        self.headerLimit = headerLimit
        self.rateLimit = rateLimit
    }
}
