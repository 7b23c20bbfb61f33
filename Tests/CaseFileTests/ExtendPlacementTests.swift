import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("extend-placement") struct ExtendPlacementTests {
    private let limited: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(hours: 38, endsOn: "2026-06-30"),
        .placementAccepted(), .placementStarted(),
    ]

    private func extending(to day: CalendarDate = "2026-12-31") -> CaseCommand {
        .extendPlacement(ExtendPlacement(placementId: placementId, endsOn: day, reason: "kept on"))
    }

    @Test func lastsLonger() {
        let state = given(limited).when(extending()).thenState()
        #expect(state.placement(placementId)?.endsOn == "2026-12-31")
        #expect(state.placement(placementId)?.status == .started)
        given(limited.dropLast()).when(extending()).thenAccepted()
    }

    @Test func theSameDayChangesNothing() {
        given(limited).when(extending(to: "2026-06-30")).thenNothing()
    }

    @Test func onlyALaterDayIsAnExtension() {
        given(limited).when(extending(to: "2026-06-29")).thenRejected("no-extension")
        given(limited).when(extending(to: "3026-06-29")).thenRejected("invalid-date")
    }

    @Test func needsAnAcceptedLimitedPlacementThatIsNotOver() {
        given(limited.dropLast(3)).when(extending()).thenRejected(.unknownPlacement)
        given(limited.dropLast(2)).when(extending()).thenRejected(.notAccepted)
        given(limited.dropLast(2) + [.placementRefused()]).when(extending()).thenRejected(.notAccepted)
        given(limited + [.placementEnded()]).when(extending()).thenRejected(.alreadyEnded)
        given(.participantRegistered(), .placementOffered(), .placementAccepted()).when(extending())
            .thenRejected(.placementUnlimited)
    }

    @Test func doesNotReachIntoTheNextFullTimePlacement() {
        let next =
            limited + [
                .placementOffered(otherPlacementId, hours: 30), .placementAccepted(otherPlacementId),
                .placementStarted(otherPlacementId, on: "2026-07-01"),
            ]
        given(next).when(extending(to: "2026-07-01"), today: "2026-07-02").thenRejected(.overlappingPlacement)
        let small =
            limited + [
                .placementOffered(otherPlacementId, hours: 10), .placementAccepted(otherPlacementId),
                .placementStarted(otherPlacementId, on: "2026-07-01"),
            ]
        given(small).when(extending(to: "2026-07-01"), today: "2026-07-02").thenAccepted()
    }
}
