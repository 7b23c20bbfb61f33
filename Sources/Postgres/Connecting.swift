internal import CLibPQ
import Logging
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Opens a `PGconn`. Blocks, because libpq resolves names with a blocking call: it needs a thread of its own in any
/// case.
enum Connecting {
    /// Opens a connection and makes it non-blocking. Not for a cooperative thread.
    static func open(_ configuration: PostgresConfiguration, _ notices: NoticeLog) throws(PostgresError) -> LibPQ {
        guard !configuration.uri.utf8.contains(0) else { throw .connectFailed("the URI contains a NUL") }
        let parameters = try parameters(of: configuration)
        let start = ContinuousClock.now
        guard let pointer = begin(parameters) else { throw .connectFailed("out of memory") }
        let libpq = LibPQ(pointer, notices)
        PQsetNoticeReceiver(
            pointer,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().receive(ServerError(result))
            }, Unmanaged.passUnretained(notices).toOpaque())
        let attempt = ConnectStateMachine(timeout: configuration.connectTimeout)
        var status: ConnectStateMachine.Status = libpq.isBroken ? .failed(libpq.errorMessage) : .wantsWrite
        while true {
            switch attempt.polled(status, elapsed: ContinuousClock.now - start) {
            case .wait(let writing, let longest):
                // Too early a step would take a connection in progress for an established one.
                guard isReady(libpq.socket, writing: writing, within: longest) else { continue }
            case .fail(let error): throw error
            case .succeed:
                guard PQsetnonblocking(pointer, 1) == 0 else { throw .connectFailed(libpq.errorMessage) }
                return libpq
            }
            switch PQconnectPoll(pointer) {
            case PGRES_POLLING_READING: status = .wantsRead
            case PGRES_POLLING_WRITING: status = .wantsWrite
            case PGRES_POLLING_OK: status = .connected
            default: status = .failed(libpq.errorMessage)
            }
        }
    }

    /// The socket may be another one after each `PQconnectPoll`, so it is asked for anew and never kept.
    private static func isReady(_ socket: Int32, writing: Bool, within longest: Duration) -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(writing ? POLLOUT : POLLIN), revents: 0)
        return poll(&descriptor, 1, max(1, longest.milliseconds)) == 1
    }

    private static func begin(_ parameters: [(String, String)]) -> OpaquePointer? {
        let keywords = parameters.map { strdup($0.0) }
        let values = parameters.map { strdup($0.1) }
        defer { (keywords + values).forEach { free($0) } }
        let constKeywords = keywords.map { UnsafePointer($0) } + [nil]
        let constValues = values.map { UnsafePointer($0) } + [nil]
        return PQconnectStartParams(constKeywords, constValues, 1)
    }

    /// The URI first; what follows overrides it.
    private static func parameters(of configuration: PostgresConfiguration) throws(PostgresError) -> [(String, String)]
    {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(configuration.uri, &message) else {
            defer { PQfreemem(message) }
            throw .connectFailed(message.map { String(cString: $0).trimmedMessage } ?? "malformed URI")
        }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        var parameters = [
            ("dbname", configuration.uri),
            ("fallback_application_name", configuration.applicationName),
            ("client_encoding", "UTF8"),
        ]
        // libpq reads PGOPTIONS only where `options` is absent; ours must not make it disappear.
        let existing = given["options"] ?? getenv("PGOPTIONS").map { String(cString: $0) }
        if let options = configuration.startupOptions(mergedWith: existing) {
            parameters.append(("options", options))
        }
        // A peer that vanished without a word is noticed after a minute rather than after the kernel's two hours, or, if
        // it was just asked something, its quarter of an hour.
        for (keyword, value) in [
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
        ] where given[keyword] == nil {
            parameters.append((keyword, value))
        }
        return parameters
    }
}
