import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("join-household") struct HouseholdTests {
    private let joining = CaseCommand.joinHousehold(JoinHousehold(householdId: householdId, role: .youth))

    @Test func makesAMember() {
        let state = given(.participantRegistered()).when(joining).thenState()
        #expect(state.household?.householdId == householdId)
        #expect(state.household?.joined.on == "2026-03-02")
    }

    @Test func isNotDoneWhileInAHousehold() {
        given(.participantRegistered(), .householdJoined()).when(joining).thenRejected(.alreadyInHousehold)
        given(.participantRegistered(), .householdJoined(id(41))).when(joining).thenRejected(.alreadyInHousehold)
    }

    @Test func makesTheHouseholdAdmitTheMember() {
        let event = CaseEvent.householdJoined(HouseholdJoined(householdId: householdId, role: .youth))
        #expect(
            consequences(of: event)
                == [.household(householdId, .admitMember(AdmitMember(caseId: id(1), role: .youth)))])
        #expect(joining.needs(given: CaseState()) == Needs(household: householdId))
    }

    @Test func aHouseholdAdmitsEachMemberOnce() {
        let admitting = HouseholdCommand.admitMember(AdmitMember(caseId: id(1), role: .adult))
        let admitted = HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: id(1), role: .adult))
        givenHousehold().when(admitting).thenEvents([admitted])
        givenHousehold(Past(event: admitted)).when(admitting).thenNothing()
        #expect(
            givenHousehold().when(admitting).thenState().members
                == [id(1): HouseholdState.Member(role: .adult, from: "2026-03-02")])
    }

    @Test func aHouseholdKeepsItsFindings() {
        let finding = Finding.gap()
        let opened = Past<HouseholdEvent>(event: .findingOpened(FindingOpened(finding: finding, occurrence: 1)))
        givenHousehold().when(.openFinding(OpenFinding(finding: finding)), by: .worker).thenEvents([opened.event])
        givenHousehold(opened).when(.openFinding(OpenFinding(finding: finding)), by: .worker).thenNothing()
        givenHousehold(opened).when(.updateFinding(UpdateFinding(finding: .gap(days: 30))), by: .worker)
            .thenEvents([.findingUpdated(FindingUpdated(finding: .gap(days: 30)))])
        let closed = givenHousehold(opened).when(.closeFinding(CloseFinding(key: finding.key)), by: .worker).thenState()
        #expect(closed.findings.open.isEmpty)
        #expect(closed.findings.occurrences(of: finding.key) == 1)
    }
}
