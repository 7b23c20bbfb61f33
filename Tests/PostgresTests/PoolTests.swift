import Postgres
import Testing

@Suite struct PoolTests {
    let one = Statement("one", "SELECT 1::int8")
    let sleep = Statement("sleep", "SELECT pg_sleep($1)")
    let backend = Statement("backend", "SELECT pg_backend_pid()")

    @Test func manyTasksOverFewConnections() async throws {
        let pool = try await makePool(size: 4, acquireTimeout: .seconds(60))
        let echo = Statement("echo", "SELECT $1::int8, pg_backend_pid()")
        let backends = try await withThrowingTaskGroup(of: Set<Int>.self) { group in
            for task in 0..<200 {
                group.addTask {
                    var backends: Set<Int> = []
                    for number in 0..<20 {
                        let row = try await pool.query(echo, task * 1000 + number)[0]
                        #expect(try row.decode(0) == task * 1000 + number)
                        backends.insert(try row.decode(1))
                    }
                    return backends
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.formUnion($1) }
        }
        #expect(backends.count <= 4)
        #expect(pool.statistics.waiting == 0)
        #expect(pool.statistics.inUse == 0)
        #expect(pool.statistics.idle == backends.count)
    }

    @Test func waitingForAConnectionTimesOut() async throws {
        let pool = try await makePool(size: 1, acquireTimeout: .seconds(2))
        try await pool.withConnection { _ in
            let start = ContinuousClock.now
            let outcome1 = await failure { try await pool.query(one) }
            #expect(outcome1 == .timedOut(.acquire))
            #expect(ContinuousClock.now - start >= .seconds(2))
            #expect(pool.statistics.waiting == 0)
        }
        #expect(try await pool.query(one).count == 1)
    }

    @Test func cancelledWaiterLeavesTheQueue() async throws {
        let pool = try await makePool(size: 1)
        try await pool.withConnection { _ in
            let waiter = Task { try await pool.query(one) }
            let other = Task { try await pool.query(one).count }
            try await eventually { pool.statistics.waiting == 2 }
            waiter.cancel()
            let outcome2 = await failure { _ = try await waiter.value }
            #expect(outcome2 == .cancelled)
            #expect(pool.statistics.waiting == 1)
            other.cancel()
            _ = await other.result
        }
        #expect(try await pool.query(one).count == 1)
    }

    @Test func cancelledTaskSendsNothing() async throws {
        let pool = try await makePool(size: 1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pool.query(one)
        }
        let outcome3 = await failure { _ = try await task.value }
        #expect(outcome3 == .cancelled)
        #expect(pool.statistics.opening == 0)
    }

    @Test func cancelledStatementEndsOnTheServer() async throws {
        let pool = try await makePool(size: 2)
        try await pool.withConnection { connection async throws in
            let pid = try await connection.query(backend)[0].decode(0, as: Int32.self)
            for _ in 0..<5 {
                let task = Task { try await connection.query(sleep, 60.0) }
                try await eventually { try await isActive(pid, pool) }
                task.cancel()
                let outcome4 = await failure { _ = try await task.value }
                #expect(outcome4 == .cancelled)
                #expect(try await !isActive(pid, pool))
                // The same session goes on.
                #expect(try await connection.value(backend) == pid)
            }
        }
        #expect(pool.statistics.inUse == 0)
    }

    private func isActive(_ pid: Int32, _ pool: PostgresPool) async throws -> Bool {
        let state = Statement("activity", "SELECT state FROM pg_stat_activity WHERE pid = $1")
        return try await pool.query(state, pid).first?.decode(0) == "active"
    }

    @Test func cancellingAtAnyMomentNeverHitsSomebodyElse() async throws {
        let pool = try await makePool(size: 3, acquireTimeout: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<6 {
                group.addTask {
                    var random = SeededRandom(UInt64(seed))
                    for _ in 0..<40 {
                        let victim = Task { try await pool.query(sleep, 0.001) }
                        try await Task.sleep(for: .microseconds(Int64.random(in: 0...3000, using: &random)))
                        victim.cancel()
                        _ = await victim.result
                        #expect(try await pool.value(one) == 1)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func cancelledTransactionIsRolledBack() async throws {
        let pool = try await makePool(size: 1)
        try await pool.withConnection { try await $0.script("CREATE TABLE interrupted (id int8)") }
        let task = Task {
            try await pool.withTransaction { transaction in
                try await transaction.execute(Statement("interrupted insert", "INSERT INTO interrupted VALUES (1)"))
                try await transaction.query(sleep, 60.0)
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        let outcome5 = await failure { _ = try await task.value }
        #expect(outcome5 == .cancelled)
        let count = try await pool.query(Statement("interrupted count", "SELECT count(*) FROM interrupted"))
        #expect(try count[0].decode(0) == 0)
    }

    @Test func terminatedSessionIsReplaced() async throws {
        let pool = try await makePool(size: 1)
        let admin = try await makePool(size: 1)
        try await pool.withConnection { connection async throws in
            let pid = try await connection.query(backend)[0].decode(0, as: Int32.self)
            let task = Task { try await connection.query(sleep, 60.0) }
            try await eventually { try await isActive(pid, admin) }
            try await admin.query(Statement("terminate", "SELECT pg_terminate_backend($1)"), pid)
            let error = await failure { _ = try await task.value }
            guard case .connectionLost(let reason) = error else {
                Issue.record("expected connectionLost instead of \(String(describing: error))")
                return
            }
            #expect(reason.contains("57P01"))
            #expect(error?.isTransient == true)
            let again = await failure { try await connection.query(one) }
            #expect(again == error)
        }
        #expect(try await pool.query(one).count == 1)
    }

    @Test func sessionTerminatedWhileIdleGoesUnnoticed() async throws {
        let pool = try await makePool(size: 1)
        let admin = try await makePool(size: 1)
        for _ in 0..<10 {
            let pid = try await pool.query(backend)[0].decode(0, as: Int32.self)
            try await admin.query(Statement("terminate and wait", "SELECT pg_terminate_backend($1, 5000)"), pid)
            #expect(try await pool.query(one).count == 1)
        }
    }

    @Test func connectionRefused() async throws {
        let pool = try await makePool("postgresql:///x?host=/nonexistent", acquireTimeout: .milliseconds(300))
        let error = await failure { try await pool.query(one) }
        guard case .connectFailed(let reason) = error else {
            Issue.record("expected connectFailed instead of \(String(describing: error))")
            return
        }
        #expect(reason.contains("/nonexistent"))
        let malformed = try await makePool("postgresql://[", acquireTimeout: .milliseconds(100))
        guard case .connectFailed = await failure({ try await malformed.query(one) }) else {
            Issue.record("expected connectFailed")
            return
        }
    }

    @Test func connectingTimesOut() async throws {
        // TEST-NET-1 (RFC 5737): nobody answers, or there is no route at all.
        let pool = try await makePool("postgresql://192.0.2.1/x", acquireTimeout: .milliseconds(700)) {
            $0.connectTimeout = .milliseconds(200)
        }
        let error = await failure { try await pool.query(one) }
        #expect(error?.isTransient == true)
    }

    @Test func runEndsWithItsTaskAndClosesEverything() async throws {
        let uri = try await sharedDatabase.value
        let pool = try await makePool(uri + "&application_name=ending", size: 3)
        let admin = try await makePool()
        #expect(try await pool.query(one).count == 1)
        let run = Task { try await pool.run() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await pool.query(sleep, 0.05) } }
            try await group.waitForAll()
        }
        let holder = Task { try await pool.withConnection { try await $0.query(sleep, 0.3).count } }
        try await eventually { pool.statistics.inUse == 1 }
        run.cancel()
        try await run.value
        // Who had a connection could finish with it.
        #expect(try await holder.value == 1)
        let outcome6 = await failure { try await pool.query(one) }
        #expect(outcome6 == .poolClosed)
        let left = Statement("left", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ending'")
        try await eventually { try await admin.value(left) == 0 }
    }

    @Test func waitersLearnThatThePoolIsClosed() async throws {
        let pool = try await makePool(size: 1)
        let run = Task { try await pool.run() }
        try await pool.withConnection { _ in
            let waiter = Task { try await pool.query(one) }
            try await eventually { pool.statistics.waiting == 1 }
            run.cancel()
            let outcome7 = await failure { _ = try await waiter.value }
            #expect(outcome7 == .poolClosed)
        }
        try await run.value
    }

    @Test func abandonedPoolClosesItsConnections() async throws {
        let uri = try await sharedDatabase.value
        let admin = try await makePool()
        do {
            let pool = try await makePool(uri + "&application_name=abandoned", size: 1)
            #expect(try await pool.query(one).count == 1)
        }
        let left = Statement("left", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'abandoned'")
        try await eventually { try await admin.value(left) == 0 }
    }
}
