import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("leave-household") struct LeaveHouseholdTests {
    private let leaving = CaseCommand.leaveHousehold(LeaveHousehold(reason: "own flat"))
    private let joined: [Past<CaseEvent>] = .agreedPlan + [.householdJoined()]

    /// A housemate with a measure 90 and a relation of it to the measure of case 1.
    private func housemate(_ past: [Past<CaseEvent>] = [.measuresRelated(id(90), measureId)]) -> Surroundings {
        let state = given(
            [
                .participantRegistered(), .officeEngaged(.youthOffice), .householdJoined(),
                .planDrafted(id(80), office: .youthOffice, kind: .youthSupport), .measureAdded(id(90), plan: id(80)),
            ] + past
        ).state
        return Surroundings(housemates: [id(2): state])
    }

    @Test func endsTheMembership() {
        given(joined).when(leaving)
            .thenEvents([.householdLeft(HouseholdLeft(householdId: householdId, reason: "own flat"))])
        #expect(given(joined).when(leaving).thenState().household == nil)
    }

    @Test func isForMembers() {
        given(.participantRegistered()).when(leaving).thenRejected(.notInHousehold)
        given(joined + [.householdLeft()]).when(leaving).thenRejected(.notInHousehold)
        given(joined).when(.leaveHousehold(LeaveHousehold(householdId: id(41)))).thenRejected(.notInHousehold)
        given(joined).when(.leaveHousehold(LeaveHousehold(householdId: householdId))).thenAccepted()
    }

    @Test func isNotRecordedAheadOrBeforeJoining() {
        given(joined).when(leaving, on: "2026-03-03").thenRejected("in-the-future")
        given(joined).when(leaving, on: "2026-01-04").thenRejected(.leavesBeforeJoining)
    }

    @Test func anotherHouseholdCanBeJoinedAfterwards() {
        given(joined + [.householdLeft()]).when(.joinHousehold(JoinHousehold(householdId: id(41)))).thenAccepted()
    }

    @Test func takesOwnRelationsToOthersMeasuresAlong() {
        let related =
            joined + [
                .measureAdded(otherMeasureId), .measuresRelated(), .measuresRelated(measureId, id(90), .concurrent),
            ]
        given(related).when(leaving, around: housemate([]))
            .thenEvents([
                .measuresUnrelated(MeasuresUnrelated(first: measureId, second: id(90), relation: .concurrent)),
                .householdLeft(HouseholdLeft(householdId: householdId, reason: "own flat")),
            ])
    }

    @Test func takesOthersRelationsToOwnMeasuresAlong() {
        let event = CaseEvent.householdLeft(HouseholdLeft(householdId: householdId))
        #expect(
            consequences(of: event, given: given(joined).state, around: housemate()) == [
                .household(householdId, .dismissMember(DismissMember(caseId: id(1)))),
                .housemate(id(2), .endRelations(EndRelations(measures: [measureId]))),
            ])
        #expect(
            consequences(of: event, given: given(joined).state, around: housemate([])) == [
                .household(householdId, .dismissMember(DismissMember(caseId: id(1))))
            ])
        #expect(leaving.needs(given: given(joined).state) == Needs(household: householdId, housemates: true))
    }

    @Test func relationsEndWithoutTheOneWhoLeft() {
        let ending = CaseCommand.endRelations(EndRelations(measures: [id(90)]))
        let related =
            joined + [
                .measureAdded(otherMeasureId), .measuresRelated(), .measuresRelated(measureId, id(90), .concurrent),
            ]
        let end = CaseEvent.measuresUnrelated(
            MeasuresUnrelated(first: measureId, second: id(90), relation: .concurrent))
        given(related).when(ending, by: .youthOffice).thenEvents([end])
        given(related + [.measureAbandoned(), .measureAbandoned(otherMeasureId), .caseClosed()])
            .when(ending, by: .youthOffice).thenEvents([end])
        given(joined).when(ending).thenNothing()
        // Whoever asks for it by name is refused: it follows from leaving and from nothing else.
        for actor in [Actor.jobCentre, .worker, .administrator] {
            guard case .forbidden = CommandPolicy.judge(ending, by: actor, on: given(related).state) else {
                Issue.record("\(actor.subject) may end relations")
                continue
            }
        }
    }

    @Test func aHouseholdDismissesAMemberOnce() {
        let admitted = HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: id(1), role: .adult))
        let dismissed = HouseholdEvent.memberDismissed(MemberDismissed(caseId: id(1)))
        let dismissing = HouseholdCommand.dismissMember(DismissMember(caseId: id(1)))
        givenHousehold(Past(event: admitted)).when(dismissing).thenEvents([dismissed])
        #expect(givenHousehold(Past(event: admitted)).when(dismissing).thenState().members.isEmpty)
        givenHousehold(Past(event: admitted), Past(event: dismissed)).when(dismissing).thenNothing()
        givenHousehold().when(dismissing).thenNothing()
    }
}
