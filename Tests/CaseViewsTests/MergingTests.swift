import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Merged cases in the views")
struct MergingTests {
    private struct Scene {
        let desk: LedgerDesk
        var double: CaseStory
        var survivor: CaseStory
    }

    /// A case of two offices with a consent, merged into another of all three.
    private func makeScene() async throws -> Scene {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        var double = CaseStory.registered(given: "Zoë", family: "Mueller", engaged: [.jobCentre, .youthOffice])
        _ = double.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-title")
        double.given(
            .consentGranted(
                ConsentGranted(categories: [.timing, .education], recipients: [.youthOffice], purpose: "there")))
        var survivor = CaseStory.registered(
            given: "Zoë", family: "Müller", engaged: [.jobCentre, .youthOffice, .socialOffice])
        _ = survivor.givenPlan(.participation, of: .socialOffice, goal: "own", title: "own-title")
        for story in [double, survivor] { try await desk.append(story) }
        double = CaseStory(double.id)
        survivor = CaseStory(survivor.id)
        double.given(.caseMerged(CaseMerged(into: survivor.id)), on: "2026-03-01")
        survivor.given(.caseAbsorbed(CaseAbsorbed(caseId: double.id)), on: "2026-03-01")
        for story in [double, survivor] { try await desk.append(story) }
        try await desk.project(pageSize: 3)
        return Scene(desk: desk, double: double, survivor: survivor)
    }

    private func file(_ scene: Scene, _ id: UUID, _ office: Office) async throws -> OfficeCaseFile? {
        try await scene.desk.queries.caseFile(
            id, for: office, actor: scene.desk.caseworker(office), on: LedgerDesk.today
        ).value
    }

    private func worklist(_ scene: Scene, _ office: Office) async throws -> [UUID] {
        try await scene.desk.queries.worklist(
            WorklistQuery(office: office, actor: scene.desk.caseworker(office), day: LedgerDesk.today)
        ).value.items.map(\.caseId)
    }

    @Test("the survivor's file shows both histories, the merged case's as each office saw it before")
    func both() async throws {
        let scene = try await makeScene()
        let jobCentre = try #require(try await file(scene, scene.survivor.id, .jobCentre))
        #expect(jobCentre.merged.map(\.caseId) == [scene.double.id])
        #expect(jobCentre.merged[0].plans.first?.goal == "planted-goal")
        #expect(jobCentre.merged[0].mergedInto == scene.survivor.id && jobCentre.merged[0].status == .closed)
        #expect(jobCentre.plans.isEmpty && jobCentre.consents.isEmpty)
        // What was consented to there opens what is there.
        let youthOffice = try #require(try await file(scene, scene.survivor.id, .youthOffice))
        #expect(youthOffice.merged[0].shared.map(\.category).contains(.education))
        #expect(youthOffice.shared.isEmpty)
        let timeline = try await scene.desk.queries.timeline(
            scene.survivor.id, for: .jobCentre, actor: scene.desk.caseworker(.jobCentre), on: LedgerDesk.today)
        #expect(timeline.value?.intervals.contains { $0.title == "planted-title" } == true)
    }

    @Test("nobody sees more than before")
    func narrow() async throws {
        let scene = try await makeScene()
        // The social office was never engaged in the merged case.
        let file = try #require(try await file(scene, scene.survivor.id, .socialOffice))
        #expect(file.merged.isEmpty)
        #expect(try await self.file(scene, scene.double.id, .socialOffice) == nil)
        let id = scene.double.id.uuidString.lowercased()
        let rows = try await scene.desk.dump().filter {
            $0.hasPrefix("social_office_cases") || ($0.hasPrefix("office_case_files") && $0.contains(",social-office,"))
        }
        #expect(rows.count == 2)
        for row in rows {
            for secret in [id, "planted-goal", "planted-title", "Mueller"] { #expect(!row.contains(secret)) }
        }
    }

    @Test("work goes on in one of the two")
    func worklists() async throws {
        let scene = try await makeScene()
        for office in [Office.jobCentre, .youthOffice] {
            #expect(try await worklist(scene, office) == [scene.survivor.id])
            #expect(try await file(scene, scene.double.id, office)?.mergedInto == scene.survivor.id)
        }
        // Whoever leaves the one has left the other.
        try await scene.desk.append(
            CaseEvent.officeDisengaged(OfficeDisengaged(office: .youthOffice)),
            to: scene.survivor.id.uuidString.lowercased(), by: .youthOffice, on: "2026-03-02")
        try await scene.desk.project()
        #expect(try await file(scene, scene.double.id, .youthOffice) == nil)
        #expect(try await file(scene, scene.survivor.id, .youthOffice) == nil)
        #expect(try await scene.desk.verify().damages == [])
    }

    @Test("a consent that is withdrawn in the merged case is withdrawn in the survivor's file too")
    func withdrawn() async throws {
        let scene = try await makeScene()
        try await scene.desk.append(
            CaseEvent.consentWithdrawn(
                ConsentWithdrawn(categories: [.timing, .education], recipients: [.youthOffice])),
            to: scene.double.id.uuidString.lowercased(), on: "2026-03-02")
        try await scene.desk.project(
            with: CaseViewProjector(store: scene.desk.store, vault: scene.desk.vault))
        #expect(try await file(scene, scene.survivor.id, .youthOffice)?.merged.first?.shared == [])
        #expect(try await scene.desk.verify().damages == [])
    }

    @Test("taken apart, each is as it was; rebuilt, all is as it was live")
    func apart() async throws {
        let scene = try await makeScene()
        let merged = try await scene.desk.dump()
        _ = try await scene.desk.rebuild(eventsPerChunk: 3).run()
        #expect(try await scene.desk.dump() == merged)
        #expect(try await scene.desk.verify().damages == [])
        try await scene.desk.append(
            CaseEvent.caseUnmerged(CaseUnmerged(from: scene.survivor.id)),
            to: scene.double.id.uuidString.lowercased(), on: "2026-03-05")
        try await scene.desk.append(
            CaseEvent.caseReleased(CaseReleased(caseId: scene.double.id)),
            to: scene.survivor.id.uuidString.lowercased(), on: "2026-03-05")
        try await scene.desk.project(pageSize: 1)
        #expect(Set(try await worklist(scene, .jobCentre)) == [scene.double.id, scene.survivor.id])
        let file = try #require(try await file(scene, scene.double.id, .jobCentre))
        #expect(file.status == .open && file.mergedInto == nil)
        #expect(try await self.file(scene, scene.survivor.id, .jobCentre)?.merged == [])
        #expect(try await scene.desk.verify().damages == [])
    }
}
