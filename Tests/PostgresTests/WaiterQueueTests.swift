import Testing

@testable import Postgres

@Suite struct WaiterQueueTests {
    @Test func leavesInOrderHoweverManyLeaveEarly() {
        let start = ContinuousClock.now
        var queue = WaiterQueue()
        for id in 1...1000 { queue.append(UInt64(id), deadline: start + .seconds(id)) }
        for id in stride(from: 2, through: 1000, by: 2) {
            let isRemoved = queue.remove(UInt64(id))
            #expect(isRemoved)
        }
        let isRemovedAgain = queue.remove(2)
        #expect(!isRemovedAgain)
        #expect(queue.count == 500)
        #expect(queue.firstDeadline == start + .seconds(1))
        #expect(queue.removeExpired(now: start + .seconds(5)) == [1, 3, 5])
        queue.prepend(1, deadline: start)
        #expect(queue.popFirst() == 1)
        var left: [UInt64] = []
        while let id = queue.popFirst() { left.append(id) }
        #expect(left == Array(stride(from: 7, through: 999, by: 2)))
        #expect(queue.isEmpty)
    }
}
