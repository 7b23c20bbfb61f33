import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("record-retention") struct RecordRetentionTests {
    private let started: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(), .placementAccepted(),
        .placementStarted(on: "2025-08-31"),
    ]

    private func recording(_ months: Int, _ stillEmployed: Bool = true) -> CaseCommand {
        .recordRetention(
            RecordRetention(placementId: placementId, afterMonths: months, stillEmployed: stillEmployed))
    }

    private func recorded(_ months: Int, _ stillEmployed: Bool) -> Past<CaseEvent> {
        Past(
            event: .retentionRecorded(
                RetentionRecorded(placementId: placementId, afterMonths: months, stillEmployed: stillEmployed)))
    }

    @Test func isRecordedAfterThreeSixAndTwelveMonths() {
        let state = given(started + [recorded(6, true)]).when(recording(3)).thenState()
        #expect(state.placement(placementId)?.retentions.map(\.afterMonths) == [3, 6])
        given(started).when(recording(6), on: "2026-02-28").thenAccepted()
        given(started).when(recording(6), on: "2026-02-27").thenRejected("retention-not-due")
        given(started).when(recording(12)).thenRejected("retention-not-due")
        for months in [0, 4, 24, -3] { given(started).when(recording(months)).thenRejected(.invalidRetentionMonths) }
    }

    @Test func aLaterWordIsACorrection() {
        given(started + [recorded(3, true)]).when(recording(3)).thenNothing()
        let state = given(started + [recorded(3, true)]).when(recording(3, false)).thenState()
        #expect(state.placement(placementId)?.retentions.map(\.stillEmployed) == [false])
    }

    @Test func nobodyIsEmployedAfterTheEnd() {
        let ended = started + [.placementEnded(on: "2026-02-20")]
        given(ended).when(recording(6)).thenRejected("ended-before")
        given(ended).when(recording(6, false)).thenAccepted()
        given(ended).when(recording(3)).thenAccepted()
    }

    @Test func needsABeginning() {
        given(started.dropLast()).when(recording(3)).thenRejected(.placementNotStarted)
        given(started.dropLast(3)).when(recording(3)).thenRejected(.unknownPlacement)
    }
}
