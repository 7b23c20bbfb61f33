import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

let subsidyId = id(81)

extension Past<CaseEvent> {
    static func wageSubsidyGranted(
        _ id: UUID = subsidyId, placement: UUID = placementId, from: CalendarDate = "2026-02-02",
        until: CalendarDate = "2026-07-31"
    ) -> Past {
        Past(
            event: .wageSubsidyGranted(
                WageSubsidyGranted(
                    subsidyId: id, placementId: placement, schedule: [SubsidyRate(from: from, rate: 50)], until: until,
                    rule: RuleReference(id: "integration-subsidy", version: "2012-04-01", source: "§§ 88, 89 SGB III")))
        )
    }

    static func wageSubsidyStopped(_ id: UUID = subsidyId, on day: CalendarDate) -> Past {
        Past(event: .wageSubsidyStopped(WageSubsidyStopped(subsidyId: id, on: day)), effectiveOn: day)
    }
}

@Suite("grant-wage-subsidy") struct GrantWageSubsidyTests {
    private static let started: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(kind: .subsidised),
        .placementAccepted(), .placementStarted(),
    ]

    private func granting(
        _ scheme: String = "wage-subsidy-16e", _ schedule: [(CalendarDate, Double)] = [("2026-02-02", 75)],
        until: CalendarDate? = "2027-02-01", version: CalendarDate? = nil
    ) -> CaseCommand {
        .grantWageSubsidy(
            GrantWageSubsidy(
                subsidyId: id(82), placementId: placementId, scheme: scheme,
                schedule: schedule.map { SubsidyRate(from: $0.0, rate: $0.1) }, until: until, ruleVersion: version))
    }

    @Test func recordsTheRule() throws {
        given(Self.started).when(granting(), rules: try .shipped).thenEvents([
            .wageSubsidyGranted(
                WageSubsidyGranted(
                    subsidyId: id(82), placementId: placementId, schedule: [SubsidyRate(from: "2026-02-02", rate: 75)],
                    until: "2027-02-01",
                    rule: RuleReference(id: "wage-subsidy-16e", version: "2019-01-01", source: "§ 16e SGB II")))
        ])
    }

    @Test func lastsAsLongAsTheRuleAndThePlacementAllow() throws {
        let schedule: [(CalendarDate, Double)] = [("2026-02-02", 75), ("2027-02-02", 50)]
        let open = given(Self.started).when(granting("wage-subsidy-16e", schedule, until: nil), rules: try .shipped)
        #expect(open.thenState().subsidies.first?.days == DayRange(first: "2026-02-02", last: "2028-02-01"))
        let limited = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(endsOn: "2027-06-30"),
            .placementAccepted())
        let outcome = limited.when(granting("wage-subsidy-16e", schedule, until: nil), rules: try .shipped)
        #expect(outcome.thenState().subsidies.first?.days.last == "2027-06-30")
        limited.when(granting("wage-subsidy-16e", schedule, until: "2027-07-01"), rules: try .shipped)
            .thenRejected(.subsidyOutsidePlacement)
    }

    @Test func keepsToTheRatesOfEachYear() throws {
        func granted(_ scheme: String, _ schedule: [(CalendarDate, Double)], until: CalendarDate? = nil) throws
            -> Outcome<CaseDecider>
        {
            given([.participantRegistered()] + Self.started.dropFirst()).when(
                granting(scheme, schedule, until: until), rules: try .shipped)
        }
        try granted("wage-subsidy-16e", [("2026-02-02", 75), ("2027-02-02", 50)]).thenAccepted()
        try granted("wage-subsidy-16e", [("2026-02-02", 75.5)]).thenRejected("rate-above-maximum")
        let rejection = try granted("wage-subsidy-16e", [("2026-02-02", 75)]).thenRejected("rate-above-maximum")
        #expect(rejection?.detail.hasPrefix("From 2027-02-02 on at most 50 % can be granted, not 75 %") == true)
        try granted("wage-subsidy-16e", [("2026-02-02", 75), ("2027-02-03", 50)]).thenRejected("rate-above-maximum")
        try granted("wage-subsidy-16e", [("2026-02-02", 75), ("2027-01-02", 50)]).thenAccepted()
        try granted("integration-subsidy", [("2026-02-02", 50)]).thenAccepted()
        try granted("integration-subsidy", [("2026-02-02", 51)]).thenRejected("rate-above-maximum")
        try granted("integration-subsidy", [("2026-02-02", 50)], until: "2027-02-02").thenRejected("subsidy-too-long")
        try granted("integration-subsidy-disabled", [("2026-02-02", 70), ("2027-02-02", 60)]).thenAccepted()
        try granted("integration-subsidy-disabled", [("2026-02-02", 70), ("2027-02-02", 61)])
            .thenRejected("rate-above-maximum")
        try granted("wage-subsidy-16e", [("2026-02-02", 50)], until: "2028-02-02").thenRejected("subsidy-too-long")
    }

    @Test(arguments: [("2001-02-02", true), ("2001-02-03", false)])
    func participationInTheLabourMarketIsFromTwentyFiveOn(_ bornOn: String, _ isAllowed: Bool) throws {
        var history = Self.started
        history[0] = Past(
            event: .participantRegistered(
                ParticipantRegistered(
                    areaId: "gallus",
                    personal: ParticipantRegistered.Personal(
                        givenName: "A", familyName: "B", bornOn: try #require(CalendarDate(bornOn))))))
        let schedule: [(CalendarDate, Double)] = [
            ("2026-02-02", 100), ("2028-02-02", 90), ("2029-02-02", 80), ("2030-02-02", 70),
        ]
        let outcome = given(history).when(granting("wage-subsidy-16i", schedule, until: nil), rules: try .shipped)
        guard isAllowed else {
            outcome.thenRejected("too-young")
            return
        }
        #expect(outcome.thenState().subsidies.first?.days.last == "2031-02-01")
    }

    @Test func needsASchemeInForce() throws {
        let rejection = given(Self.started).when(granting("wage-subsidy-16x"), rules: try .shipped)
            .thenRejected("unknown-scheme")
        #expect(rejection?.detail.contains("integration-subsidy, integration-subsidy-disabled") == true)
        given(Self.started).when(granting("cooperation-plan"), rules: try .shipped).thenRejected("unknown-scheme")
        given(Self.started).when(granting(), on: "2018-12-31", rules: try .shipped)
            .thenRejected("rule-not-in-force")
        given(Self.started).when(granting(version: "2020-01-01"), rules: try .shipped)
            .thenRejected("rule-not-in-force")
        given(Self.started).when(granting(version: "2019-01-01"), rules: try .shipped).thenAccepted()
    }

    @Test func aNewSchemeNeedsNoCode() throws {
        let rules = try RuleBook([
            Rule(
                id: "pilot", title: "Pilot", source: "§ 1 XYZ", validFrom: "2026-01-01", event: "It begins.",
                terms: .wageSubsidy(WageSubsidyTerms(steps: [.init(months: 3, rate: 20)])))
        ])
        given(Self.started).when(granting("pilot", [("2026-02-02", 20)], until: nil), rules: rules).thenAccepted()
        given(Self.started).when(granting("pilot", [("2026-02-02", 21)], until: nil), rules: rules)
            .thenRejected("rate-above-maximum")
    }

    @Test(
        arguments: [
            ([], "schedule-empty"), ([("2026-02-02", 0)], "invalid-rate"), ([("2026-02-02", 100.5)], "invalid-rate"),
            ([("2026-02-02", -1)], "invalid-rate"), ([("2026-02-02", .nan)], "invalid-rate"),
            ([("2026-03-02", 50), ("2026-03-02", 40)], "schedule-out-of-order"),
            ([("2026-03-02", 50), ("2026-02-02", 40)], "schedule-out-of-order"),
            ([("2026-02-02", 50), ("2027-02-02", 40)], "schedule-out-of-order"),
            ([("1026-02-02", 50)], "invalid-date"), ([("2026-02-01", 50)], "subsidy-outside-placement"),
            ([("2027-02-02", 50)], "ends-before-start"),
        ] as [([(String, Double)], String)]) func needsASchedule(_ schedule: [(String, Double)], _ rule: String) throws
    {
        let schedule = try schedule.map { (try #require(CalendarDate($0.0)), $0.1) }
        given(Self.started).when(granting("wage-subsidy-16e", schedule), rules: try .shipped).thenRejected(rule)
    }

    @Test func needsAnAcceptedPlacement() throws {
        given(Self.started.dropLast(3)).when(granting(), rules: try .shipped).thenRejected(.unknownPlacement)
        given(Self.started.dropLast(2)).when(granting(), rules: try .shipped).thenRejected(.notAccepted)
        given(Self.started.dropLast(1)).when(granting(), rules: try .shipped).thenAccepted()
        given(Self.started + [.placementEnded()]).when(granting(), rules: try .shipped).thenRejected(.alreadyEnded)
    }

    @Test func isOneAtATime() throws {
        let granted = Self.started + [.wageSubsidyGranted()]
        given(granted).when(granting(), rules: try .shipped).thenRejected(.overlappingSubsidy)
        given(granted + [.wageSubsidyStopped(on: "2026-02-27")]).when(
            granting("wage-subsidy-16e", [("2026-02-28", 75)], until: nil), rules: try .shipped
        ).thenRejected("rate-above-maximum")
        given(granted + [.wageSubsidyStopped(on: "2026-02-27")]).when(
            granting("wage-subsidy-16e", [("2026-02-28", 75)]), rules: try .shipped
        ).thenAccepted()
        given(Self.started + [.wageSubsidyGranted(id(82))]).when(granting(), rules: try .shipped)
            .thenRejected(.subsidyExists)
    }
}

@Suite("stop-wage-subsidy") struct StopWageSubsidyTests {
    private let granted: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(), .placementAccepted(),
        .placementStarted(), .wageSubsidyGranted(),
    ]

    private func stopping(on day: CalendarDate? = nil) -> CaseCommand {
        .stopWageSubsidy(StopWageSubsidy(subsidyId: subsidyId, on: day, reason: "No wage."))
    }

    @Test func endsASubsidy() {
        let state = given(granted).when(stopping()).thenState()
        #expect(state.subsidy(subsidyId)?.effectiveDays == DayRange(first: "2026-02-02", last: "2026-03-02"))
        #expect(state.subsidy(subsidyId)?.stop?.reason == "No wage.")
    }

    @Test func beforeItsFirstDayItNeverWas() {
        let state = given(granted).when(stopping(on: "2026-02-01")).thenState()
        #expect(state.subsidy(subsidyId)?.effectiveDays == nil)
    }

    @Test func endsOnceAndBeforeItsLastDay() {
        given(granted + [.wageSubsidyStopped(on: "2026-02-20")]).when(stopping()).thenRejected(.alreadyStopped)
        given(granted).when(stopping(on: "2026-07-31")).thenRejected(.subsidyOver)
        given(granted).when(stopping(on: "2026-07-30")).thenAccepted()
        given(granted).when(.stopWageSubsidy(StopWageSubsidy(subsidyId: id(99)))).thenRejected(.unknownSubsidy)
    }

    @Test func nobodyIsPaidAfterThePlacement() {
        let end = CaseCommand.endPlacement(EndPlacement(placementId: placementId, on: "2026-03-01"))
        given(granted).when(end).thenEvents([
            .placementEnded(PlacementEnded(placementId: placementId, on: "2026-03-01")),
            .wageSubsidyStopped(WageSubsidyStopped(subsidyId: subsidyId, on: "2026-03-01")),
        ])
        let stopped = granted + [.wageSubsidyStopped(on: "2026-03-01")]
        given(stopped).when(end).thenEvents([
            .placementEnded(PlacementEnded(placementId: placementId, on: "2026-03-01"))
        ])
    }
}
