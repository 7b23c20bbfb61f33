import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    @Test func preparesOnceUnderItsName() {
        var cache = StatementCache()
        let statement = Statement("find", "SELECT $1")
        #expect(cache.lookup(statement, types: [20]) == .prepare(1, name: "find"))
        #expect(cache.lookup(statement, types: [20]) == .ready(1, name: "find"))
    }

    @Test func otherTypesOrTextAreAnotherStatement() {
        var cache = StatementCache()
        _ = cache.lookup(Statement("find", "SELECT $1"), types: [20])
        #expect(cache.lookup(Statement("find", "SELECT $1"), types: [25]) == .prepare(2, name: "find…2"))
        #expect(cache.lookup(Statement("find", "SELECT $1::int"), types: [20]) == .prepare(3, name: "find…3"))
        #expect(cache.lookup(Statement("find", "SELECT $1"), types: [25]) == .ready(2, name: "find…2"))
    }

    @Test func failureIsForgotten() {
        var cache = StatementCache()
        let statement = Statement("find", "SELECT $1")
        _ = cache.lookup(statement, types: [])
        cache.forget(1)
        cache.forget(1)
        #expect(cache.lookup(statement, types: []) == .prepare(2, name: "find…2"))
        #expect(cache.lookup(statement, types: []) == .ready(2, name: "find…2"))
    }

    @Test func longNamesStayDistinct() {
        var cache = StatementCache()
        let long = String(repeating: "n", count: 100)
        guard case .prepare(_, let one) = cache.lookup(Statement(long + "1", "SELECT 1"), types: []),
            case .prepare(_, let other) = cache.lookup(Statement(long + "2", "SELECT 2"), types: [])
        else {
            Issue.record("expected both to be prepared")
            return
        }
        #expect(one != other)
        #expect(one.utf8.count <= StatementCache.nameLimit)
    }
}
