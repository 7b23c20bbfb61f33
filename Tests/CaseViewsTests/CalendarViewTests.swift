import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("A caseworker's calendar")
struct CalendarViewTests {
    @Test("holds what is the caseworker's own, and names nobody")
    func own() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "planted-title")
        let (past, cancelled, foreign) = (UUID(), UUID(), UUID())
        for (id, office, at) in [
            (past, Office.jobCentre, "2025-12-01T10:00"), (cancelled, .jobCentre, "2026-06-10T10:00"),
            (foreign, .youthOffice, "2026-06-11T10:00"),
        ] {
            story.given(
                .appointmentScheduled(
                    AppointmentScheduled(
                        appointmentId: id, office: office, at: try #require(WallTime(at)), minutes: 30,
                        personal: AppointmentScheduled.Personal(place: "planted-place"))), by: office)
        }
        story.given(.appointmentCancelled(AppointmentCancelled(appointmentId: cancelled)))
        try await desk.append(story)
        try await desk.append(CaseStory.registered(engaged: [.youthOffice]))
        try await desk.project()
        func calendar(_ subject: String, areas: Set<String>? = nil) async throws -> [CalendarEntry] {
            let actor = Actor(subject: subject, role: .caseworker, office: .jobCentre, areas: areas)
            return try await desk.queries.calendar(
                CalendarQuery(office: .jobCentre, actor: actor, day: LedgerDesk.today)
            ).value
        }
        let entries = try await calendar("job-centre-1")
        #expect(
            entries.filter { if case .appointment = $0.content { true } else { false } }.map(\.subject) == [cancelled])
        let dues = entries.compactMap { if case .due(let due) = $0.content { due.reason } else { nil } }
        #expect(dues.contains(.planReview) && dues.contains(.measureEnd) && !dues.contains(.appointment))
        #expect(entries.allSatisfy { $0.caseId == story.id })
        #expect(Set(entries.map(\.subject)).count == entries.count)
        #expect(entries == (try await calendar("job-centre-1")))
        #expect(!"\(entries)".contains("planted"))
        #expect(try await calendar("job-centre-2").isEmpty)
        #expect(try await calendar("job-centre-1", areas: ["nordend"]).isEmpty)
        await #expect(throws: ViewQueryError.foreignOffice) {
            try await desk.queries.calendar(
                CalendarQuery(office: .jobCentre, actor: desk.caseworker(.youthOffice), day: LedgerDesk.today))
        }
    }
}
