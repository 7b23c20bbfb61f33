import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("How far offices act at the same time, and would")
struct SimultaneityViewTests {
    @Test("an open proposal shows in what would be, and only what may be known counts")
    func outlook() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        _ = story.givenPlan(
            .cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-05-01", to: "2026-07-31")
        let training = story.givenPlan(
            .youthSupport, of: .youthOffice, goal: "g", title: "t", from: "2026-08-01", to: "2026-09-30", started: false
        ).measure
        let measures = HouseholdMeasures(household: nil, cases: [story.id: story.state])
        let proposal = UUID()
        story.given(
            .alignmentProposed(
                AlignmentProposed(
                    proposalId: proposal, caseId: story.id,
                    shifts: [
                        AlignmentShift(
                            caseId: story.id, measureId: training, office: .youthOffice,
                            from: DayRange(first: "2026-08-01", atLeastTo: "2026-09-30"), days: -31)
                    ], findings: [], kinds: [], basis: measures.basis(around: [training]), answerDue: "2026-06-20")),
            by: nil, on: "2026-05-25")
        try await desk.append(story)
        try await desk.project()
        let months = try #require(CalendarMonth("2026-05"))...(try #require(CalendarMonth("2026-08")))
        func report(
            _ office: Office, _ id: UUID? = nil, ofHousehold: Bool = false
        ) async throws -> SimultaneityReport? {
            try await desk.queries.simultaneity(
                SimultaneityQuery(
                    office: office, actor: desk.caseworker(office), caseId: id ?? story.id, ofHousehold: ofHousehold,
                    day: LedgerDesk.today, months: months)
            ).value
        }
        func pairs(_ months: [Simultaneity]) -> [[Int]] { months.map { [$0.sharedDays, $0.activeDays] } }
        let own = try #require(try await report(.jobCentre))
        #expect(own.isPartial && own.proposals.isEmpty)
        #expect(pairs(own.months.map(\.recorded)) == [[0, 31], [0, 1], [0, 0], [0, 0]])
        #expect(pairs(own.months.map(\.ifAccepted)) == [[0, 31], [0, 30], [0, 31], [0, 0]])
        try await desk.append(
            CaseEvent.consentGranted(
                ConsentGranted(categories: [.timing], recipients: [.jobCentre], purpose: "p")),
            to: story.id.uuidString.lowercased())
        try await desk.project()
        let whole = try #require(try await report(.jobCentre, ofHousehold: true))
        #expect(!whole.isPartial && whole.proposals == [proposal] && whole.cases == [story.id])
        #expect(pairs(whole.months.map(\.planned)) == [[0, 31], [0, 30], [0, 31], [0, 31]])
        #expect(pairs(whole.months.map(\.ifAccepted)) == [[0, 31], [0, 30], [31, 31], [0, 30]])
        #expect(try await report(.socialOffice) == nil)
        #expect(try await report(.jobCentre, UUID()) == nil)
    }

    @Test("a household is counted together, and says when a member's case is not known")
    func household() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        let house = UUID()
        var adult = CaseStory.registered(given: "A", engaged: [.jobCentre])
        _ = adult.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-05-01", to: "2026-05-20")
        var youth = CaseStory.registered(given: "B", engaged: [.jobCentre, .youthOffice], legalBasis: "§ 69 SGB X")
        _ = youth.givenPlan(
            .youthSupport, of: .youthOffice, goal: "g", title: "t", from: "2026-05-11", to: "2026-05-31")
        let stranger = CaseStory.registered(given: "C", engaged: [.socialOffice])
        for story in [adult, youth] { try await desk.append(story) }
        for id in [adult.id, youth.id] {
            try await desk.append(
                CaseEvent.householdJoined(HouseholdJoined(householdId: house)), to: id.uuidString.lowercased())
            try await desk.append(
                HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: id)), to: house.uuidString.lowercased())
        }
        try await desk.project()
        let may = try #require(CalendarMonth("2026-05"))
        func report() async throws -> SimultaneityReport? {
            try await desk.queries.simultaneity(
                SimultaneityQuery(
                    office: .jobCentre, actor: desk.caseworker(.jobCentre), caseId: adult.id, ofHousehold: true,
                    day: LedgerDesk.today, months: may...may)
            ).value
        }
        let both = try #require(try await report())
        #expect(!both.isPartial && both.months.map(\.recorded.sharedDays) == [10])
        #expect(both.months.map(\.recorded.activeDays) == [31] && both.cases.count == 2)
        try await desk.append(stranger)
        try await desk.append(
            CaseEvent.householdJoined(HouseholdJoined(householdId: house)), to: stranger.id.uuidString.lowercased())
        try await desk.append(
            HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: stranger.id)), to: house.uuidString.lowercased())
        try await desk.project()
        #expect(try await report()?.isPartial == true)
    }
}
