import Ledger
import Synchronization

/// A clock that tells what a test sets it to.
final class SettableClock: Sendable {
    private let moment: Mutex<Instant>

    init(now: Instant) {
        moment = Mutex(now)
    }

    func set(_ instant: Instant) {
        moment.withLock { $0 = instant }
    }

    var clock: LedgerClock { LedgerClock { [self] in moment.withLock { $0 } } }
}
