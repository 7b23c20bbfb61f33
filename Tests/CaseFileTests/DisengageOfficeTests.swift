import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("disengage-office") struct DisengageOfficeTests {
    private let both: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice, legalBasis: "§ 36 SGB VIII"),
    ]

    private func leaving(_ office: Office = .jobCentre, to successor: Office? = nil) -> CaseCommand {
        .disengageOffice(DisengageOffice(office: office, reason: "in work", successor: successor))
    }

    @Test func endsTheResponsibility() {
        given(both).when(leaving(to: .youthOffice))
            .thenEvents([
                .officeDisengaged(
                    OfficeDisengaged(office: .jobCentre, reason: "in work", successor: .youthOffice))
            ])
        let state = given(both).when(leaving(.youthOffice), by: .youthOffice).thenState()
        #expect(!state.isEngaged(.youthOffice))
        #expect(
            state.departures == [
                Departure(
                    engagement: Engagement(office: .youthOffice, legalBasis: "§ 36 SGB VIII", from: "2026-01-05"),
                    until: "2026-03-02", reason: "in work")
            ])
    }

    @Test func isForEngagedOffices() {
        given(both).when(leaving(.socialOffice), by: .socialOffice).thenRejected(.notEngaged)
        given(both + [.officeDisengaged(.jobCentre)]).when(leaving()).thenRejected(.notEngaged)
    }

    @Test func theSuccessorIsThere() {
        given(both).when(leaving(to: .socialOffice)).thenRejected(.successorNotEngaged)
        given(both).when(leaving(to: .jobCentre)).thenRejected(.successorNotEngaged)
        given(both).when(leaving(to: .youthOffice)).thenAccepted()
    }

    @Test func aMeasureNeverRunsWithNobodyResponsible() {
        for running in [[.measureStarted()], [.measureStarted(), .measurePaused()]] as [[Past<CaseEvent>]] {
            given(.agreedPlan + running).when(leaving()).thenRejected(.lastOfficeLeaves)
        }
    }

    @Test func nothingIsLeftThatNobodyElseCouldEnd() throws {
        let second: [Past<CaseEvent>] = [.officeEngaged(.youthOffice)]
        for open in [[], [.measureStarted()]] as [[Past<CaseEvent>]] {
            let rejection = try #require(
                given(.agreedPlan + second + open).when(leaving()).thenRejected("open-work-remains"))
            #expect(rejection.detail.contains("measures \(measureId.uuidString.lowercased())"))
            #expect(rejection.detail.contains("plans \(planId.uuidString.lowercased())"))
        }
        given(.agreedPlan + second + [.measureAbandoned()]).when(leaving()).thenRejected("open-work-remains")
        given(.agreedPlan + second + [.measureAbandoned(), .planConcluded()]).when(leaving()).thenAccepted()
        given(.agreedPlan + second).when(leaving(.youthOffice), by: .youthOffice).thenAccepted()
    }

    @Test func placementsAreTheJobCentresToEnd() throws {
        let placed = both + [.placementOffered(), .placementAccepted()]
        let rejection = try #require(given(placed).when(leaving()).thenRejected("open-work-remains"))
        #expect(rejection.detail.contains("placements \(placementId.uuidString.lowercased())"))
        given(placed + [.placementEnded()]).when(leaving()).thenAccepted()
        given(placed).when(leaving(.youthOffice), by: .youthOffice).thenAccepted()
        given(both + [.placementOffered(answerDue: "2026-03-01")]).when(leaving()).thenAccepted()
    }

    @Test func appointmentsAreKeptOrCancelled() {
        given(both + [.appointmentScheduled(at: "2026-03-02T10:00")]).when(leaving())
            .thenRejected("open-work-remains")
        given(both + [.appointmentScheduled(at: "2026-03-01T10:00")]).when(leaving()).thenAccepted()
        given(both + [.appointmentScheduled(), .appointmentCancelled()]).when(leaving()).thenAccepted()
        given(both + [.appointmentScheduled(office: .youthOffice)]).when(leaving()).thenAccepted()
    }

    @Test func isNotRecordedAheadOrBeforeTheEngagement() {
        given(both).when(leaving(), on: "2026-03-03").thenRejected("in-the-future")
        given(both).when(leaving(), on: "2026-01-04").thenRejected(.leavesBeforeEngagement)
        given(both).when(leaving(), on: "2026-01-05").thenAccepted()
    }

    @Test func theOfficeCanComeBack() {
        let left = given(both + [.officeDisengaged(.jobCentre, on: "2026-02-20")])
        left.when(.engageOffice(EngageOffice(office: .jobCentre)), on: "2026-02-19")
            .thenRejected(.engagedBeforeLeaving)
        let state = left.when(.engageOffice(EngageOffice(office: .jobCentre)), on: "2026-02-20").thenState()
        #expect(state.relation(to: .jobCentre) == .engaged)
        #expect(state.engagements[.jobCentre]?.from == "2026-02-20")
    }

    @Test func whoLeftSeesNothingAnyMore() {
        let consented = both + [.consentGranted([.employment], to: [.youthOffice])]
        let state = given(consented + [.officeDisengaged(.youthOffice), .officeDisengaged(.jobCentre)]).state
        #expect(state.grants(for: .youthOffice).isEmpty)
        #expect(state.sight(of: .youthOffice, on: "2026-03-02") == nil)
        // The job centre registered the participant, and left all the same.
        for actor in [Actor.youthOffice, .jobCentre] {
            #expect(CommandPolicy.judge(.closeCase(CloseCase()), by: actor, on: state) == .notFound)
        }
        #expect(
            CommandPolicy.judge(.engageOffice(EngageOffice(office: .jobCentre)), by: .jobCentre, on: state) == .allowed)
    }
}

@Suite("reassign-caseworker") struct ReassignCaseworkerTests {
    private let engaged = given(
        .participantRegistered(), .officeEngaged(.jobCentre), .caseworkerReassigned(.jobCentre, to: "jc-1"))

    private func reassigning(
        to caseworker: String = "jc-2", note: String? = nil, of office: Office = .jobCentre
    ) -> CaseCommand {
        .reassignCaseworker(ReassignCaseworker(office: office, caseworker: caseworker, handoverNote: note))
    }

    @Test func putsSomebodyElseInCharge() {
        engaged.when(reassigning(note: "calls back on Mondays"))
            .thenEvents([
                .caseworkerReassigned(
                    CaseworkerReassigned(
                        office: .jobCentre, caseworker: "jc-2",
                        personal: CaseworkerReassigned.Personal(handoverNote: "calls back on Mondays")))
            ])
        let engagement = engaged.when(reassigning(note: "n")).thenState().engagements[.jobCentre]
        #expect(engagement?.caseworker == "jc-2")
        #expect(engagement?.handoverNote == "n")
        #expect(engagement?.from == "2026-01-05")
    }

    @Test func aNoteIsForOneHandover() {
        let noted = given(
            .participantRegistered(), .officeEngaged(.jobCentre),
            .caseworkerReassigned(.jobCentre, to: "jc-1", note: "old"))
        #expect(noted.when(reassigning()).thenState().engagements[.jobCentre]?.handoverNote == nil)
    }

    @Test func theSameCaseworkerStaysUnlessThereIsSomethingToSay() {
        engaged.when(reassigning(to: "jc-1")).thenNothing()
        let noted = engaged.when(reassigning(to: "jc-1", note: "n"))
        #expect(noted.thenState().engagements[.jobCentre]?.handoverNote == "n")
        given(
            .participantRegistered(), .officeEngaged(.jobCentre), .caseworkerReassigned(.jobCentre, to: "a", note: "n")
        )
        .when(reassigning(to: "a", note: "n")).thenNothing()
    }

    @Test func needsAnEngagedOfficeAndAName() {
        engaged.when(reassigning(of: .youthOffice), by: .youthOffice).thenRejected(.notEngaged)
        engaged.when(reassigning(to: " ")).thenRejected("invalid-caseworker")
    }

    @Test func isNotRecordedAhead() {
        engaged.when(reassigning(), on: "2026-03-03").thenRejected("in-the-future")
    }
}
