import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@testable import CaseViews

@Suite("What changes in a case changes in its views")
struct CaseWorkTests {
    private func dues(_ story: CaseStory, _ office: Office = .jobCentre) -> [String] {
        story.state.dues(of: office).map { "\($0.on) \($0.reason.rawValue)" }
    }

    private func intervals(_ story: CaseStory, for office: Office, on day: CalendarDate = "2026-06-01") -> [String] {
        StoredTimeline(story.surroundings(), for: office).cut(on: day).map {
            "\($0.kind.rawValue) \($0.from)–\($0.to?.description ?? "") \($0.state)"
        }
    }

    @Test("a paused measure is shown as such, to others without the reason")
    func pauses() {
        var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice], legalBasis: "§ 18 SGB II")
        let (_, measure) = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t")
        story.given(.measurePaused(MeasurePaused(measureId: measure, on: "2026-03-01", reason: "planted-hospital")))
        #expect(story.file(for: .jobCentre)?.plans.first?.measures.first?.progress == .paused)
        #expect(
            story.file(for: .jobCentre)?.plans.first?.measures.first?.pauses
                == [OfficeCaseFile.Pause(from: "2026-03-01", reason: "planted-hospital")])
        #expect(
            story.file(for: .socialOffice)?.shared.first?.content.timing?.first?.pauses
                == [OfficeCaseFile.Pause(from: "2026-03-01")])
        #expect(!story.bytes(for: .socialOffice).contains("planted-hospital"))
        #expect(intervals(story, for: .socialOffice) == ["measure 2026-02-01–2026-07-31 paused"])
        #expect(dues(story) == ["2026-07-15 plan-review", "2026-07-31 measure-end"])
        story.given(.measureResumed(MeasureResumed(measureId: measure, on: "2026-03-16")))
        #expect(
            story.file(for: .socialOffice)?.shared.first?.content.timing?.first?.pauses
                == [OfficeCaseFile.Pause(from: "2026-03-01", to: "2026-03-15")])
        let march = SummaryCaseRow(caseId: story.id, state: story.state)?.activity.first(where: {
            $0.month.description == "2026-03"
        })
        #expect(march?.days[.jobCentre] == 0b1111_1111_1111_1111 << 15, "the paused half of March does not count")
    }

    @Test("a review sets the next one, and a concluded plan is over")
    func plans() {
        var story = CaseStory.registered(engaged: [.jobCentre])
        let (plan, measure) = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t")
        story.given(
            .planReviewed(
                PlanReviewed(
                    planId: plan, on: "2026-05-01", nextReview: "2026-09-01",
                    personal: PlanReviewed.Personal(findings: "goes well"))))
        #expect(dues(story).contains("2026-09-01 plan-review"))
        #expect(story.file(for: .jobCentre)?.jobCentre?.reviewDueOn == "2026-09-01")
        #expect(story.file(for: .jobCentre)?.plans.first?.reviews.first?.findings == "goes well")
        story.given(.measureCompleted(MeasureCompleted(measureId: measure, on: "2026-05-20")))
        story.given(.planConcluded(PlanConcluded(planId: plan, on: "2026-05-31", outcome: "in training")))
        #expect(dues(story) == [])
        #expect(story.file(for: .jobCentre)?.plans.first?.concludedOn == "2026-05-31")
        #expect(story.file(for: .jobCentre)?.plans.first?.outcome == "in training")
        #expect(intervals(story, for: .jobCentre).contains("plan 2026-01-15–2026-05-31 concluded"))
        let changes = SummaryCaseRow(caseId: story.id, state: story.state)?.changes.map {
            "\($0.kind.rawValue) \($0.on)"
        }
        #expect(
            changes == [
                "plans.drafted 2026-01-01", "plans.agreed 2026-01-15", "plans.reviewed 2026-05-01",
                "plans.concluded 2026-05-31",
            ])
    }

    @Test("a support plan that is concluded is none any more")
    func supportPlan() {
        var story = CaseStory.registered(engaged: [.youthOffice])
        let (plan, _) = story.givenPlan(.youthSupport, of: .youthOffice, goal: "g", title: "t")
        #expect(story.file(for: .youthOffice)?.youthOffice?.supportPlan?.planId == plan)
        story.given(.planConcluded(PlanConcluded(planId: plan, on: "2026-05-31")), by: .youthOffice)
        #expect(story.file(for: .youthOffice)?.youthOffice?.supportPlan == nil)
    }

    @Test("an office that left has no row at all, and its own old ones when it comes back")
    func leaving() {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice], legalBasis: "§ 18 SGB II")
        let (plan, measure) = story.givenPlan(.cooperation, of: .jobCentre, goal: "planted-goal", title: "t")
        story.given(.measureCompleted(MeasureCompleted(measureId: measure, on: "2026-03-01")))
        story.given(.planConcluded(PlanConcluded(planId: plan, on: "2026-03-05")))
        story.given(.officeDisengaged(OfficeDisengaged(office: .jobCentre)), on: "2026-03-10")
        #expect(story.file(for: .jobCentre) == nil)
        #expect(story.bytes(for: .jobCentre) == "")
        // What it recorded stays on record, and open to others as before.
        #expect(story.file(for: .youthOffice)?.engagements.map(\.office) == [.youthOffice])
        #expect(story.file(for: .youthOffice)?.shared.first?.content.timing?.map(\.measureId) == [measure])
        story.given(.officeEngaged(OfficeEngaged(office: .jobCentre)), on: "2026-05-01")
        #expect(story.file(for: .jobCentre)?.plans.first?.goal == "planted-goal")
        #expect(story.file(for: .jobCentre, on: "2026-04-30") == nil)
        let spans = SummaryCaseRow(caseId: story.id, state: story.state)?.spans.filter { $0.kind == "engagement" }
        #expect(
            spans?.filter { $0.office == .jobCentre }.map { "\($0.from) \($0.until?.description ?? "")" }
                == ["2026-01-01 2026-03-10", "2026-05-01 "])
        #expect(spans?.filter { $0.office == nil }.count == 1)
    }

    @Test("whoever comes back within a month counts once in it, and so does a case that is opened again")
    func countedOnce() {
        var story = CaseStory.registered(engaged: [.jobCentre])
        story.given(.officeDisengaged(OfficeDisengaged(office: .jobCentre)), on: "2026-03-05")
        story.given(.officeEngaged(OfficeEngaged(office: .jobCentre)), on: "2026-03-20")
        story.given(.caseClosed(CaseClosed()), on: "2026-05-04")
        story.given(.caseReopened(CaseReopened()), on: "2026-07-01")
        let spans = SummaryCaseRow(caseId: story.id, state: story.state)?.spans.map {
            "\($0.office?.rawValue ?? "all") \($0.from) \($0.until?.description ?? "")"
        }
        #expect(
            spans == [
                "job-centre 2026-01-01 2026-05-04", "job-centre 2026-07-01 ", "all 2026-01-01 2026-05-04",
                "all 2026-07-01 ",
            ])
        #expect(story.file(for: .jobCentre)?.status == .open)
        #expect(story.file(for: .jobCentre)?.closedOn == nil)
    }

    @Test("a plan of a case that was closed and opened again is one interval")
    func reopened() {
        var story = CaseStory.registered(engaged: [.jobCentre])
        let (_, measure) = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t")
        story.given(.measureAbandoned(MeasureAbandoned(measureId: measure, on: "2026-03-01")))
        story.given(.caseClosed(CaseClosed()), on: "2026-04-01")
        #expect(intervals(story, for: .jobCentre).contains("plan 2026-01-15–2026-03-31 agreed"))
        story.given(.caseReopened(CaseReopened()), on: "2026-05-01")
        #expect(intervals(story, for: .jobCentre).contains("plan 2026-01-15– agreed"))
        let plans = SummaryCaseRow(caseId: story.id, state: story.state)?.spans.filter { $0.kind == "plan" }
        #expect(plans?.map(\.until) == ["2026-03-31", nil])
    }

    @Test("the handover note is the office's own")
    func handover() {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice], legalBasis: "§ 18 SGB II")
        story.given(
            .caseworkerReassigned(
                CaseworkerReassigned(
                    office: .youthOffice, caseworker: "yo-8",
                    personal: CaseworkerReassigned.Personal(handoverNote: "planted-note"))), by: .youthOffice)
        let own = story.file(for: .youthOffice)?.engagements.last
        #expect(own?.caseworker == "yo-8" && own?.handoverNote == "planted-note")
        #expect(story.file(for: .jobCentre)?.engagements.last?.caseworker == "yo-8")
        #expect(!story.bytes(for: .jobCentre).contains("planted-note"))
    }

    @Test("a corrected name is found under its new spelling, a move shows in area and address")
    func participant() {
        var story = CaseStory.registered(family: "Mueller")
        story.given(
            .participantCorrected(
                ParticipantCorrected(personal: ParticipantCorrected.Personal(familyName: "Yıldız"))))
        #expect(CaseNames.rows(caseId: story.id, state: story.state)?.first?.search.contains("'^yildiz'") == true)
        #expect(CaseNames.rows(caseId: story.id, state: story.state)?.first?.search.contains("'^mueller'") == false)
        story.given(
            .participantMoved(
                ParticipantMoved(
                    areaId: "nordend", from: "2026-04-01",
                    personal: ParticipantMoved.Personal(address: Address(city: "Frankfurt", addition: "c/o")))),
            on: "2026-04-03")
        let identity = story.file(for: .jobCentre)?.identity
        #expect(identity?.areaId == "nordend" && identity?.movedOn == "2026-04-01")
        #expect(identity?.address == Address(city: "Frankfurt", addition: "c/o"))
        #expect(identity?.familyName == "Yıldız")
        #expect(SummaryCaseRow(caseId: story.id, state: story.state)?.areaId == "nordend")
    }

    @Test("an appointment is the office's own; who may see timing sees when, and neither where nor why nor whether")
    func appointments() throws {
        var story = CaseStory.registered(engaged: Office.allCases)
        story.given(
            .consentGranted(ConsentGranted(categories: [.timing], recipients: [.socialOffice], purpose: "p")),
            on: "2026-02-01")
        let kept = UUID()
        let missed = UUID()
        let cancelled = UUID()
        for (index, id) in [kept, missed, cancelled].enumerated() {
            story.given(
                .appointmentScheduled(
                    AppointmentScheduled(
                        appointmentId: id, office: .jobCentre,
                        at: try #require(WallTime("2026-06-0\(3 - index)T10:00")),
                        minutes: 45,
                        personal: AppointmentScheduled.Personal(place: "planted-place", reason: "planted-reason"))))
        }
        #expect(dues(story) == ["2026-06-01 appointment", "2026-06-02 appointment", "2026-06-03 appointment"])
        #expect(story.file(for: .jobCentre)?.jobCentre?.nextStep?.what == .appointment)
        story.given(.appointmentKept(AppointmentKept(appointmentId: kept)), on: "2026-06-03")
        story.given(
            .appointmentMissed(
                AppointmentMissed(
                    appointmentId: missed, personal: AppointmentMissed.Personal(reason: "planted-illness"))),
            on: "2026-06-03")
        story.given(.appointmentCancelled(AppointmentCancelled(appointmentId: cancelled)), on: "2026-06-01")
        #expect(dues(story) == [])
        #expect(story.file(for: .jobCentre)?.appointments.map(\.state) == [.cancelled, .missed, .kept])
        #expect(story.file(for: .jobCentre)?.appointments[1].settledReason == "planted-illness")
        #expect(
            intervals(story, for: .jobCentre) == [
                "appointment 2026-06-01–2026-06-01 cancelled", "appointment 2026-06-02–2026-06-02 missed",
                "appointment 2026-06-03–2026-06-03 kept",
            ])
        #expect(
            intervals(story, for: .socialOffice) == [
                "appointment 2026-06-02–2026-06-02 scheduled", "appointment 2026-06-03–2026-06-03 scheduled",
            ])
        #expect(
            story.file(for: .socialOffice)?.shared.first?.content.appointments?.map(\.appointmentId) == [missed, kept])
        #expect(intervals(story, for: .youthOffice) == [])
        #expect(story.file(for: .youthOffice)?.shared == [])
        #expect(story.bytes(for: .jobCentre).contains("planted-place"))
        for office in [Office.socialOffice, .youthOffice] {
            #expect(!story.bytes(for: office).contains("planted"))
            #expect(!story.bytes(for: office).contains(cancelled.uuidString.lowercased()))
        }
    }

    @Test("somebody who left the household is seen by neither side, and the views follow")
    func household() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        let house = UUID()
        let stories = [CaseStory.registered(given: "Paula"), .registered(given: "Quinn")]
        for var story in stories {
            story.given(.householdJoined(HouseholdJoined(householdId: house, role: .adult)))
            try await desk.append(story)
            try await desk.append(
                HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: story.id)), to: house.uuidString.lowercased())
        }
        try await desk.project()
        let first = stories[0].id
        let second = stories[1].id
        try await desk.append(
            CaseEvent.householdLeft(HouseholdLeft(householdId: house)), to: first.uuidString.lowercased())
        try await desk.append(
            HouseholdEvent.memberDismissed(MemberDismissed(caseId: first)), to: house.uuidString.lowercased())
        let page = try await desk.store.read(after: try await desk.queries.position(), limit: 10)
        let touched = try await desk.pool.withTransaction { try await desk.projector.apply(page, on: $0) }
        #expect(touched.cases == [first] && touched.households == [house])
        try await desk.project()
        let actor = desk.caseworker(.jobCentre)
        let left = try await desk.queries.caseFile(first, for: .jobCentre, actor: actor, on: LedgerDesk.today)
        #expect(left.value != nil && left.value?.household == nil)
        let stayed = try await desk.queries.caseFile(second, for: .jobCentre, actor: actor, on: LedgerDesk.today)
        #expect(stayed.value?.household?.members.map(\.caseId) == [second])
        let report = try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault)
        #expect(report.damages.isEmpty)
    }

    @Test("an office that left is gone from its worklist and gets no file")
    func unengaged() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        let story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        try await desk.append(story)
        try await desk.project()
        let actor = desk.caseworker(.youthOffice)
        let query = WorklistQuery(office: .youthOffice, actor: actor, day: LedgerDesk.today)
        #expect(try await desk.queries.worklist(query).value.items.count == 1)
        try await desk.append(
            CaseEvent.officeDisengaged(OfficeDisengaged(office: .youthOffice)), to: story.id.uuidString.lowercased(),
            by: .youthOffice, on: "2026-05-01")
        try await desk.project()
        #expect(try await desk.queries.worklist(query).value.items.isEmpty)
        let file = try await desk.queries.caseFile(story.id, for: .youthOffice, actor: actor, on: LedgerDesk.today)
        #expect(file.value == nil)
        #expect(try await desk.dump().allSatisfy { !$0.hasPrefix("youth_office_cases") })
    }
}
