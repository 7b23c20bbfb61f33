/// Which connections a pool has and who waits for them, as a value: events go in, actions come out, and nothing here
/// opens a socket or looks at a clock.
///
/// Every connection of the `size` is in one of these states: opening, idle, leased. Waiters are served in the order of
/// their arrival. After a failure to connect, one connection at a time tries, with growing pauses, until one succeeds:
/// a server that is coming back is not greeted by a stampede.
struct PoolStateMachine: Sendable {
    typealias ConnectionID = Int
    typealias WaiterID = UInt64
    typealias Instant = ContinuousClock.Instant

    enum Action: Equatable, Sendable {
        /// Open a connection, then call `opened` or `openFailed`.
        case open(ConnectionID)
        /// Hand a connection over. See first whether it lives, else call `replace`.
        case lease(ConnectionID, to: WaiterID)
        case fail(WaiterID, PostgresError)
        case close(ConnectionID)
        /// Call `retryDue` after this long.
        case retry(after: Duration)
        /// The pool was shut down, and its last connection is gone.
        case finished
    }

    let size: Int
    /// The pauses between attempts to connect: the first, and the longest.
    static let firstPause: Duration = .milliseconds(50)
    static let longestPause: Duration = .seconds(2)

    private struct Idle: Sendable {
        let id: ConnectionID
        let since: Instant
    }

    private var opening: Set<ConnectionID> = []
    /// The most recently used is at the end and goes first: it is the one whose server process is warm.
    private var idle: [Idle] = []
    private var leased: Set<ConnectionID> = []
    private var waiters = WaiterQueue()
    private var nextConnection: ConnectionID = 1
    /// Failures to connect in a row, and the last of them.
    private var failures = 0
    private var lastFailure: PostgresError?
    private var isPausing = false
    private(set) var isShutDown = false
    private var isFinished = false

    init(size: Int) {
        precondition(size > 0, "a pool of no connections")
        self.size = size
    }

    /// Numbers for metrics.
    var statistics: PoolStatistics {
        PoolStatistics(
            size: size, opening: opening.count, idle: idle.count, inUse: leased.count, waiting: waiters.count)
    }

    // MARK: Callers

    /// A connection for a caller who need not wait. See first whether it lives, else call `replace`.
    mutating func acquireIdle() -> ConnectionID? {
        guard let connection = idle.popLast() else { return nil }
        leased.insert(connection.id)
        return connection.id
    }

    /// A caller who may have to wait until `deadline`, which is not before that of those who came earlier.
    mutating func acquire(_ waiter: WaiterID, deadline: Instant) -> [Action] {
        if isShutDown { return [.fail(waiter, .poolClosed)] }
        if let connection = acquireIdle() { return [.lease(connection, to: waiter)] }
        waiters.append(waiter, deadline: deadline)
        return openForWaiters()
    }

    /// A caller gives its connection back.
    mutating func release(_ connection: ConnectionID, reusable: Bool, now: Instant) -> [Action] {
        guard leased.remove(connection) != nil else { return [] }
        guard reusable && !isShutDown else {
            return [.close(connection)] + openForWaiters() + finishedIfEmpty()
        }
        return park(connection, now: now)
    }

    /// A waiter's task was cancelled. Others are not touched.
    mutating func cancel(_ waiter: WaiterID) -> [Action] {
        waiters.remove(waiter) ? [.fail(waiter, .cancelled)] : []
    }

    /// Waiters whose deadline has come. While the server cannot be reached, they learn why.
    mutating func expire(now: Instant) -> [Action] {
        waiters.removeExpired(now: now).map { .fail($0, lastFailure ?? .timedOut(.acquire)) }
    }

    /// When `expire` has something to do next.
    var nextDeadline: Instant? { waiters.firstDeadline }

    // MARK: Connections

    mutating func opened(_ connection: ConnectionID, now: Instant) -> [Action] {
        guard opening.remove(connection) != nil else { return [.close(connection)] }
        failures = 0
        lastFailure = nil
        guard !isShutDown else { return [.close(connection)] + finishedIfEmpty() }
        return park(connection, now: now) + openForWaiters()
    }

    mutating func openFailed(_ connection: ConnectionID, _ error: PostgresError) -> [Action] {
        guard opening.remove(connection) != nil else { return [] }
        lastFailure = error
        guard !isShutDown, !waiters.isEmpty else { return finishedIfEmpty() }
        // Of several attempts that failed together, the last one decides when to try again.
        guard !isPausing, opening.isEmpty else { return [] }
        isPausing = true
        failures += 1
        let doubled = Self.firstPause * (1 << min(failures - 1, 10))
        return [.retry(after: min(doubled, Self.longestPause))]
    }

    /// The pause after a failure is over.
    mutating func retryDue() -> [Action] {
        isPausing = false
        return openForWaiters()
    }

    /// A connection ended by itself. A leased one stays so until its caller gives it back.
    mutating func lost(_ connection: ConnectionID) -> [Action] {
        if let index = idle.firstIndex(where: { $0.id == connection }) {
            idle.remove(at: index)
            return [.close(connection)] + finishedIfEmpty()
        }
        return []
    }

    /// A connection taken for a caller turned out to be dead before anything was sent on it: the caller gets another
    /// one, ahead of everybody who came later.
    mutating func replace(_ connection: ConnectionID, for waiter: WaiterID, deadline: Instant) -> [Action] {
        guard leased.remove(connection) != nil else { return [] }
        if isShutDown { return [.close(connection), .fail(waiter, .poolClosed)] + finishedIfEmpty() }
        if let other = acquireIdle() { return [.close(connection), .lease(other, to: waiter)] }
        waiters.prepend(waiter, deadline: deadline)
        return [.close(connection)] + openForWaiters()
    }

    /// Leases the connections that nobody has used for a while, to be checked and then released.
    mutating func takeIdle(since limit: Instant) -> [ConnectionID] {
        let due = idle.filter { $0.since <= limit }.map(\.id)
        idle.removeAll { $0.since <= limit }
        leased.formUnion(due)
        return due
    }

    // MARK: End

    /// Nobody gets a connection any longer. Idle ones are closed now, leased ones when they come back.
    mutating func shutDown() -> [Action] {
        guard !isShutDown else { return [] }
        isShutDown = true
        // What is being opened closes when it comes; nobody waits for it.
        opening = []
        let closing: [Action] = idle.map { .close($0.id) }
        idle = []
        return waiters.removeAll().map { .fail($0, .poolClosed) } + closing + finishedIfEmpty()
    }

    /// The connections that have not come back after the shutdown.
    var stragglers: Set<ConnectionID> { leased }

    // MARK: Inner workings

    private mutating func park(_ connection: ConnectionID, now: Instant) -> [Action] {
        if let waiter = waiters.popFirst() {
            leased.insert(connection)
            return [.lease(connection, to: waiter)]
        }
        idle.append(Idle(id: connection, since: now))
        return []
    }

    private mutating func openForWaiters() -> [Action] {
        guard !isShutDown, !isPausing else { return [] }
        var actions: [Action] = []
        let limit = failures > 0 ? 1 : size
        while opening.count < min(waiters.count, limit), opening.count + idle.count + leased.count < size {
            let connection = nextConnection
            nextConnection += 1
            opening.insert(connection)
            actions.append(.open(connection))
        }
        return actions
    }

    private mutating func finishedIfEmpty() -> [Action] {
        guard isShutDown, !isFinished, leased.isEmpty else { return [] }
        isFinished = true
        return [.finished]
    }
}
