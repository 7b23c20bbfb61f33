import Logging
import Synchronization

/// Takes the server's notices to the log instead of standard error.
final class NoticeLog: Sendable {
    private let logger: Logger
    private let fatal = Mutex<ServerError?>(nil)

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// The last words of the server to an idle session. libpq hands them out as a notice, because nothing was asked.
    var farewell: ServerError? { fatal.withLock { $0 } }

    func receive(_ notice: ServerError) {
        if notice.endsSession {
            fatal.withLock { $0 = notice }
        }
        logger.debug("server notice: \(notice.severity) \(notice.sqlState): \(notice.message)")
    }
}
