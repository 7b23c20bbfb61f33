import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("decide-identity") struct DecideIdentityTests {
    private let registered: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre)]
    private var around: Surroundings { Surroundings(others: [id(2): given(registered).state]) }

    private func deciding(_ verdict: IdentityVerdict, reason: String = "card") -> CaseCommand {
        .decideIdentity(DecideIdentity(otherCaseId: id(2), verdict: verdict, reason: reason))
    }

    private func decided(_ verdict: IdentityVerdict, reason: String = "card") -> CaseEvent {
        .identityDecided(
            IdentityDecided(
                otherCaseId: id(2), verdict: verdict, personal: IdentityDecided.Personal(reason: reason)))
    }

    @Test(arguments: IdentityVerdict.allCases) func isRecordedWithItsReason(_ verdict: IdentityVerdict) {
        let outcome = given(registered).when(deciding(verdict), around: around)
        outcome.thenEvents([decided(verdict)])
        let decision = outcome.thenState().identityDecisions[id(2)]
        #expect(decision?.verdict == verdict && decision?.reason == "card" && decision?.decided.office == .jobCentre)
    }

    @Test func isRecordedInTheOtherCaseToo() {
        #expect(
            consequences(of: decided(.samePerson)) == [
                .otherCase(
                    id(2),
                    .recordIdentity(RecordIdentity(otherCaseId: id(1), verdict: .samePerson, reason: "card")))
            ])
        let record = RecordIdentity(otherCaseId: id(2), verdict: .samePerson, reason: "card")
        given(registered).when(.recordIdentity(record)).thenEvents([decided(.samePerson)])
        given(registered + [.identityDecided(.samePerson)]).when(.recordIdentity(record)).thenNothing()
        #expect(deciding(.samePerson).needs(given: given(registered).state) == Needs(cases: [id(2)]))
    }

    @Test func aLaterDecisionTakesThePlaceOfAnEarlierOne() {
        let past = registered + [.identityDecided(.samePerson)]
        given(past).when(deciding(.samePerson), around: around).thenNothing()
        given(past).when(deciding(.differentPersons), around: around).thenEvents([decided(.differentPersons)])
        given(past).when(deciding(.differentPersons), on: "2026-01-04", around: around)
            .thenRejected(.identityOutOfOrder)
    }

    @Test func needsAReasonAndAnotherCase() {
        given(registered).when(deciding(.samePerson, reason: " "), around: around).thenRejected("invalid-reason")
        given(registered).when(deciding(.samePerson)).thenRejected(.sameCase)
        given(registered).when(deciding(.samePerson), on: "2026-03-03", around: around).thenRejected("in-the-future")
    }

    @Test func isPossibleInClosedCasesAndNotInMergedOnes() {
        given(registered + [.caseClosed()]).when(deciding(.samePerson), around: around).thenAccepted()
        given(registered + [.caseAbsorbed(id(2))]).when(deciding(.differentPersons), around: around)
            .thenRejected(.mergedWithEachOther)
        given(registered + [.caseMerged(into: id(3))]).when(deciding(.samePerson), around: around)
            .thenRejected(.caseMerged)
        let merged = Surroundings(others: [id(2): given(registered + [.caseMerged(into: id(3))]).state])
        given(registered).when(deciding(.samePerson), around: merged).thenRejected(.otherCaseMerged)
    }

    @Test func isForThoseWhoWorkInBothCases() {
        let own = given(registered).state
        func verdict(_ actor: Actor, _ other: CaseState) -> CommandPolicy.Verdict {
            let command = deciding(.samePerson)
            let first = CommandPolicy.judge(command, by: actor, on: own)
            guard first == .allowed else { return first }
            return CommandPolicy.judge(command, by: actor, around: Surroundings(others: [id(2): other]))
        }
        #expect(verdict(.jobCentre, own) == .allowed)
        #expect(verdict(.youthOffice, own) == .notFound)
        #expect(verdict(.supervisor, own) != .allowed)
        // Unknown, of another office, only asked to act, or in an area of somebody else: one answer for all of them.
        let elsewhere = given(.participantRegistered().by(.youthOffice), .officeEngaged(.youthOffice)).state
        let asked = given(
            .participantRegistered().by(.youthOffice), .officeEngaged(.youthOffice),
            .referralRequested(from: .youthOffice, to: .jobCentre)
        ).state
        #expect(verdict(.jobCentre, CaseState()) == .notFound)
        #expect(verdict(.jobCentre, elsewhere) == .notFound)
        #expect(verdict(.jobCentre, asked) == .notFound)
        var limited = Actor.jobCentre
        limited.areas = ["frankfurt-gallus"]
        #expect(verdict(limited, given(.participantRegistered(area: "nordend")).state) == .notFound)
        #expect(verdict(.jobCentre, given(.participantRegistered(area: "nordend")).state) == .allowed)
    }
}
