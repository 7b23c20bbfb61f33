import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

private func shift(
    _ days: Int, of id: UUID = measureId, from: CalendarDate? = nil
) -> ProposeAlignment.Shift {
    ProposeAlignment.Shift(measureId: id, days: days, from: from)
}

private func proposing(
    _ shifts: [ProposeAlignment.Shift], findings: [UUID]? = nil, answerDue: CalendarDate? = nil
) -> CaseCommand {
    .proposeAlignment(
        ProposeAlignment(proposalId: proposalId, shifts: shifts, findingIds: findings, answerDue: answerDue))
}

private let accepting = CaseCommand.acceptAlignment(AcceptAlignment(proposalId: proposalId, reason: "a place is free"))
private let declining = CaseCommand.declineAlignment(
    DeclineAlignment(proposalId: proposalId, reason: "no place", ground: .capacity))

@Suite("propose-alignment") struct ProposeAlignmentTests {
    private let household = AlignmentHousehold()

    @Test func theWorkerProposes() throws {
        let outcome = household.when(
            proposing(
                [shift(31, from: "2026-04-01"), shift(-59, of: otherMeasureId)],
                findings: [AlignmentHousehold.sequence.id]),
            by: .worker)
        let proposal = try #require(outcome.thenState().alignment(proposalId))
        #expect(proposal.isOpen && proposal.parties == [.jobCentre, .youthOffice] && proposal.answers.isEmpty)
        #expect(proposal.answerDue == "2026-03-16" && proposal.kinds == [.sequence] && proposal.proposed.office == nil)
        #expect(proposal.cases == [id(1), id(2)])
        #expect(proposal.shifts.map(\.to.first) == ["2026-05-02", "2026-06-03"])
        #expect(
            proposal.basis.measures.count == 2 && proposal.staleness(in: household.measures, on: "2026-03-02") == nil)
        // The other case follows.
        guard case .success(let events) = outcome.result, case .alignmentProposed(let event)? = events.first else {
            Issue.record("nothing was proposed")
            return
        }
        #expect(
            consequences(of: .alignmentProposed(event)) == [
                .housemate(id(2), .followAlignment(FollowAlignment(caseId: id(2), step: .proposed(event))))
            ])
    }

    @Test func whoProposesAcceptsItsOwnPart() throws {
        let proposal = try #require(
            household.when(proposing([shift(31), shift(-59, of: otherMeasureId)])).thenState().alignment(proposalId))
        #expect(proposal.waitingFor == [.youthOffice] && proposal.answers.map(\.kind) == [.accepted])
    }

    @Test func nobodyElseHasToAgreeToOnesOwnMeasures() throws {
        let state = household.when(proposing([shift(31)])).thenState()
        #expect(state.alignment(proposalId)?.status == .accepted)
        #expect(state.measure(measureId)?.window.first == "2026-05-02")
        #expect(state.commitments.map(\.by) == ["2026-05-02"])
    }

    @Test func measuresStayWithinTheirLimits() {
        var limited = household
        limited.first.append(
            .measureRevised(MeasureRevised(measureId: measureId, earliestStart: "2026-03-15", latestEnd: "2026-06-30")))
        for days in [31, -18] {
            let rejection = limited.when(proposing([shift(days)])).thenRejected("shift-outside-limits")
            #expect(rejection?.detail.contains("job centre") == true)
        }
        limited.when(proposing([shift(30)])).thenAccepted()
        limited.when(proposing([shift(-17)])).thenAccepted()
        var planned = household
        planned.first[3] = .planDrafted(kind: .participation, from: "2026-03-25", to: "2026-06-01")
        planned.when(proposing([shift(2)])).thenRejected("shift-outside-limits")
        planned.when(proposing([shift(-8)])).thenRejected("shift-outside-limits")
        planned.when(proposing([shift(-7)])).thenAccepted()
    }

    @Test func whatHasBegunDoesNotMove() {
        var begun = household
        begun.first.append(.measureStarted())
        begun.when(proposing([shift(7)])).thenRejected("measure-cannot-move")
        household.when(proposing([shift(-30)])).thenRejected(.shiftIntoThePast)
        household.when(proposing([shift(-29)])).thenAccepted()
    }

    @Test func aShiftPutsNothingOutOfStep() {
        var related = household
        related.first.append(.measuresRelated(measureId, otherMeasureId, .before))
        related.when(proposing([shift(62)])).thenRejected("shift-breaks-relation")
        related.when(proposing([shift(61)])).thenAccepted()
        related.when(proposing([shift(62), shift(1, of: otherMeasureId)])).thenAccepted()
    }

    @Test func somethingOfThisCaseMoves() {
        household.when(proposing([])).thenRejected(.nothingShifted)
        household.when(proposing([shift(0)])).thenRejected(.nothingShifted)
        household.when(proposing([shift(7, of: otherMeasureId)])).thenRejected(.shiftElsewhere)
        household.when(proposing([shift(7), shift(8)])).thenRejected(.repeatedShift)
        household.when(proposing([shift(7, of: id(99))])).thenRejected(.unknownMeasure)
        household.when(proposing([shift(7, from: "2026-04-02")])).thenRejected(.measureMovedMeanwhile)
        household.when(proposing([shift(40_000)])).thenRejected(.invalidDays)
        household.when(proposing([shift(7)], findings: [id(98)])).thenRejected(.unknownFinding)
        household.when(proposing([shift(7)], answerDue: "2026-03-01")).thenRejected(.answerDueInThePast)
    }

    @Test func nobodyProposesWhatItMayNotKnow() {
        var secret = household
        secret.second.removeLast()
        secret.when(proposing([shift(31), shift(-59, of: otherMeasureId)])).thenRejected(.unknownMeasure)
        secret.when(proposing([shift(31), shift(-59, of: otherMeasureId)]), by: .worker).thenAccepted()
    }

    @Test func oneAtATime() {
        let waiting = household.proposed()
        waiting.when(proposing([shift(7)])).thenRejected(.alignmentExists)
        let other = CaseCommand.proposeAlignment(ProposeAlignment(proposalId: id(151), shifts: [shift(7)]))
        waiting.when(other).thenRejected(.alignmentUnderWay)
    }
}

@Suite("accept-alignment") struct AcceptAlignmentTests {
    private let proposed = AlignmentHousehold().proposed()

    @Test func waitsForTheOthers() throws {
        let state = proposed.when(accepting).thenState()
        let proposal = try #require(state.alignment(proposalId))
        #expect(proposal.waitingFor == [.youthOffice] && proposal.answers.first?.reason == "a place is free")
        #expect(state.measure(measureId)?.window.first == "2026-04-01" && state.commitments.isEmpty)
    }

    @Test func theLastOneMovesEverything() throws {
        var answered = proposed
        let accepted = Past<CaseEvent>(
            event: .alignmentAccepted(
                AlignmentAccepted(proposalId: proposalId, office: .youthOffice, cases: [id(1), id(2)])),
            actor: .youthOffice)
        answered.first.append(accepted)
        answered.second.append(accepted)
        let outcome = answered.when(accepting)
        let state = outcome.thenState()
        #expect(state.alignment(proposalId)?.status == .accepted)
        #expect(state.measure(measureId)?.window == DayRange(first: "2026-05-02", atLeastTo: "2026-07-01"))
        let commitment = try #require(state.commitments.first)
        #expect(state.commitments.count == 1 && commitment.office == .jobCentre && commitment.by == "2026-05-02")
        #expect(commitment.proposalId == proposalId && commitment.what?.contains("2026-05-02") == true)
        // Who may not know when its measures are is not told by a commitment.
        #expect(commitment.to.isEmpty)
        guard case .success(let events) = outcome.result else { return }
        let theirs = events.flatMap { consequences(of: $0, given: given(answered.first).state) }
        let followed = theirs.reduce(into: given(answered.second).state) { state, consequence in
            guard case .housemate(id(2), let command) = consequence else { return }
            let follower = Given<CaseDecider>(answered.second).when(command, around: answered.around(2))
            guard case .success(let events) = follower.result else { return }
            for event in events {
                CaseDecider.evolve(
                    &state,
                    with: Fact(
                        event, authorship: Actor.jobCentre.authorship(), effectiveOn: "2026-03-02",
                        recordedAt: Instant(microsecondsSince1970: 0), version: 0, position: 0))
            }
        }
        #expect(followed.measure(otherMeasureId)?.window.first == "2026-06-03")
        #expect(followed.commitments.map(\.office) == [.youthOffice] && followed.commitments.first?.to == [.jobCentre])
        #expect(followed.alignment(proposalId) == state.alignment(proposalId))
    }

    @Test func twiceIsNothing() {
        var accepted = proposed
        accepted.first.append(
            Past(
                event: .alignmentAccepted(
                    AlignmentAccepted(proposalId: proposalId, office: .jobCentre, cases: [id(1), id(2)]))))
        accepted.when(accepting).thenNothing()
        accepted.when(declining).thenRejected(.alreadyAnsweredAlignment)
    }

    @Test func onlyPartiesAnswer() {
        for command in [accepting, declining] {
            proposed.when(command, by: .socialOffice).thenRejected(.notPartyToAlignment)
            let verdict = CommandPolicy.judge(
                command, by: .socialOffice, on: given(proposed.first + [.officeEngaged(.socialOffice)]).state)
            #expect(verdict == .forbidden(Rejection.notPartyToAlignment.detail))
            AlignmentHousehold().when(command).thenRejected(.unknownAlignment)
        }
    }

    @Test func itCanBeAnsweredUntilItsDay() {
        proposed.when(accepting, today: "2026-03-16").thenAccepted()
        proposed.when(accepting, today: "2026-03-17").thenRejected(.alignmentLapsed)
        proposed.when(declining, today: "2026-03-17").thenRejected(.alignmentLapsed)
    }

    @Test(
        arguments: [
            (1, .measureRevised(MeasureRevised(measureId: measureId, latestEnd: "2026-12-31"))),
            (2, .measureRevised(MeasureRevised(measureId: otherMeasureId, title: "t", latestEnd: "2026-12-31"))),
            (2, .measureStarted(otherMeasureId)), (2, .measureAbandoned(otherMeasureId)),
            (2, .officeDisengaged(.youthOffice)),
            (1, .measuresRelated(measureId, otherMeasureId, .before)),
        ] as [(Int, Past<CaseEvent>)])
    func whatChangedIsNotAccepted(_ number: Int, _ change: Past<CaseEvent>) throws {
        var changed = proposed
        if number == 1 { changed.first.append(change) } else { changed.second.append(change) }
        let rejection = changed.when(accepting).thenRejected("alignment-stale")
        #expect(rejection.map { $0.detail.count > Rejection.alignmentStale(nil).detail.count } == true)
        // The worker says so, once.
        let outdating = CaseCommand.outdateAlignment(OutdateAlignment(proposalId: proposalId))
        let state = changed.when(outdating, by: .worker).thenState()
        #expect(state.alignment(proposalId)?.status == .stale)
    }

    @Test func whatIsNothingToItDoesNotMatter() {
        var changed = proposed
        changed.first += [
            .measureRevised(MeasureRevised(measureId: measureId, title: "another")),
            .measureAdded(id(29), from: "2027-01-01", to: "2027-02-01"), .potentialAssessed(),
        ]
        changed.when(accepting).thenAccepted()
        changed.when(.outdateAlignment(OutdateAlignment(proposalId: proposalId)), by: .worker).thenNothing()
    }

    @Test func whatIsInStepNeedsNoProposal() {
        var settled = proposed
        settled.findings = []
        settled.when(accepting).thenRejected("alignment-stale")
    }
}

@Suite("decline-alignment") struct DeclineAlignmentTests {
    private let proposed = AlignmentHousehold().proposed()

    @Test func endsTheProposal() throws {
        let outcome = proposed.when(declining)
        let proposal = try #require(outcome.thenState().alignment(proposalId))
        #expect(proposal.status == .declined && proposal.outcome?.on == "2026-03-02" && proposal.waitingFor.isEmpty)
        #expect(proposal.answers.first?.ground == .capacity && proposal.answers.first?.reason == "no place")
    }

    @Test func saysWhy() {
        proposed.when(.declineAlignment(DeclineAlignment(proposalId: proposalId, reason: "  ")))
            .thenRejected(.emptyText("reason"))
    }

    @Test func whatIsSettledStaysSo() {
        var declined = proposed
        declined.first.append(
            Past(
                event: .alignmentDeclined(
                    AlignmentDeclined(proposalId: proposalId, office: .youthOffice, ground: .other, cases: [id(1)]))))
        for command in [accepting, declining] { declined.when(command).thenRejected(.alignmentSettled) }
        declined.when(.lapseAlignment(LapseAlignment(proposalId: proposalId)), by: .worker, today: "2026-04-01")
            .thenNothing()
    }
}

@Suite("counter-alignment") struct CounterAlignmentTests {
    private let proposed = AlignmentHousehold().proposed()

    private func countering(_ shifts: [ProposeAlignment.Shift]) -> CaseCommand {
        .counterAlignment(
            CounterAlignment(proposalId: proposalId, counterId: id(151), shifts: shifts, reason: "the school year"))
    }

    @Test func takesItsPlace() throws {
        let state = proposed.when(countering([shift(38)])).thenState()
        let (old, new) = (try #require(state.alignment(proposalId)), try #require(state.alignment(id(151))))
        #expect(old.status == .countered && old.answers.map(\.kind) == [.countered])
        #expect(new.isOpen && new.counterOf == proposalId && new.waitingFor == [.youthOffice])
        #expect(new.shifts.map(\.days) == [38, -59] && new.findings == old.findings)
    }

    @Test func onlyWithMeasuresOfOnesOwn() {
        proposed.when(countering([shift(38), shift(-50, of: otherMeasureId)])).thenRejected(.notYourMeasures)
        proposed.when(countering([shift(31)])).thenRejected(.nothingCountered)
        proposed.when(countering([shift(-30)])).thenRejected(.shiftIntoThePast)
        // What is left would move in the other case only: that is not for this case to propose.
        proposed.when(countering([shift(0)])).thenRejected(.shiftElsewhere)
    }
}

@Suite("What becomes of proposals by themselves") struct AlignmentEndTests {
    private let proposed = AlignmentHousehold().proposed()

    @Test func theyLapseWhenTheirDayIsOver() throws {
        let lapsing = CaseCommand.lapseAlignment(LapseAlignment(proposalId: proposalId))
        proposed.when(lapsing, by: .worker, today: "2026-03-16").thenNothing()
        let proposal = try #require(
            proposed.when(lapsing, by: .worker, today: "2026-03-17").thenState().alignment(proposalId))
        #expect(
            proposal.status == .lapsed
                && proposal.outcome == .lapsed(on: "2026-03-17", unanswered: [.jobCentre, .youthOffice]))
    }

    private func isForbidden(_ verdict: CommandPolicy.Verdict) -> Bool {
        if case .forbidden(let reason) = verdict { reason.hasSuffix(".") } else { false }
    }

    @Test func onlyTheWorkerSaysSo() {
        for command: CaseCommand in [
            .lapseAlignment(LapseAlignment(proposalId: proposalId)),
            .outdateAlignment(OutdateAlignment(proposalId: proposalId)),
            .reportContradiction(
                ReportContradiction(proposalId: proposalId, measures: [], findings: [], conflicts: [])),
            .followAlignment(
                FollowAlignment(
                    caseId: id(1), step: .agreed(AlignmentAgreed(proposalId: proposalId, shifts: [], commitments: [])))),
        ] {
            let verdict = CommandPolicy.judge(command, by: .jobCentre, on: given(proposed.first).state)
            #expect(isForbidden(verdict))
        }
    }

    @Test func whoLeavesTheHouseholdTakesThemAlong() {
        let outcome = proposed.when(.leaveHousehold(LeaveHousehold()))
        #expect(outcome.thenState().alignment(proposalId)?.status == .stale)
        guard case .success(let events) = outcome.result else { return }
        let theirs = events.flatMap { consequences(of: $0, given: given(proposed.first).state) }
        #expect(
            theirs.contains { if case .housemate(id(2), .followAlignment) = $0 { true } else { false } })
    }
}
