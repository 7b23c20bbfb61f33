import Testing

@testable import Postgres

/// One transition at a time, without a server and without a clock.
@Suite struct PoolStateMachineTests {
    typealias Machine = PoolStateMachine

    let start = ContinuousClock.now
    var deadline: ContinuousClock.Instant { start + .seconds(5) }

    /// A machine with this many connections, all leased to waiters 1, 2, ….
    func saturated(_ size: Int) -> Machine {
        var machine = Machine(size: size)
        for id in 1...size {
            #expect(machine.acquire(UInt64(id), deadline: deadline) == [.open(id)])
            #expect(machine.opened(id, now: start) == [.lease(id, to: UInt64(id))])
        }
        return machine
    }

    @Test func opensWhenSomebodyWaits() {
        var machine = Machine(size: 2)
        #expect(machine.acquire(1, deadline: deadline) == [.open(1)])
        #expect(machine.statistics == PoolStatistics(size: 2, opening: 1, idle: 0, inUse: 0, waiting: 1))
        #expect(machine.opened(1, now: start) == [.lease(1, to: 1)])
        #expect(machine.statistics == PoolStatistics(size: 2, opening: 0, idle: 0, inUse: 1, waiting: 0))
    }

    @Test func neverOpensMoreThanItsSize() {
        var machine = saturated(2)
        #expect(machine.acquire(3, deadline: deadline) == [])
        #expect(machine.acquire(4, deadline: deadline) == [])
        #expect(machine.statistics.waiting == 2)
    }

    @Test func servesInTheOrderOfArrival() {
        var machine = saturated(1)
        _ = machine.acquire(2, deadline: deadline)
        _ = machine.acquire(3, deadline: deadline)
        #expect(machine.release(1, reusable: true, now: start) == [.lease(1, to: 2)])
        #expect(machine.release(1, reusable: true, now: start) == [.lease(1, to: 3)])
        #expect(machine.release(1, reusable: true, now: start) == [])
        #expect(machine.statistics.idle == 1)
    }

    @Test func reusesTheConnectionUsedLast() {
        var machine = saturated(2)
        _ = machine.release(1, reusable: true, now: start)
        _ = machine.release(2, reusable: true, now: start)
        #expect(machine.acquireIdle() == 2)
        #expect(machine.acquire(7, deadline: deadline) == [.lease(1, to: 7)])
        #expect(machine.acquireIdle() == nil)
    }

    @Test func brokenConnectionIsReplacedForWhoWaits() {
        var machine = saturated(1)
        _ = machine.acquire(2, deadline: deadline)
        #expect(machine.release(1, reusable: false, now: start) == [.close(1), .open(2)])
    }

    @Test func brokenConnectionIsNotReplacedForNobody() {
        var machine = saturated(1)
        #expect(machine.release(1, reusable: false, now: start) == [.close(1)])
        #expect(machine.statistics == PoolStatistics(size: 1, opening: 0, idle: 0, inUse: 0, waiting: 0))
    }

    @Test func releaseCountsOnce() {
        var machine = saturated(1)
        _ = machine.release(1, reusable: true, now: start)
        #expect(machine.release(1, reusable: true, now: start) == [])
        #expect(machine.statistics.idle == 1)
    }

    @Test func idleConnectionThatEndsIsForgotten() {
        var machine = saturated(1)
        #expect(machine.lost(1) == [])
        _ = machine.release(1, reusable: true, now: start)
        #expect(machine.lost(1) == [.close(1)])
        #expect(machine.acquire(2, deadline: deadline) == [.open(2)])
    }

    @Test func deadConnectionIsReplacedAtCheckout() {
        var machine = saturated(1)
        _ = machine.release(1, reusable: true, now: start)
        #expect(machine.acquireIdle() == 1)
        #expect(machine.replace(1, for: 9, deadline: deadline) == [.close(1), .open(2)])
        #expect(machine.opened(2, now: start) == [.lease(2, to: 9)])
    }

    @Test func deadConnectionIsReplacedByAnotherIdleOne() {
        var machine = saturated(2)
        _ = machine.release(1, reusable: true, now: start)
        _ = machine.release(2, reusable: true, now: start)
        #expect(machine.acquire(9, deadline: deadline) == [.lease(2, to: 9)])
        #expect(machine.replace(2, for: 9, deadline: deadline) == [.close(2), .lease(1, to: 9)])
    }

    @Test func whoGotADeadConnectionKeepsTheTurn() {
        var machine = saturated(1)
        _ = machine.acquire(2, deadline: deadline)
        _ = machine.acquire(3, deadline: deadline)
        #expect(machine.release(1, reusable: true, now: start) == [.lease(1, to: 2)])
        #expect(machine.replace(1, for: 2, deadline: deadline) == [.close(1), .open(2)])
        #expect(machine.opened(2, now: start) == [.lease(2, to: 2)])
        #expect(machine.release(2, reusable: true, now: start) == [.lease(2, to: 3)])
    }

    // MARK: Waiting

    @Test func cancelledWaiterLeavesOthersAlone() {
        var machine = saturated(1)
        _ = machine.acquire(2, deadline: deadline)
        _ = machine.acquire(3, deadline: deadline)
        #expect(machine.cancel(2) == [.fail(2, .cancelled)])
        #expect(machine.cancel(2) == [])
        #expect(machine.cancel(1) == [])
        #expect(machine.release(1, reusable: true, now: start) == [.lease(1, to: 3)])
    }

    @Test func waitersExpire() {
        var machine = saturated(1)
        #expect(machine.nextDeadline == nil)
        _ = machine.acquire(2, deadline: start + .seconds(1))
        _ = machine.acquire(3, deadline: start + .seconds(2))
        #expect(machine.nextDeadline == start + .seconds(1))
        #expect(machine.expire(now: start) == [])
        #expect(machine.expire(now: start + .seconds(1)) == [.fail(2, .timedOut(.acquire))])
        #expect(machine.nextDeadline == start + .seconds(2))
        #expect(machine.release(1, reusable: true, now: start) == [.lease(1, to: 3)])
    }

    @Test func waitersWhoseServerIsAwayLearnWhy() {
        var machine = Machine(size: 1)
        _ = machine.acquire(1, deadline: start)
        _ = machine.openFailed(1, .connectFailed("refused"))
        #expect(machine.expire(now: start) == [.fail(1, .connectFailed("refused"))])
    }

    // MARK: Failing to connect

    @Test func pausesGrowAndEnd() {
        var machine = Machine(size: 1)
        _ = machine.acquire(1, deadline: deadline)
        var pauses: [Duration] = []
        for attempt in 1...8 {
            guard case .retry(let pause)? = machine.openFailed(attempt, .connectFailed("refused")).first else {
                Issue.record("expected a pause")
                return
            }
            pauses.append(pause)
            #expect(machine.retryDue() == [.open(attempt + 1)])
        }
        #expect(pauses == [50, 100, 200, 400, 800, 1600, 2000, 2000].map { .milliseconds($0) })
        #expect(machine.opened(9, now: start) == [.lease(9, to: 1)])
        _ = machine.acquire(2, deadline: deadline)
        _ = machine.release(9, reusable: false, now: start)
        #expect(machine.openFailed(10, .connectFailed("refused")) == [.retry(after: .milliseconds(50))])
    }

    @Test func oneConnectionTriesForAllAfterAFailure() {
        var machine = Machine(size: 3)
        #expect(machine.acquire(1, deadline: deadline) == [.open(1)])
        #expect(machine.acquire(2, deadline: deadline) == [.open(2)])
        #expect(machine.openFailed(1, .connectFailed("refused")) == [])
        #expect(machine.openFailed(2, .connectFailed("refused")) == [.retry(after: .milliseconds(50))])
        #expect(machine.acquire(3, deadline: deadline) == [])
        #expect(machine.retryDue() == [.open(3)])
        #expect(machine.acquire(4, deadline: deadline) == [])
        #expect(machine.opened(3, now: start) == [.lease(3, to: 1), .open(4), .open(5)])
    }

    @Test func nobodyWaitsNobodyTries() {
        var machine = Machine(size: 1)
        _ = machine.acquire(1, deadline: deadline)
        _ = machine.cancel(1)
        #expect(machine.openFailed(1, .connectFailed("refused")) == [])
        #expect(machine.acquire(2, deadline: deadline) == [.open(2)])
    }

    @Test func connectionNobodyWaitsForAnyLongerIsKept() {
        var machine = Machine(size: 1)
        _ = machine.acquire(1, deadline: deadline)
        _ = machine.cancel(1)
        #expect(machine.opened(1, now: start) == [])
        #expect(machine.statistics.idle == 1)
    }

    // MARK: Checking and ending

    @Test func longIdleConnectionsAreTakenForAChecking() {
        var machine = saturated(2)
        _ = machine.release(1, reusable: true, now: start)
        _ = machine.release(2, reusable: true, now: start + .seconds(20))
        #expect(machine.takeIdle(since: start + .seconds(10)) == [1])
        #expect(machine.statistics == PoolStatistics(size: 2, opening: 0, idle: 1, inUse: 1, waiting: 0))
        #expect(machine.release(1, reusable: false, now: start) == [.close(1)])
    }

    @Test func shutdownFailsWaitersAndWaitsForLeases() {
        var machine = saturated(2)
        _ = machine.release(1, reusable: true, now: start)
        #expect(machine.shutDown() == [.close(1)])
        #expect(machine.stragglers == [2])
        #expect(machine.acquire(3, deadline: deadline) == [.fail(3, .poolClosed)])
        #expect(machine.release(2, reusable: true, now: start) == [.close(2), .finished])
        #expect(machine.shutDown() == [])
    }

    @Test func shutdownOfAnEmptyPoolIsAtOnce() {
        var machine = Machine(size: 2)
        #expect(machine.shutDown() == [.finished])
    }

    @Test func connectionThatOpensAfterTheShutdownIsClosed() {
        var machine = Machine(size: 1)
        _ = machine.acquire(1, deadline: deadline)
        #expect(machine.shutDown() == [.fail(1, .poolClosed), .finished])
        #expect(machine.opened(1, now: start) == [.close(1)])
        #expect(machine.openFailed(1, .connectFailed("refused")) == [])
    }

    // MARK: Anything

    /// Whatever happens in whatever order: never too many connections, everybody gets exactly one answer.
    @Test(arguments: 0..<50)
    func invariantsHold(_ seed: UInt64) {
        var random = SeededRandom(seed)
        let size = Int.random(in: 1...4, using: &random)
        var machine = Machine(size: size)
        var now = start
        var nextWaiter: UInt64 = 1
        var waiting: Set<UInt64> = []
        var opening: Set<Int> = []
        var leased: Set<Int> = []
        func apply(_ actions: [Machine.Action]) {
            for action in actions {
                switch action {
                case .open(let id): opening.insert(id)
                case .lease(let id, let waiter):
                    let isWaiting = waiting.remove(waiter) != nil
                    let isFree = leased.insert(id).inserted
                    #expect(isWaiting && isFree)
                case .fail(let waiter, _):
                    let isWaiting = waiting.remove(waiter) != nil
                    #expect(isWaiting)
                case .close(let id): #expect(!leased.contains(id))
                case .retry, .finished: break
                }
            }
            let statistics = machine.statistics
            #expect(statistics.opening + statistics.idle + statistics.inUse <= size)
            #expect(statistics.inUse == leased.count)
            #expect(statistics.waiting == waiting.count)
            if statistics.idle > 0 { #expect(statistics.waiting == 0) }
        }
        for _ in 0..<300 {
            now += .milliseconds(Int64.random(in: 0...200, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1:
                waiting.insert(nextWaiter)
                nextWaiter += 1
                apply(machine.acquire(nextWaiter - 1, deadline: now + .seconds(2)))
            case 2:
                guard let id = opening.randomElement(using: &random) else { continue }
                opening.remove(id)
                apply(machine.opened(id, now: now))
            case 3:
                guard let id = opening.randomElement(using: &random) else { continue }
                opening.remove(id)
                apply(machine.openFailed(id, .connectFailed("")))
            case 4, 5:
                guard let id = leased.randomElement(using: &random) else { continue }
                leased.remove(id)
                apply(machine.release(id, reusable: Bool.random(using: &random), now: now))
            case 6: apply(waiting.randomElement(using: &random).map { machine.cancel($0) } ?? [])
            default: apply(machine.expire(now: now) + machine.retryDue())
            }
        }
        apply(machine.shutDown())
        #expect(waiting.isEmpty)
    }
}
