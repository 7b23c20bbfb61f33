import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

let disputeId = id(162)

extension Past<CaseEvent> {
    static func dataDisputed(_ about: DisputedRecord = .measure, _ record: UUID? = measureId) -> Past {
        Past(
            event: .dataDisputed(
                DataDisputed(
                    disputeId: disputeId, about: about, recordId: record,
                    personal: DataDisputed.Personal(statement: "I was there."))))
    }

    static func disputeSettled(_ outcome: DisputeOutcome) -> Past {
        Past(event: .disputeSettled(DisputeSettled(disputeId: disputeId, outcome: outcome)))
    }
}

@Suite("dispute-data and settle-dispute") struct DisputeDataTests {
    private let disputing = CaseCommand.disputeData(
        DisputeData(disputeId: disputeId, about: .measure, recordId: measureId, statement: "I was there."))

    private func disputing(_ about: DisputedRecord, _ record: UUID?) -> CaseCommand {
        .disputeData(DisputeData(disputeId: disputeId, about: about, recordId: record, statement: "No."))
    }

    private func settling(_ outcome: DisputeOutcome) -> CaseCommand {
        .settleDispute(SettleDispute(disputeId: disputeId, outcome: outcome, reason: "the list"))
    }

    @Test func isMarkedUntilItIsSettled() {
        let disputed = given(.agreedPlan).when(disputing)
        disputed.thenEvents([
            .dataDisputed(
                DataDisputed(
                    disputeId: disputeId, about: .measure, recordId: measureId,
                    personal: DataDisputed.Personal(statement: "I was there.")))
        ])
        #expect(disputed.thenState().dataProtection.dispute(disputeId)?.isMarked == true)
        for (outcome, isMarked) in [(DisputeOutcome.corrected, false), (.confirmed, false), (.unresolved, true)] {
            let settled = given(.agreedPlan + [.dataDisputed()]).when(settling(outcome)).thenState()
            #expect(settled.dataProtection.dispute(disputeId)?.isMarked == isMarked)
            #expect(settled.dataProtection.dispute(disputeId)?.settlement?.reason == "the list")
        }
    }

    @Test func isAboutSomethingInTheCase() {
        let state = given(.agreedPlan + [.potentialAssessed(), .placementOffered()])
        for (about, record) in [
            (DisputedRecord.participant, UUID?.none), (.potential, nil), (.plan, planId), (.placement, placementId),
        ] {
            state.when(disputing(about, record)).thenAccepted()
        }
        for (about, record) in [
            (DisputedRecord.participant, UUID?.some(id(1))), (.plan, nil), (.measure, id(99)), (.appointment, id(99)),
            (.reduction, nil), (.voucher, id(99)), (.wageSubsidy, id(99)), (.potential, id(99)),
        ] {
            state.when(disputing(about, record)).thenRejected(.noSuchRecord)
        }
        given(.participantRegistered()).when(disputing(.potential, nil)).thenRejected(.noSuchRecord)
        given(.agreedPlan + [.caseClosed()]).when(disputing).thenAccepted()
    }

    @Test func isExaminedByWhoRecordedIt() {
        given(.agreedPlan).when(disputing, by: .youthOffice).thenRejected(.notYourRecord)
        given(.agreedPlan).when(disputing(.participant, nil), by: .youthOffice).thenAccepted()
        given(.agreedPlan + [.dataDisputed()]).when(settling(.corrected), by: .youthOffice)
            .thenRejected(.notYourDispute)
    }

    @Test func isRecordedAndSettledOnce() {
        given(.agreedPlan + [.dataDisputed()]).when(disputing).thenRejected(.disputeKnown)
        given(.agreedPlan).when(settling(.corrected)).thenRejected(.noSuchDispute)
        let confirmed = given(.agreedPlan + [.dataDisputed(), .disputeSettled(.confirmed)])
        confirmed.when(settling(.corrected)).thenRejected(.disputeSettled)
        let unresolved = given(.agreedPlan + [.dataDisputed(), .disputeSettled(.unresolved)])
        unresolved.when(settling(.unresolved)).thenRejected(.disputeSettled)
        unresolved.when(settling(.corrected)).thenAccepted()
        given(.agreedPlan + [.dataDisputed()]).when(settling(.corrected), on: "2026-01-04")
            .thenRejected(.settledBeforeDisputed)
        given(.agreedPlan).when(
            .disputeData(DisputeData(disputeId: disputeId, about: .participant, statement: " "))
        ).thenRejected("invalid-statement")
        given(.agreedPlan).when(disputing, on: "2026-03-03").thenRejected("in-the-future")
    }
}
