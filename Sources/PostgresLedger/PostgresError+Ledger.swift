import Ledger
import Postgres

extension PostgresError {
    /// What a caller of the ledger is told: that it is unavailable, wherever asking again may well succeed.
    ///
    /// A failure that would come again with the same bytes stays as it is.
    var asLedgerError: any Error {
        switch self {
        case .cancelled: return CancellationError()
        case .poolClosed: return LedgerError.unavailable(description)
        case .server(let error):
            switch error.sqlState.errorClass {
            // Out of disk, memory or connections; stopped by an operator or a timeout; a failing disk.
            case "53", "57", "58": return LedgerError.unavailable(description)
            default: break
            }
            // A standby that is not promoted yet. Or somebody wrote beside ledger.append, which then looks again.
            if error.sqlState == .readOnlyTransaction || error.sqlState == .uniqueViolation {
                return LedgerError.unavailable(description)
            }
        default: break
        }
        return isTransient ? LedgerError.unavailable(description) : self
    }
}
