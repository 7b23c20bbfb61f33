import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Timers of a case") struct CaseTimerTests {
    /// The youth office committed itself to do something by 2026-03-05.
    private let made: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice), .conferenceCalled(),
        .conferenceMinuted([commitmentId]), .commitmentMade(),
    ]
    private let passing = CaseCommand.passCommitment(PassCommitment(commitmentId: commitmentId))

    @Test func followFromTheCase() {
        #expect(
            given(made).state.timers(of: id(1)) == [
                CaseTimer(kind: .commitmentOverdue, subject: commitmentId, firesOn: "2026-03-06")
            ])
        let proposed = AlignmentHousehold().proposed()
        let lapse = CaseTimer(kind: .alignmentLapse, subject: proposalId, firesOn: "2026-03-17")
        #expect(given(proposed.first).state.timers(of: id(1)) == [lapse])
        // What stands in several cases fires in one.
        #expect(given(proposed.second).state.timers(of: id(2)).isEmpty)
        #expect(lapse.command == .lapseAlignment(LapseAlignment(proposalId: proposalId)))
    }

    @Test func areGoneWithTheirCause() {
        #expect(given(made + [.commitmentKept()]).state.timers(of: id(1)).isEmpty)
        #expect(given(made + [.commitmentWithdrawn()]).state.timers(of: id(1)).isEmpty)
        #expect(given(made + [.caseClosed()]).state.timers(of: id(1)).isEmpty)
        #expect(given(made + [.caseClosed(), .caseReopened()]).state.timers(of: id(1)).count == 1)
    }

    @Test func fireInTheOrderOfTheirDays() {
        var past = made
        let ids = (0..<5).map { id(160 + $0) }
        let days: [CalendarDate] = ["2026-03-20", "2026-03-03", "2026-05-01", "2026-03-03", "2026-02-28"]
        for (id, day) in zip(ids, days) {
            past.append(
                Past(
                    event: .commitmentMade(
                        CommitmentMade(commitmentId: id, office: .jobCentre, to: [.youthOffice], by: day))))
        }
        let fires = given(past).state.timers(of: id(1))
        #expect(fires.map(\.firesOn) == fires.map(\.firesOn).sorted() && fires.count == 6)
        #expect(fires.map(\.subject)[1...2] == [ids[1], ids[3]])
    }

    @Test func aCommitmentPassesOnce() throws {
        given(made).when(passing, by: .worker, today: "2026-03-05").thenNothing()
        let outcome = given(made).when(passing, by: .worker, on: "2026-03-06", today: "2026-03-20")
        outcome.thenEvents([.commitmentPassed(CommitmentPassed(commitmentId: commitmentId, by: "2026-03-05"))])
        let commitment = try #require(outcome.thenState().commitment(commitmentId))
        #expect(commitment.status == .open && commitment.overdueSince == "2026-03-06")
        #expect(outcome.thenState().timers(of: id(1)).isEmpty)
        let passed =
            made + [
                Past(event: .commitmentPassed(CommitmentPassed(commitmentId: commitmentId, by: "2026-03-05")))
            ]
        given(passed).when(passing, by: .worker, today: "2026-03-20").thenNothing()
        // It can still be kept: late.
        let late = given(passed).when(
            .keepCommitment(KeepCommitment(commitmentId: commitmentId)), by: .youthOffice, on: "2026-03-20",
            today: "2026-03-20"
        ).thenState()
        #expect(late.commitment(commitmentId)?.status == .late)
    }
}
