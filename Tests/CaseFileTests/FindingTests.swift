import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("open-, update-, close-finding") struct FindingTests {
    private let opening = CaseCommand.openFinding(OpenFinding(finding: .gap()))
    private let closing = CaseCommand.closeFinding(CloseFinding(key: "gap:1"))

    @Test func isOpenedOnce() {
        given(.participantRegistered()).when(opening, by: .worker)
            .thenEvents([.findingOpened(FindingOpened(finding: .gap(), occurrence: 1))])
        given(.participantRegistered(), .findingOpened(.gap())).when(opening, by: .worker).thenNothing()
    }

    @Test func openedOtherwiseIsAChange() {
        given(.participantRegistered(), .findingOpened(.gap()))
            .when(.openFinding(OpenFinding(finding: .gap(days: 40))), by: .worker)
            .thenEvents([.findingUpdated(FindingUpdated(finding: .gap(days: 40)))])
    }

    @Test func isChangedWhileItIsOpen() {
        let changing = CaseCommand.updateFinding(UpdateFinding(finding: .gap(days: 40)))
        given(.participantRegistered(), .findingOpened(.gap())).when(changing, by: .worker)
            .thenEvents([.findingUpdated(FindingUpdated(finding: .gap(days: 40)))])
        given(.participantRegistered(), .findingOpened(.gap(days: 40))).when(changing, by: .worker).thenNothing()
        given(.participantRegistered()).when(changing, by: .worker).thenRejected(.findingNotOpen)
    }

    @Test func isClosedOnce() {
        given(.participantRegistered(), .findingOpened(.gap())).when(closing, by: .worker)
            .thenEvents([.findingClosed(FindingClosed(key: "gap:1"))])
        given(.participantRegistered(), .findingOpened(.gap()), .findingClosed("gap:1"))
            .when(closing, by: .worker).thenNothing()
        given(.participantRegistered()).when(closing, by: .worker).thenNothing()
    }

    @Test func countsHowOftenItWasOpened() {
        let again = given(.participantRegistered(), .findingOpened(.gap()), .findingClosed("gap:1"))
            .when(opening, by: .worker)
        again.thenEvents([.findingOpened(FindingOpened(finding: .gap(), occurrence: 2))])
        let findings = again.thenState().findings
        #expect(findings.occurrences(of: "gap:1") == 2)
        #expect(findings.open == [.gap()])
        #expect(findings.occurrences(of: "gap:2") == 0)
    }

    @Test func keepsWhenItWasOpenedAndClosed() {
        let state = given(.participantRegistered(), .findingOpened(.gap()).on("2026-02-01"))
            .when(closing, by: .worker, on: "2026-03-02").thenState()
        #expect(state.findings.entries["gap:1"]?.openedOn == "2026-02-01")
        #expect(state.findings.entries["gap:1"]?.closedOn == "2026-03-02")
    }
}
