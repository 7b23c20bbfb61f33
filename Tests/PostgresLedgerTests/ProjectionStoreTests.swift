import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@Suite("Projections")
struct ProjectionStoreTests {
    private let database: LedgerDatabase
    private let pool: PostgresPool
    private let projections: ProjectionStore

    init() async throws {
        database = try await LedgerDatabase.fresh()
        pool = database.pool(as: "gleichtakt_worker")
        projections = ProjectionStore(pool: pool)
        try await pool.withConnection {
            try await $0.script("CREATE SCHEMA views; CREATE TABLE views.rows (n bigint PRIMARY KEY)")
        }
    }

    private static let insert = Statement("test insert row", "INSERT INTO views.rows VALUES ($1)")
    private static let count = Statement("test count rows", "SELECT count(*) FROM views.rows")

    private func rows() async throws -> Int64 {
        try #require(try await pool.query(Self.count).first).decode(0)
    }

    @Test("have a checkpoint of 0 before they exist")
    func absent() async throws {
        #expect(try await projections.checkpoint("cases") == 0)
        #expect(try await projections.status("cases") == nil)
        #expect(try await projections.statuses().isEmpty)
    }

    @Test("are driven by one holder at a time")
    func exclusive() async throws {
        let lease = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(60)))
        #expect(lease.generation == 1)
        #expect(try await projections.acquire("cases", holder: "two", lifetime: .seconds(60)) == nil)
        #expect(try await projections.acquire("findings", holder: "two", lifetime: .seconds(60)) != nil)
        try await projections.release(lease)
        let next = try #require(try await projections.acquire("cases", holder: "two", lifetime: .seconds(60)))
        #expect(next.generation == 2 && next.holder == "two")
        // A lease given back by a former holder does not touch the present one's.
        try await projections.release(lease)
        #expect(try await projections.status("cases")?.holder == "two")
    }

    private static let lasting = Statement(
        "test lease lasting",
        "UPDATE ledger.projections SET lease_until = clock_timestamp() + $1 * interval '1 second' WHERE name = 'cases'")

    @Test("are not held by a lease from before the clock was put back until the clock has caught up")
    func clockPutBack() async throws {
        let owner = database.pool(as: nil)
        let lease = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(5)))
        // A little: it may be the live holder's, renewed a moment before.
        try await owner.execute(Self.lasting, Int64(8))
        #expect(try await projections.acquire("cases", holder: "two", lifetime: .seconds(5)) == nil)
        try await owner.execute(Self.lasting, Int64(3600))
        let next = try #require(try await projections.acquire("cases", holder: "two", lifetime: .seconds(5)))
        #expect(next.generation == lease.generation + 1)
        await #expect(throws: ProjectionError.leaseLost("cases")) {
            try await projections.renew(lease, lifetime: .seconds(5))
        }
    }

    @Test("tell for how long nobody has held them, by the database's clock")
    func silence() async throws {
        #expect(try await projections.silence("cases") == nil)
        let owner = database.pool(as: nil)
        _ = try await projections.acquire("cases", holder: "one", lifetime: .seconds(5))
        #expect(try await projections.silence("cases") == .zero)
        try await owner.execute(Self.lasting, Int64(-3600))
        let silence = try #require(try await projections.silence("cases"))
        #expect(silence >= .seconds(3600) && silence < .seconds(3900))
    }

    @Test("are acquired by one of many who try at the same time")
    func race() async throws {
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await projections.acquire("cases", holder: "\(index)", lifetime: .seconds(60)) != nil
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(winners == 1)
    }

    @Test("are taken over when the lease has run out, and the former holder is fenced off")
    func takenOver() async throws {
        let old = try #require(try await projections.acquire("cases", holder: "one", lifetime: .milliseconds(50)))
        try await Task.sleep(for: .milliseconds(80))
        let new = try #require(try await projections.acquire("cases", holder: "two", lifetime: .seconds(60)))
        #expect(new.generation == old.generation + 1)
        await #expect(throws: ProjectionError.leaseLost("cases")) {
            try await projections.renew(old, lifetime: .seconds(60))
        }
        await #expect(throws: ProjectionError.leaseLost("cases")) {
            try await projections.commit(old, from: 0, to: 5, viewVersion: 1) { connection in
                try await connection.execute(Self.insert, Int64(1))
            }
        }
        #expect(try await rows() == 0)
        try await projections.commit(new, from: 0, to: 5, viewVersion: 1) { connection in
            try await connection.execute(Self.insert, Int64(1))
        }
        #expect(try await rows() == 1)
    }

    @Test("stay with a holder who renews, also after the lease ran out, if nobody came")
    func renewed() async throws {
        let lease = try #require(try await projections.acquire("cases", holder: "one", lifetime: .milliseconds(20)))
        try await Task.sleep(for: .milliseconds(40))
        let renewed = try await projections.renew(lease, lifetime: .seconds(60))
        #expect(renewed.generation == lease.generation && renewed.until > lease.until)
        #expect(try await projections.acquire("cases", holder: "two", lifetime: .seconds(60)) == nil)
    }

    @Test("are taken again at once by a holder of the same name, whose former lease is void")
    func sameName() async throws {
        let before = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(60)))
        let after = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(60)))
        #expect(after.generation == before.generation + 1)
        await #expect(throws: ProjectionError.leaseLost("cases")) {
            try await projections.commit(before, from: 0, to: 1, viewVersion: 1) { _ in }
        }
    }

    @Test("write rows and checkpoint together, or neither")
    func atomic() async throws {
        let lease = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(60)))
        let answer = try await projections.commit(lease, from: 0, to: 10, viewVersion: 3) { connection in
            try await connection.execute(Self.insert, Int64(10))
        }
        #expect(answer == 1)
        let status = try #require(try await projections.status("cases"))
        #expect(status.position == 10 && status.viewVersion == 3 && status.holder == "one" && status.generation == 1)
        #expect(try await projections.statuses() == [status])
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await projections.commit(lease, from: 10, to: 20, viewVersion: 3) { connection in
                try await connection.execute(Self.insert, Int64(20))
                throw Stop()
            }
        }
        await #expect(throws: PostgresError.self) {
            try await projections.commit(lease, from: 10, to: 20, viewVersion: 3) { connection in
                try await connection.execute(Self.insert, Int64(10))
            }
        }
        #expect(try await projections.checkpoint("cases") == 10)
        #expect(try await rows() == 1)
    }

    @Test("refuse a commit from another position, or backwards")
    func outOfStep() async throws {
        let lease = try #require(try await projections.acquire("cases", holder: "one", lifetime: .seconds(60)))
        try await projections.commit(lease, from: 0, to: 10, viewVersion: 1) { _ in }
        await #expect(throws: ProjectionError.outOfStep("cases", expected: 0, found: 10)) {
            try await projections.commit(lease, from: 0, to: 12, viewVersion: 1) { _ in Issue.record("called") }
        }
        await #expect(throws: ProjectionError.backwards("cases", from: 10, to: 9)) {
            try await projections.commit(lease, from: 10, to: 9, viewVersion: 1) { _ in Issue.record("called") }
        }
        try await projections.release(lease)
        await #expect(throws: ProjectionError.leaseLost("cases")) {
            try await projections.commit(lease, from: 10, to: 12, viewVersion: 1) { _ in Issue.record("called") }
        }
    }

    @Test("contain every event exactly once, however often the lease changes hands")
    func exactlyOnce() async throws {
        let last: Position = 300
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    while true {
                        let lease = try await projections.acquire(
                            "cases", holder: "\(worker)", lifetime: .milliseconds(4))
                        guard let lease else {
                            try await Task.sleep(for: .milliseconds(2))
                            continue
                        }
                        do {
                            // A few pages; by then somebody else may well have the lease.
                            for _ in 0..<5 {
                                let from = try await projections.checkpoint("cases")
                                if from == last { return }
                                try await projections.commit(lease, from: from, to: from + 1, viewVersion: 1) {
                                    connection in
                                    try await connection.execute(Self.insert, from + 1)
                                }
                                try await Task.sleep(for: .milliseconds(Int.random(in: 0...3)))
                            }
                        } catch is ProjectionError {
                            continue
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await rows() == last)
        let status = try #require(try await projections.status("cases"))
        #expect(status.position == last && status.generation > 4)
    }
}
