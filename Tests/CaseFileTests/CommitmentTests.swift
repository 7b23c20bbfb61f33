import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("keep-, break-, withdraw-commitment, reply-to-commitment") struct CommitmentTests {
    /// The youth office committed itself on 2026-02-27 to do something by 2026-03-05.
    private let made: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice), .conferenceCalled(),
        .conferenceMinuted([commitmentId]), .commitmentMade(),
    ]

    private func keeping(on day: CalendarDate? = nil, note: String? = nil) -> CaseCommand {
        .keepCommitment(KeepCommitment(commitmentId: commitmentId, on: day, note: note))
    }

    private let breaking = CaseCommand.breakCommitment(BreakCommitment(commitmentId: commitmentId, note: "no funds"))
    private let withdrawing = CaseCommand.withdrawCommitment(
        WithdrawCommitment(commitmentId: commitmentId, note: "moved"))
    private let replying = CaseCommand.replyToCommitment(
        ReplyToCommitment(commitmentId: commitmentId, note: "the paper came late"))

    @Test func recordsWhatBecameOfIt() {
        given(made).when(keeping(note: "done"), by: .youthOffice).thenEvents([
            .commitmentKept(
                CommitmentKept(
                    commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentKept.Personal(note: "done")))
        ])
        given(made).when(breaking, by: .youthOffice).thenEvents([
            .commitmentBroken(
                CommitmentBroken(
                    commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentBroken.Personal(note: "no funds"))
            )
        ])
        given(made).when(withdrawing, by: .youthOffice).thenEvents([
            .commitmentWithdrawn(
                CommitmentWithdrawn(
                    commitmentId: commitmentId, on: "2026-03-02", personal: CommitmentWithdrawn.Personal(note: "moved"))
            )
        ])
        let states = [breaking, withdrawing].map {
            given(made).when($0, by: .youthOffice).thenState().commitment(commitmentId)?.status
        }
        #expect(states == [.broken, .withdrawn])
    }

    @Test func inTimeOrLateFollowsFromTheDays() {
        let status = { (day: CalendarDate) in
            given(made).when(keeping(on: day), by: .youthOffice, on: "2026-03-09", today: "2026-03-09").thenState()
                .commitment(commitmentId)?.status
        }
        #expect(given(made).state.commitment(commitmentId)?.status == .open)
        #expect(status("2026-03-05") == .kept)
        #expect(status("2026-03-06") == .late)
    }

    @Test func isTheOfficesOwnToSay() {
        for command in [keeping(), breaking, withdrawing, replying] {
            given(made).when(command, by: .jobCentre).thenRejected(.notYourCommitment)
            given(.participantRegistered(), .officeEngaged(.youthOffice)).when(command, by: .youthOffice)
                .thenRejected(.unknownCommitment)
            let state = given(made).state
            #expect(
                CommandPolicy.judge(command, by: .jobCentre, on: state)
                    == .forbidden(Rejection.notYourCommitment.detail))
            #expect(CommandPolicy.judge(command, by: .youthOffice, on: state) == .allowed)
        }
    }

    @Test func isSettledOnce() {
        for settled in [[.commitmentKept()], [.commitmentBroken()], [.commitmentWithdrawn()]] as [[Past<CaseEvent>]] {
            for command in [keeping(), breaking, withdrawing] {
                given(made + settled).when(command, by: .youthOffice).thenRejected(.commitmentSettled)
            }
        }
    }

    @Test func isSettledOnADayThatHasComeAndNotBeforeTheConference() {
        for command in [keeping(), breaking, withdrawing] {
            given(made).when(command, by: .youthOffice, on: "2026-03-03").thenRejected("in-the-future")
            given(made).when(command, by: .youthOffice, on: "2026-02-26").thenRejected(.settledBeforeMade)
            // The minutes were written on 1 March, two days after the conference.
            given(made).when(command, by: .youthOffice, on: "2026-02-27").thenAccepted()
        }
        given(made).when(keeping(on: "2026-03-03"), by: .youthOffice).thenRejected("in-the-future")
        let elsewhere = given(
            .participantRegistered(), .officeEngaged(.youthOffice), .commitmentMade(at: nil))
        elsewhere.when(keeping(), by: .youthOffice, on: "2026-02-28").thenRejected(.settledBeforeMade)
        elsewhere.when(keeping(), by: .youthOffice, on: "2026-03-01").thenAccepted()
    }

    @Test func theOfficeRepliesToWhatIsCountedOfIt() {
        given(made).when(replying, by: .youthOffice).thenRejected(.nothingToReplyTo)
        given(made).when(replying, by: .youthOffice, on: "2026-03-05", today: "2026-03-09")
            .thenRejected(.nothingToReplyTo)
        given(made).when(replying, by: .youthOffice, on: "2026-03-06", today: "2026-03-09").thenAccepted()
        let late = given(made + [.commitmentBroken()])
        late.when(replying, by: .youthOffice).thenEvents([
            .commitmentRepliedTo(
                CommitmentRepliedTo(
                    commitmentId: commitmentId,
                    personal: CommitmentRepliedTo.Personal(note: "the paper came late")))
        ])
        late.when(replying, by: .youthOffice, on: "2026-02-27").thenRejected(.nothingToReplyTo)
        late.when(
            .replyToCommitment(ReplyToCommitment(commitmentId: commitmentId, note: " ")), by: .youthOffice
        ).thenRejected("invalid-note")
        let replies = late.when(replying, by: .youthOffice).thenState().commitment(commitmentId)?.replies
        #expect(replies == [Commitment.Reply(on: "2026-03-02", note: "the paper came late")])
    }

    @Test func openOnesAreSettledBeforeTheCaseOrTheOfficeIs() throws {
        let closing = CaseCommand.closeCase(CloseCase())
        let rejection = try #require(given(made).when(closing).thenRejected("open-work-remains"))
        #expect(rejection.detail.contains("commitments \(commitmentId.uuidString.lowercased())"))
        let leaving = CaseCommand.disengageOffice(DisengageOffice(office: .youthOffice))
        given(made).when(leaving, by: .youthOffice).thenRejected("open-work-remains")
        given(made).when(.disengageOffice(DisengageOffice(office: .jobCentre))).thenAccepted()
        for settled in [Past<CaseEvent>.commitmentKept(), .commitmentBroken(), .commitmentWithdrawn()] {
            given(made + [settled]).when(closing).thenAccepted()
            given(made + [settled]).when(leaving, by: .youthOffice).thenAccepted()
        }
    }
}
