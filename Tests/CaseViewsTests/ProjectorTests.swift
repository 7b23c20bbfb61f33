import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@testable import CaseViews

@Suite("The projector")
struct ProjectorTests {
    /// A parent and a youth of one household, two offices, and a finding about both.
    private func tellFamily(_ desk: LedgerDesk) async throws -> (parent: CaseStory, youth: CaseStory, house: UUID) {
        let house = UUID()
        var parent = CaseStory.registered(given: "Paula", engaged: [.jobCentre, .socialOffice], legalBasis: "law")
        var youth = CaseStory.registered(given: "Yara", engaged: [.youthOffice, .jobCentre], legalBasis: "law")
        let first = parent.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-welding")
            .measure
        let second = youth.givenPlan(.youthSupport, of: .youthOffice, goal: "planted-goal", title: "planted-training")
            .measure
        parent.given(.householdJoined(HouseholdJoined(householdId: house, role: .adult)))
        youth.given(.householdJoined(HouseholdJoined(householdId: house, role: .youth)))
        try await desk.publish("gallus")
        for story in [parent, youth] {
            try await desk.append(story)
            try await desk.append(
                HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: story.id)), to: house.uuidString.lowercased())
        }
        let finding = Finding(
            key: "sequence", kind: .sequence, owner: .household(house), cases: [parent.id, youth.id].sorted(),
            measures: [first, second], offices: [.jobCentre, .youthOffice], from: "2026-02-01", to: nil, days: nil,
            explanation: "out of step")
        try await desk.append(
            HouseholdEvent.findingOpened(FindingOpened(finding: finding, occurrence: 1)),
            to: house.uuidString.lowercased(), by: nil, on: "2026-05-01")
        return (parent, youth, house)
    }

    @Test("rows do not depend on how the history is cut into pages, on the cache, or on restarts")
    func pages() async throws {
        let desk = try await LedgerDesk.make()
        _ = try await tellFamily(desk)
        try await desk.project(pageSize: 500)
        let expected = try await desk.dump()
        #expect(expected.count > 8)
        for (pageSize, capacity) in [(1, 1_000), (3, 2), (7, 1)] {
            try await desk.pool.withConnection { connection in
                for table in VerificationStatements.tables {
                    try await connection.script("TRUNCATE views.\(table.name)")
                }
                try await connection.script("UPDATE ledger.projections SET position = 0")
            }
            try await desk.project(
                pageSize: pageSize,
                with: CaseViewProjector(store: desk.store, vault: desk.vault, cacheCapacity: capacity))
            #expect(try await desk.dump() == expected, "pages of \(pageSize), \(capacity) states in memory")
        }
    }

    @Test("a page that was rolled back can be applied again, and one that was applied changes nothing")
    func again() async throws {
        let desk = try await LedgerDesk.make()
        _ = try await tellFamily(desk)
        struct Crash: Error {}
        let page = try await desk.store.read(after: 0, limit: 1_000)
        await #expect(throws: Crash.self) {
            try await desk.pool.withTransaction { connection in
                _ = try await desk.projector.apply(page, on: connection)
                throw Crash()
            }
        }
        await desk.projector.discard()
        #expect(try await desk.dump().isEmpty)
        try await desk.project()
        let expected = try await desk.dump()
        try await desk.pool.withTransaction { connection in
            _ = try await desk.projector.apply(page, on: connection)
            _ = try await CaseViewProjector(store: desk.store, vault: desk.vault).apply(page, on: connection)
        }
        #expect(try await desk.dump() == expected)
    }

    @Test("what touches one member is seen in the views of the others")
    func household() async throws {
        let desk = try await LedgerDesk.make()
        let (parent, youth, house) = try await tellFamily(desk)
        try await desk.project()
        let actor = desk.caseworker(.youthOffice)
        let before = try await desk.queries.caseFile(youth.id, for: .youthOffice, actor: actor, on: LedgerDesk.today)
        #expect(before.value?.household?.members.count == 2)
        #expect(before.value?.findings == [])
        #expect(before.position == (try await desk.store.head()))
        try await desk.append(
            CaseEvent.consentGranted(ConsentGranted(categories: [.timing], recipients: [.youthOffice], purpose: "p")),
            to: parent.id.uuidString.lowercased(), on: "2026-05-02")
        try await desk.project()
        let after = try await desk.queries.caseFile(youth.id, for: .youthOffice, actor: actor, on: LedgerDesk.today)
        #expect(after.value?.findings.map(\.explanation) == ["out of step"])
        #expect(house == after.value?.household?.id)
        let findings = try await desk.queries.findings(
            FindingQuery(office: .youthOffice, actor: actor, day: LedgerDesk.today))
        #expect(findings.value.items.count == 1)
        #expect(findings.value.items.first?.days == 121, "it grows with every day from 2026-02-01 on")
        let denied = try await desk.queries.caseFile(parent.id, for: .youthOffice, actor: actor, on: LedgerDesk.today)
        #expect(denied.value == nil)
    }

    @Test("touched scopes are those that timing has to look at; findings are not among them")
    func touched() async throws {
        let desk = try await LedgerDesk.make()
        let (parent, youth, house) = try await tellFamily(desk)
        let page = try await desk.store.read(after: 0, limit: 1_000)
        let touched = try await desk.pool.withTransaction { try await desk.projector.apply(page, on: $0) }
        #expect(touched.cases == [parent.id, youth.id] && touched.households == [house])
        let last = try await desk.pool.withTransaction { connection in
            try await desk.projector.apply([page[page.count - 1]], on: connection)
        }
        #expect(last.cases.isEmpty && last.households.isEmpty)
    }

    @Test("no byte of an office's rows holds what another office keeps to itself")
    func planted() async throws {
        let desk = try await LedgerDesk.make()
        _ = try await tellFamily(desk)
        try await desk.project()
        let dump = try await desk.dump()
        #expect(dump.contains { $0.contains("planted-welding") && $0.contains("job-centre") })
        for row in dump where row.contains("planted-training") || row.contains("planted-welding") {
            #expect(row.hasPrefix("office_case_files"))
            #expect(row.contains("planted-training") == row.contains(",youth-office,"))
            #expect(row.contains("planted-welding") == row.contains(",job-centre,"))
        }
    }

    @Test("after a person was erased, a refresh takes the names out of all rows")
    func erased() async throws {
        let desk = try await LedgerDesk.make()
        let (parent, _, _) = try await tellFamily(desk)
        let position = try await desk.project()
        #expect(try await desk.dump().contains { $0.contains("Paula") })
        try await PostgresKeyStore(pool: desk.pool).destroy(parent.id)
        desk.vault.forget(parent.id)
        try await desk.pool.withTransaction { connection in
            try await desk.projector.refresh([parent.id], through: position, on: connection)
        }
        #expect(try await !desk.dump().contains { $0.contains("Paula") || $0.contains("paula") })
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }
}
