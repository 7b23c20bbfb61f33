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
