import CaseTiming
import Foundation
import Ledger
import RuleFiles
import Testing

@testable import CaseFile

let reductionId = id(83)

extension Past<CaseEvent> {
    static func reductionDecided(
        _ id: UUID = reductionId, ground: String = "breach-of-duty", percentage: Double = 10, step: Int = 1,
        from: CalendarDate, months: Int = 1, on day: CalendarDate? = nil
    ) -> Past {
        Past(
            event: .reductionDecided(
                ReductionDecided(
                    reductionId: id, ground: ground, percentage: percentage, step: step, from: from,
                    to: from.adding(months: months) - 1, hearingHeldOn: from - 20, hardshipExamined: true,
                    rule: RuleReference(
                        id: "reduction-\(ground)", version: "2023-01-01", source: "§§ 31, 31a, 31b SGB II"))),
            effectiveOn: day ?? from - 10)
    }

    static func reductionLifted(_ id: UUID = reductionId, on day: CalendarDate, revoked: Bool = false) -> Past {
        Past(event: .reductionLifted(ReductionLifted(reductionId: id, on: day, revoked: revoked)), effectiveOn: day)
    }
}

@Suite("decide-reduction") struct DecideReductionTests {
    private let engaged: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre)]

    private func deciding(
        _ percentage: Double = 10, _ months: Int = 1, _ change: (inout DecideReduction) -> Void = { _ in }
    ) -> CaseCommand {
        var command = DecideReduction(
            reductionId: id(84), percentage: percentage, months: months, ground: "breach-of-duty",
            hearingHeldOn: "2026-02-20", hardshipExamined: true)
        change(&command)
        return .decideReduction(command)
    }

    @Test func beginsWithTheNextMonthAndRecordsTheRule() throws {
        given(engaged).when(deciding { $0.occurredOn = "2026-02-10" }, rules: try .shipped).thenEvents([
            .reductionDecided(
                ReductionDecided(
                    reductionId: id(84), ground: "breach-of-duty", percentage: 10, step: 1, from: "2026-04-01",
                    to: "2026-04-30", occurredOn: "2026-02-10", hearingHeldOn: "2026-02-20", hardshipExamined: true,
                    rule: RuleReference(
                        id: "reduction-breach-of-duty", version: "2023-01-01", source: "§§ 31, 31a, 31b SGB II")))
        ])
    }

    @Test func needsTheJobCentre() throws {
        given(.participantRegistered(), .officeEngaged(.socialOffice)).when(deciding(), rules: try .shipped)
            .thenRejected(.noJobCentreEngagement)
    }

    @Test func needsANewId() throws {
        given(engaged + [.reductionDecided(id(84), from: "2025-05-01")]).when(deciding(), rules: try .shipped)
            .thenRejected(.reductionExists)
    }

    @Test func needsAKnownGround() throws {
        let rejection = given(engaged).when(deciding { $0.ground = "laziness" }, rules: try .shipped)
            .thenRejected("unknown-ground")
        #expect(rejection?.detail.contains("breach-of-duty, missed-report") == true)
        given(engaged).when(deciding()).thenRejected("unknown-ground")
    }

    @Test(arguments: [("2026-07-01", "unverified"), ("2022-12-31", "no version for that day")])
    func needsARuleInForceOnThatDay(_ day: String, _ reason: String) throws {
        let day = try #require(CalendarDate(day))
        let rejection = given(engaged).when(
            deciding(30, 3) { $0.hearingHeldOn = day }, on: day, today: "2026-08-01", rules: try .shipped
        ).thenRejected("rule-not-in-force")
        #expect(rejection?.detail.contains(reason) == true)
    }

    @Test func appliesTheVersionThatIsMeantOrNone() throws {
        given(engaged).when(deciding { $0.ruleVersion = "2023-01-01" }, rules: try .shipped).thenAccepted()
        given(engaged).when(deciding { $0.ruleVersion = "2026-07-01" }, rules: try .shipped)
            .thenRejected("rule-not-in-force")
    }

    @Test func needsAHearingBefore() throws {
        given(engaged).when(deciding { $0.hearingHeldOn = nil }, rules: try .shipped).thenRejected(.noHearing)
        given(engaged).when(deciding { $0.hearingHeldOn = "2026-03-03" }, rules: try .shipped)
            .thenRejected(.hearingAfterDecision)
        given(engaged).when(deciding { $0.hearingHeldOn = "2026-03-02" }, rules: try .shipped).thenAccepted()
    }

    @Test(arguments: [nil, false]) func needsHardshipExamined(_ examined: Bool?) throws {
        given(engaged).when(deciding { $0.hardshipExamined = examined }, rules: try .shipped)
            .thenRejected(.hardshipNotExamined)
    }

    @Test func isDecidedWithinHalfAYear() throws {
        given(engaged).when(deciding { $0.occurredOn = "2025-09-02" }, rules: try .shipped).thenAccepted()
        given(engaged).when(deciding { $0.occurredOn = "2025-09-01" }, rules: try .shipped)
            .thenRejected("decided-too-late")
        given(engaged).when(deciding { $0.occurredOn = "2026-03-03" }, rules: try .shipped)
            .thenRejected(.occurredAfterDecision)
    }

    @Test func isNotDecidedAhead() throws {
        given(engaged).when(deciding(), on: "2026-03-03", rules: try .shipped).thenRejected("in-the-future")
    }

    @Test(arguments: [
        (0.0, 1, "invalid-percentage"), (-1, 1, "invalid-percentage"), (101, 1, "invalid-percentage"),
        (.nan, 1, "invalid-percentage"), (10, 0, "invalid-months"), (31, 1, "above-cap"), (20, 1, "not-a-repeat"),
        (10, 2, "reduction-too-long"),
    ]) func isNoMoreThanTheRuleSays(_ percentage: Double, _ months: Int, _ rule: String) throws {
        given(engaged).when(deciding(percentage, months), rules: try .shipped).thenRejected(rule)
    }

    @Test func aRepeatCountsWithinAYear() throws {
        let first = engaged + [.reductionDecided(from: "2025-03-02")]
        given(first).when(deciding(20, 2), rules: try .shipped).thenAccepted()
        given(first).when(deciding(20, 3), rules: try .shipped).thenRejected("reduction-too-long")
        given(first).when(deciding(30, 3), rules: try .shipped).thenRejected("not-a-repeat")
        let longAgo = engaged + [.reductionDecided(from: "2025-03-01")]
        given(longAgo).when(deciding(20, 2), rules: try .shipped).thenRejected("not-a-repeat")
        given(longAgo).when(deciding { $0.occurredOn = "2026-03-01" }, rules: try .shipped).thenAccepted()
        given(longAgo).when(deciding(20, 2) { $0.occurredOn = "2026-03-01" }, rules: try .shipped).thenAccepted()
    }

    @Test func whatWasNotDecidedYetIsNoEarlierOne() throws {
        let history = engaged + [.reductionDecided(from: "2026-02-01", on: "2026-01-20")]
        given(history).when(deciding(20, 2) { $0.occurredOn = "2026-01-19" }, rules: try .shipped)
            .thenRejected("not-a-repeat")
        given(history).when(deciding(20, 2) { $0.occurredOn = "2026-01-20" }, rules: try .shipped).thenAccepted()
    }

    @Test func theThirdAndAllThatFollowAreTheLastStep() throws {
        for step in [2, 3, 4] {
            let history = engaged + [.reductionDecided(percentage: 20, step: step, from: "2025-11-01", months: 2)]
            let state = given(history).when(deciding(30, 3), rules: try .shipped).thenState()
            #expect(state.reductions.last?.step == step + 1)
        }
    }

    @Test func aDecisionThatWasTakenBackIsNoEarlierOne() throws {
        let revoked =
            engaged + [
                .reductionDecided(from: "2025-11-01"), .reductionLifted(on: "2025-11-01", revoked: true),
            ]
        given(revoked).when(deciding(20, 2), rules: try .shipped).thenRejected("not-a-repeat")
        let lifted =
            engaged + [
                .reductionDecided(percentage: 20, from: "2025-11-01", months: 2), .reductionLifted(on: "2025-12-01"),
            ]
        given(lifted).when(deciding(20, 2), rules: try .shipped).thenAccepted()
    }

    @Test func allReductionsOfADayStayUnderTheCap() throws {
        let running =
            engaged + [
                .reductionDecided(id(85), percentage: 30, step: 3, from: "2026-02-01", months: 3, on: "2026-01-15")
            ]
        let missed = deciding { $0.ground = "missed-report" }
        given(running).when(missed, rules: try .shipped).thenRejected("above-cap")
        given(running + [.reductionLifted(id(85), on: "2026-04-01")]).when(missed, rules: try .shipped).thenAccepted()
        // It begins within the days of the new one, not on its first.
        let ahead =
            engaged + [
                .reductionDecided(id(85), percentage: 10, from: "2025-06-01"),
                .reductionDecided(id(86), ground: "missed-report", percentage: 20, from: "2026-05-01"),
            ]
        given(ahead).when(deciding(20, 2), rules: try .shipped).thenRejected("above-cap")
        given(ahead).when(deciding(20, 1), rules: try .shipped).thenAccepted()
    }

    @Test func twoGroundsAreNoRepeats() throws {
        given(engaged + [.reductionDecided(from: "2026-01-01")])
            .when(deciding(10, 1) { $0.ground = "missed-report" }, rules: try .shipped).thenAccepted()
        given(engaged + [.reductionDecided(ground: "missed-report", from: "2026-01-01")])
            .when(deciding(20, 2), rules: try .shipped).thenRejected("not-a-repeat")
    }
}

@Suite("lift-reduction") struct LiftReductionTests {
    private let reduced: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre),
        .reductionDecided(percentage: 20, step: 2, from: "2026-01-01", months: 3),
    ]

    private func lifting(_ change: (inout LiftReduction) -> Void = { _ in }) -> CaseCommand {
        var command = LiftReduction(reductionId: reductionId)
        change(&command)
        return .liftReduction(command)
    }

    @Test func endsAReductionEarly() throws {
        let state = given(reduced).when(lifting { $0.reason = "Back at the course." }, rules: try .shipped).thenState()
        #expect(state.reduction(reductionId)?.effectiveDays == DayRange(first: "2026-01-01", last: "2026-03-01"))
        #expect(state.reduction(reductionId)?.lift?.reason == "Back at the course.")
    }

    @Test func itLastsAMonthAtLeast() throws {
        let rejection = given(reduced).when(lifting { $0.on = "2026-01-31" }, rules: try .shipped)
            .thenRejected("lifted-too-early")
        #expect(rejection?.detail.contains("2026-02-01") == true)
        given(reduced).when(lifting { $0.on = "2026-02-01" }, rules: try .shipped).thenAccepted()
    }

    @Test func aDecisionThatIsTakenBackNeverCounted() throws {
        let state = given(reduced).when(lifting { $0.revoked = true }, rules: try .shipped).thenState()
        #expect(state.reduction(reductionId)?.effectiveDays == nil)
        let lifted = reduced + [.reductionLifted(on: "2026-02-01")]
        given(lifted).when(lifting { $0.revoked = true }, rules: try .shipped).thenAccepted()
        given(lifted).when(lifting(), rules: try .shipped).thenRejected(.alreadyLifted)
        given(reduced + [.reductionLifted(on: "2026-01-01", revoked: true)])
            .when(lifting { $0.revoked = true }, rules: try .shipped).thenRejected(.alreadyLifted)
    }

    @Test func whatIsOverOrUnknownIsNotLifted() throws {
        given(reduced).when(lifting { $0.on = "2026-04-01" }, rules: try .shipped).thenRejected(.reductionOver)
        given(reduced).when(.liftReduction(LiftReduction(reductionId: id(99))), rules: try .shipped)
            .thenRejected(.unknownReduction)
    }
}
