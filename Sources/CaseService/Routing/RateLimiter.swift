import Ledger
import Synchronization

/// How often one actor may ask.
public struct RateLimit: Hashable, Sendable {
    /// Requests a second in the long run.
    public var perSecond: Double
    /// Requests that may come at once after a pause.
    public var burst: Int

    /// At most `perSecond` requests a second, and `burst` at once.
    public init(perSecond: Double, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}

/// A token bucket per actor.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let limit: RateLimit
    private let clock: LedgerClock
    private let buckets: Mutex<LeastRecentlyUsed<String, Bucket>>

    init(limit: RateLimit, clock: LedgerClock) {
        self.limit = limit
        self.clock = clock
        buckets = Mutex(LeastRecentlyUsed(capacity: 20_000))
    }

    /// Takes one request of `subject` into account.
    ///
    /// - Throws: ``Problem`` that says when to come back.
    func admit(_ subject: String) throws {
        let now = clock.now
        let missing: Double = buckets.withLock { buckets in
            var bucket = buckets.value(for: subject) ?? Bucket(tokens: Double(limit.burst), at: now)
            let elapsed = Double(max(0, now.microsecondsSince1970 - bucket.at.microsecondsSince1970)) / 1_000_000
            bucket.tokens = min(Double(limit.burst), bucket.tokens + elapsed * limit.perSecond)
            bucket.at = now
            let missing = max(0, 1 - bucket.tokens)
            if missing == 0 { bucket.tokens -= 1 }
            buckets.set(bucket, for: subject)
            return missing
        }
        guard missing > 0 else { return }
        let seconds = max(1, Int((missing / limit.perSecond).rounded(.up)))
        throw Problem(
            kind: .rateLimited, detail: "Too many requests; ask again in \(seconds) s.", retryAfter: seconds)
    }
}
