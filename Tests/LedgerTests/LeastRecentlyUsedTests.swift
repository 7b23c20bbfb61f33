import Testing

@testable import Ledger

@Suite("The cache")
struct LeastRecentlyUsedTests {
    @Test("never holds more than its capacity", arguments: [1, 2, 3, 10, 101])
    func bounded(_ capacity: Int) {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: capacity)
        for key in 0..<1000 {
            cache.set(key, for: key)
            #expect(cache.count <= capacity)
            #expect(cache.value(for: key) == key)
        }
    }

    @Test("holds at least half of its capacity")
    func halfFull() {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: 20)
        for key in 0..<1000 { cache.set(key, for: key) }
        #expect((991..<1000).allSatisfy { cache.value(for: $0) == $0 })
    }

    @Test("keeps what is asked for, and lets go of what is not")
    func used() {
        var cache = LeastRecentlyUsed<Int, String>(capacity: 10)
        cache.set("kept", for: -1)
        cache.set("dropped", for: -2)
        for key in 0..<100 {
            cache.set("", for: key)
            #expect(cache.value(for: -1) == "kept")
        }
        #expect(cache.value(for: -2) == nil)
    }

    @Test("answers the value that was set last")
    func replaced() {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: 8)
        cache.set(1, for: 1)
        for key in 2..<6 { cache.set(key, for: key) }
        // By now the first value lies in the old generation.
        cache.set(100, for: 1)
        #expect(cache.value(for: 1) == 100)
        #expect(cache.count == 5)
    }

    @Test("never weighs more than its capacity and one value", arguments: [1, 10, 1000])
    func weighed(_ capacity: Int) {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: capacity)
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<50, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: cache.remove(key)
            case 1: _ = cache.value(for: key)
            default: cache.set(key, for: key, weight: Int.random(in: 1...30, using: &random))
            }
            #expect(cache.weight <= capacity + 30)
        }
        for key in 0..<50 { cache.remove(key) }
        #expect(cache.count == 0 && cache.weight == 0)
    }

    @Test("lets many light values go for one heavy one")
    func heavy() {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: 100)
        for key in 0..<40 { cache.set(key, for: key) }
        cache.set(99, for: 99, weight: 90)
        #expect(cache.value(for: 99) == 99)
        cache.set(98, for: 98, weight: 90)
        #expect(cache.count <= 2 && cache.value(for: 0) == nil)
    }

    @Test("forgets in both generations")
    func removed() {
        var cache = LeastRecentlyUsed<Int, Int>(capacity: 8)
        for key in 0..<5 { cache.set(key, for: key) }
        cache.set(50, for: 0)
        for key in 0..<5 {
            cache.remove(key)
            #expect(cache.value(for: key) == nil)
        }
        #expect(cache.count == 0)
    }
}
