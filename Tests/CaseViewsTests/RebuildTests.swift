import CaseFile
import CaseTiming
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import Synchronization
import Testing

@testable import CaseViews

@Suite("A rebuild")
struct RebuildTests {
    @Test("comes to the same rows as the worker and as a replay, byte by byte")
    func same() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 25)
        for _ in 0..<60 { try await people.stir() }
        let position = try await desk.project()
        let live = try await desk.dump()
        #expect(live.count > 150)
        for views in [Set<ViewName>.all, [.jobCentre], [.findings, .summary], [.caseFiles, .names]] {
            let before = try await ProjectionStore(pool: desk.pool).status(CaseViewProjector.name)
            let report = try await desk.rebuild().run(views)
            #expect(report.isLeader && report.position == position && report.events > 200)
            #expect(try await desk.dump() == live, "\(views)")
            let after = try await ProjectionStore(pool: desk.pool).status(CaseViewProjector.name)
            #expect(after?.position == position && after?.edition == report.edition)
            #expect((after?.generation ?? 0) > (before?.generation ?? 0), "the former holder is fenced off")
        }
        #expect(try await desk.verify().damages == [])
        #expect(try await definitions(desk) == definitions(LedgerDesk.make()), "with all keys, indexes and comments")
    }

    /// Everything about the tables that a dump of their rows does not tell.
    private func definitions(_ desk: LedgerDesk) async throws -> [String] {
        let statement = Statement(
            "definitions",
            """
            SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid IN (
                SELECT oid FROM pg_class WHERE relnamespace = 'views'::regnamespace)
            UNION ALL
            SELECT c.relname || a.attname || a.atttypid::regtype || a.attnotnull || coalesce(d.description, '')
                || coalesce(c.reloptions::text, '')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
            WHERE c.relnamespace = 'views'::regnamespace AND c.relkind = 'r'
            UNION ALL SELECT nspname FROM pg_namespace WHERE nspname LIKE 'views%'
            ORDER BY 1
            """)
        return try await desk.pool.query(statement).map { try $0.decode(0) }
    }

    @Test("goes on past somebody who fell silent in the midst of filling its tables")
    func stalled() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 8)
        while try await desk.rebuild().unfinished() == nil {
            let task = Task { try await desk.rebuild(eventsPerChunk: 5).run() }
            while try await desk.rebuild().unfinished() == nil { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
        }
        let record = try #require(try await RebuildStore(pool: desk.pool).underWay(CaseViewProjector.name))
        let (locked, isLocked) = AsyncStream<Void>.makeStream()
        let silent = Task {
            try await desk.pool.withTransaction { connection in
                try await RebuildStore.mark(record.edition, on: connection)
                try await connection.script("LOCK TABLE \(record.schema).job_centre_cases IN ROW EXCLUSIVE MODE")
                isLocked.finish()
                try await Task.sleep(for: .seconds(3_600))
            }
        }
        for await _ in locked {}
        try await desk.rebuild().run()
        silent.cancel()
        // It had lost its session long ago.
        await #expect(throws: (any Error).self) { try await silent.value }
        #expect(try await desk.verify().damages == [])
    }

    @Test("mends what is damaged in the views it is asked for, and leaves the others alone")
    func named() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 6)
        try await desk.project()
        try await desk.pool.withConnection {
            try await $0.script(
                "UPDATE views.summary_cases SET area_id = 'x'; UPDATE views.job_centre_names SET name_search = ''")
        }
        try await desk.rebuild().run([.summary])
        let damages = try await desk.verify().damages
        #expect(!damages.isEmpty && damages.allSatisfy { $0.table == "job_centre_names" })
        try await desk.rebuild().run()
        #expect(try await desk.verify().damages == [])
    }

    @Test("works without a worker, from nothing, and puts on timing's agenda what a worker would have put there")
    func fromNothing() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 5)
        let report = try await desk.rebuild().run()
        #expect(report.position == (try await desk.store.head()))
        #expect(try await desk.verify().damages == [])
        let all = Statement("agenda", "SELECT count(*) FROM timing.agenda")
        #expect(
            try await desk.pool.query(all)[0].decode(0, as: Int.self) == people.cases.count + people.households.count)
        // A ledger without any event is no obstacle either.
        let empty = try await LedgerDesk.make()
        #expect(try await empty.rebuild().run().position == 0)
        #expect(try await empty.verify().damages == [])
    }

    @Test("goes on while events come in and queries are asked, and nobody ever sees half of it")
    func meanwhile() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 12)
        try await desk.project()
        let known = try #require(
            try await desk.pool.query(
                Statement("known", "SELECT case_id FROM views.job_centre_cases LIMIT 1")
            ).first?.decode(0, as: UUID.self))
        let isOver = Flag()
        let asked = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { [people] in
                var people = people
                people.keep(known)
                while !isOver.isRaised {
                    try await people.stir()
                    do {
                        try await desk.project(pageSize: 7)
                    } catch ProjectionError.leaseLost {
                        // Tables were swapped in; whoever drove the former ones begins again.
                        await desk.projector.discard()
                    }
                }
                return 0
            }
            for _ in 0..<3 {
                group.addTask { try await Self.query(desk, known, until: isOver) }
            }
            group.addTask {
                defer { isOver.raise() }
                for views in [Set<ViewName>.all, [.jobCentre, .caseFiles], .all, [.summary], .all] {
                    try await desk.rebuild().run(views)
                }
                return 0
            }
            return try await group.reduce(0, +)
        }
        #expect(asked > 20)
        #expect(try await desk.verify().damages == [])
    }

    /// Asks again and again: what is there stays there, and positions never go back.
    private static func query(_ desk: LedgerDesk, _ known: UUID, until isOver: Flag) async throws -> Int {
        let actor = desk.caseworker(.jobCentre)
        var asked = 0
        var position: Position = 0
        while !isOver.isRaised {
            let head = try await desk.queries.position()
            #expect(try await desk.queries.wait(for: head, timeout: .zero))
            let file = try await desk.queries.caseFile(known, for: .jobCentre, actor: actor, on: LedgerDesk.today)
            #expect(file.value != nil && file.position >= max(position, head))
            let list = try await desk.queries.worklist(
                WorklistQuery(office: .jobCentre, actor: actor, day: LedgerDesk.today, limit: 200))
            #expect(list.value.items.contains { $0.caseId == known } && list.position >= file.position)
            position = list.position
            asked += 1
        }
        return asked
    }

    @Test("goes on where it was when it is interrupted, however often")
    func interrupted() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 20)
        try await desk.project()
        let live = try await desk.dump()
        var interruptions = 0
        var phases: Set<RebuildRecord.Phase> = []
        while true {
            let task = Task { try await desk.rebuild(eventsPerChunk: 15).run() }
            let patience = Task {
                try await Task.sleep(for: .milliseconds(Int.random(in: 5...60)))
                task.cancel()
            }
            let outcome = await task.result
            patience.cancel()
            if case .success = outcome { break }
            interruptions += 1
            if let record = try await RebuildStore(pool: desk.pool).underWay(CaseViewProjector.name) {
                phases.insert(record.phase)
            }
            if interruptions > 40 {
                try await desk.rebuild().run()
                break
            }
        }
        #expect(interruptions > 0)
        #expect(try await desk.dump() == live, "after \(interruptions) interruptions in \(phases)")
        #expect(try await desk.verify().damages == [])
    }

    @Test("is shared by processes that are asked for the same, and refused to others meanwhile")
    func shared() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 20)
        try await desk.project()
        let live = try await desk.dump()
        let reports = try await withThrowingTaskGroup(of: RebuildReport.self) { group in
            for _ in 0..<3 { group.addTask { try await desk.rebuild(eventsPerChunk: 10).run() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.contains { $0.isLeader })
        #expect(try await desk.dump() == live)

        // One that was left behind by somebody else.
        try await leaveUnfinished(desk, [.summary])
        await #expect(throws: RebuildError.underWay(views: ["summary"], viewVersion: CaseViewProjector.version)) {
            try await desk.rebuild().run()
        }
        #expect(try await desk.rebuild().unfinished() == [.summary])
        #expect(try await desk.rebuild().abandon())
        #expect(try await !desk.rebuild().abandon())
        try await desk.rebuild().run()
        #expect(try await desk.dump() == live)
        #expect(try await definitions(desk) == definitions(LedgerDesk.make()))
    }

    private func leaveUnfinished(_ desk: LedgerDesk, _ views: Set<ViewName>) async throws {
        while try await desk.rebuild().unfinished() == nil {
            let task = Task { try await desk.rebuild(eventsPerChunk: 5).run(views) }
            while try await desk.rebuild().unfinished() == nil { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
        }
    }

    @Test("a piece whose claim was taken over writes nothing")
    func fenced() async throws {
        let desk = try await LedgerDesk.make()
        var people = RandomNeighbourhood(desk)
        try await people.settle(households: 8)
        try await leaveUnfinished(desk, .all)
        let rebuilds = RebuildStore(pool: desk.pool)
        let record = try #require(try await rebuilds.underWay(CaseViewProjector.name))
        guard let slow = try await rebuilds.claim(record.edition, holder: "slow", lifetime: .milliseconds(1)) else {
            return
        }
        try await Task.sleep(for: .milliseconds(20))
        let fast = try #require(try await rebuilds.claim(record.edition, holder: "fast", lifetime: .seconds(60)))
        #expect(fast.number == slow.number && fast.generation == slow.generation + 1)
        await #expect(throws: RebuildConflict.claimLost(edition: record.edition, chunk: slow.number)) {
            try await desk.pool.withTransaction { try await RebuildStore.complete(slow, on: $0) }
        }
        try await desk.pool.withTransaction { try await RebuildStore.complete(fast, on: $0) }
        await #expect(throws: RebuildConflict.self) {
            try await desk.pool.withTransaction { try await RebuildStore.complete(fast, on: $0) }
        }
    }

    @Test("knows no person who was erased while it went on")
    func erased() async throws {
        let desk = try await LedgerDesk.make()
        let story = CaseStory.registered(given: "Paula", engaged: Office.allCases, legalBasis: "law")
        try await desk.publish("gallus")
        try await desk.append(story)
        try await desk.project()
        try await leaveUnfinished(desk, .all)
        // Its name is in the new tables by now, or at least its key in memory.
        try await PostgresKeyStore(pool: desk.pool).destroy(story.id)
        try await desk.rebuild().run()
        #expect(try await !desk.dump().contains { $0.contains("Paula") || $0.contains("paula") })
    }
}

/// Something that is so from some moment on.
final class Flag: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}
