import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Deadlines") struct DeadlineTests {
    private static let deadlineId = id(97)
    private static let rule = RuleReference(id: "cooperation-plan", version: "2023-07-01", source: "§ 15 SGB II")

    private static func setting(
        _ end: CalendarDate = "2026-07-05", from: CalendarDate = "2026-01-05"
    ) -> CaseCommand {
        .setDeadline(
            SetDeadline(
                deadlineId: deadlineId, rule: rule, title: "Cooperation plan", period: "update", office: .jobCentre,
                subject: planId, from: from, endsOn: end))
    }

    /// A case in which the job centre has until 5 July, and what happened to that since.
    private static func given(
        _ events: CaseEvent..., ending end: CalendarDate = "2026-07-05", from: CalendarDate = "2026-01-05"
    ) -> Given<CaseDecider> {
        let set = CaseEvent.deadlineSet(
            DeadlineSet(
                deadlineId: deadlineId, rule: rule, title: "Cooperation plan", period: "update", office: .jobCentre,
                subject: planId, from: from, endsOn: end))
        return Given(
            [.participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice).by(.youthOffice)]
                + ([set] + events).map { Past(event: $0) })
    }

    private static func extending(_ day: CalendarDate, because reason: String = "ill") -> CaseCommand {
        .extendDeadline(ExtendDeadline(deadlineId: deadlineId, until: day, reason: reason))
    }

    private static func shortening(_ day: CalendarDate) -> CaseCommand {
        .shortenDeadline(ShortenDeadline(deadlineId: deadlineId, until: day, reason: "it begins earlier"))
    }

    private static func suspending(_ day: CalendarDate? = nil) -> CaseCommand {
        .suspendDeadline(SuspendDeadline(deadlineId: deadlineId, on: day, reason: "papers are missing"))
    }

    private static func resuming(_ day: CalendarDate? = nil) -> CaseCommand {
        .resumeDeadline(ResumeDeadline(deadlineId: deadlineId, on: day))
    }

    private static let suspended = CaseEvent.deadlineSuspended(
        DeadlineSuspended(deadlineId: deadlineId, on: "2026-03-01"))

    private func deadline(_ state: CaseState) throws -> Deadline { try #require(state.deadline(Self.deadlineId)) }

    @Test func aDeadlineIsSetOnce() throws {
        Self.given().when(Self.setting(), by: .worker).thenNothing()
        let deadline = try deadline(Self.given().state)
        #expect(deadline.endsOn == "2026-07-05" && deadline.status == .running)
    }

    @Test func aCorrectedFactKeepsTheOldDay() throws {
        let moved = try deadline(
            Self.given().when(Self.setting("2026-07-12", from: "2026-01-12"), by: .worker).thenState())
        #expect(moved.endsOn == "2026-07-12" && moved.from == "2026-01-12")
        #expect(moved.formerEnds.map(\.endsOn) == ["2026-07-05"])
        #expect(moved.formerEnds.map(\.change) == [.recalculated])
    }

    @Test func itIsExtendedWithAReason() throws {
        let extended = try deadline(Self.given().when(Self.extending("2026-08-31")).thenState())
        #expect(extended.endsOn == "2026-08-31" && extended.formerEnds.map(\.reason) == ["ill"])
        #expect(extended.formerEnds.map(\.change) == [.extended])
        Self.given().when(Self.extending("2026-07-05")).thenRejected(.notExtended)
        Self.given().when(Self.extending("2026-08-31", because: " ")).thenRejected("invalid-reason")
    }

    /// § 26 Abs. 7 SGB X.
    @Test func itIsExtendedAfterItEndedToo() throws {
        let extended = Self.given(ending: "2026-01-20").when(Self.extending("2026-03-31"), today: "2026-03-02")
        #expect(try deadline(extended.thenState()).endsOn == "2026-03-31")
    }

    @Test func itIsShortenedWithAReason() throws {
        let shortened = try deadline(Self.given().when(Self.shortening("2026-05-31")).thenState())
        #expect(shortened.endsOn == "2026-05-31" && shortened.formerEnds.map(\.change) == [.shortened])
        Self.given().when(Self.shortening("2026-07-05")).thenRejected(.notShortened)
        Self.given().when(Self.shortening("2026-01-04")).thenRejected(.notShortened)
        // One that counts towards what is to happen lies before that.
        Self.given(ending: "2026-07-05", from: "2027-07-05").when(Self.shortening("2026-05-31")).thenAccepted()
    }

    @Test func whatAnOfficeSetStaysWhenAFactIsCorrected() throws {
        let extended = CaseEvent.deadlineExtended(DeadlineExtended(deadlineId: Self.deadlineId, until: "2026-08-31"))
        let corrected = try deadline(
            Self.given(extended).when(Self.setting("2026-07-12"), by: .worker).thenState())
        #expect(corrected.endsOn == "2026-08-31" && corrected.computedEnd == "2026-07-12")
        #expect(corrected.formerEnds.map(\.change) == [.extended])
    }

    /// § 209 BGB: 1 to 10 March are ten days that do not count.
    @Test func suspendedDaysAreAdded() throws {
        let pausing = try deadline(Self.given(Self.suspended).state)
        #expect(pausing.status == .suspended && pausing.endsOn == "2026-07-05")
        let resumed = try deadline(
            Self.given(Self.suspended).when(Self.resuming("2026-03-11"), today: "2026-03-11").thenState())
        #expect(resumed.endsOn == "2026-07-15" && resumed.status == .running)
        #expect(resumed.formerEnds.map(\.change) == [.suspended])
    }

    @Test func itIsSuspendedOnceAndWhileItRuns() {
        Self.given().when(Self.suspending()).thenAccepted()
        Self.given().when(Self.suspending("2026-01-04")).thenRejected(.notRunningThen)
        Self.given(ending: "2026-01-20").when(Self.suspending()).thenRejected(.notRunningThen)
        Self.given(Self.suspended).when(Self.suspending()).thenRejected(.deadlineSuspended)
        Self.given(Self.suspended).when(Self.extending("2026-12-31")).thenRejected(.deadlineSuspended)
        Self.given(Self.suspended).when(Self.shortening("2026-05-31")).thenRejected(.deadlineSuspended)
        Self.given(Self.suspended).when(Self.resuming("2026-02-28")).thenRejected(.resumedBeforeSuspended)
        Self.given().when(Self.resuming()).thenRejected(.deadlineNotSuspended)
    }

    /// Suspended for ten days, it would end on Wednesday, 15 July; where that is no working day, on the 16th.
    @Test func itsEndIsMovedToAWorkingDayWithoutAnotherOldDay() throws {
        let resumed = CaseEvent.deadlineResumed(
            DeadlineResumed(deadlineId: Self.deadlineId, on: "2026-03-11", days: 10))
        let running = Self.given(Self.suspended, resumed)
        #expect(try deadline(running.state).endsOn == "2026-07-15")
        let moved = running.when(Self.setting("2026-07-06"), by: .worker).thenState()
        #expect(try deadline(moved).endsOn == "2026-07-16")
        #expect(try deadline(moved).formerEnds.map(\.endsOn) == ["2026-07-05"])
        // A suspension that comes to nothing leaves no old day.
        let nothing = running.when(Self.setting("2026-06-25"), by: .worker).thenState()
        #expect(try deadline(nothing).endsOn == "2026-07-05" && deadline(nothing).formerEnds.isEmpty)
        // That what began it was on another day is another last day, as always.
        let corrected = running.when(Self.setting("2026-07-06", from: "2026-01-06"), by: .worker).thenState()
        #expect(try deadline(corrected).formerEnds.map(\.endsOn) == ["2026-07-05", "2026-07-15"])
    }

    @Test func onlyItsOfficeDecidesAboutIt() {
        Self.given().when(Self.suspending(), by: .youthOffice).thenRejected(.notYourDeadline)
        let state = Self.given().state
        for command in [
            Self.suspending(), Self.resuming(), Self.extending("2026-12-31"), Self.shortening("2026-05-31"),
        ] {
            #expect(
                CommandPolicy.judge(command, by: .youthOffice, on: state)
                    == .forbidden(Rejection.notYourDeadline.detail))
            #expect(CommandPolicy.judge(command, by: .jobCentre, on: state) == .allowed)
        }
    }

    @Test func onlyTheWorkerSetsAndClosesIt() {
        let closing = CaseCommand.closeDeadline(CloseDeadline(deadlineId: Self.deadlineId, outcome: .void))
        for command in [Self.setting(), closing] {
            #expect(CommandPolicy.judge(command, by: .worker, on: Self.given().state) == .allowed)
            #expect(CommandPolicy.judge(command, by: .jobCentre, on: Self.given().state) != .allowed)
            #expect(CaseCommand.kind(named: command.name)?.origin == .system)
        }
    }

    @Test func whatHasEndedStaysAsItIs() throws {
        let met = CaseEvent.deadlineClosed(
            DeadlineClosed(deadlineId: Self.deadlineId, outcome: .met, on: "2026-02-01"))
        #expect(try deadline(Self.given(met).state).status == .met)
        let closing = CaseCommand.closeDeadline(CloseDeadline(deadlineId: Self.deadlineId, outcome: .void))
        Self.given(met).when(closing, by: .worker).thenNothing()
        Self.given(met).when(Self.extending("2026-12-31")).thenRejected(.deadlineClosed)
        Self.given().when(
            .extendDeadline(ExtendDeadline(deadlineId: planId, until: "2026-12-31", reason: "r"))
        ).thenRejected(.unknownDeadline)
    }

    /// Nothing is set any more in a closed case, and what runs can be ended.
    @Test func aClosedCaseSetsNone() throws {
        let closed = Given<CaseDecider>(
            [.participantRegistered(), .officeEngaged(.jobCentre), .caseClosed()])
        closed.when(Self.setting(), by: .worker).thenNothing()
        let running = Self.given(.caseClosed(CaseClosed()))
        let ended = running.when(
            .closeDeadline(CloseDeadline(deadlineId: Self.deadlineId, outcome: .void)), by: .worker)
        #expect(try deadline(ended.thenState()).status == .void)
    }

    // MARK: What begins and ends them

    private static func computed(
        _ past: [Past<CaseEvent>], land: Land = .hessen
    ) throws -> [ComputedDeadline] {
        let state = Given<CaseDecider>(past).state
        let facts = state.datedFacts(of: id(1))
        #expect(Set(facts.map(\.name)).isSubset(of: DatedFact.names))
        return DeadlineBook(try .shipped).deadlines(
            of: facts, in: id(1), calendar: HolidayCalendar(land: land))
    }

    /// § 15 SGB II: updated at the latest after six months.
    @Test func aCooperationPlanIsUpdated() throws {
        let agreed = try Self.computed(.agreedPlan)
        #expect(agreed.map(\.rule.id) == ["cooperation-plan"] && agreed.map(\.endsOn) == ["2026-07-05"])
        let reviewed = try Self.computed(.agreedPlan + [.planReviewed(on: "2026-02-20")])
        #expect(reviewed.map(\.metOn) == ["2026-02-20", nil])
        #expect(reviewed.map(\.endsOn) == ["2026-07-05", "2026-08-20"] && reviewed.first?.id == agreed.first?.id)
        let concluded = try Self.computed(.agreedPlan + [.planConcluded(on: "2026-02-27")])
        #expect(concluded.map(\.metOn) == ["2026-02-27"])
    }

    /// § 121 SGB IX: reviewed at the latest every two years.
    @Test func aParticipationPlanIsReviewed() throws {
        let found = try Self.computed([
            .participantRegistered(), .officeEngaged(.socialOffice).by(.socialOffice),
            .planDrafted(office: .socialOffice, kind: .participation).by(.socialOffice), .measureAdded(),
            .planAgreed(on: "2026-01-05"),
        ])
        #expect(found.map(\.endsOn) == ["2028-01-05"] && found.map(\.office) == [.socialOffice])
    }

    /// § 14 SGB IX: three weeks from the day on which the application arrives, here Whit Monday, 25 May 2026.
    @Test func aForwardedApplicationIsDecided() throws {
        func past(_ basis: String) -> [Past<CaseEvent>] {
            [.participantRegistered(), .officeEngaged(.jobCentre)]
                + [.referralRequested(legalBasis: basis).on("2026-05-04")]
        }
        let found = try Self.computed(past("§ 14 Abs. 1 Satz 2 SGB IX"))
        #expect(found.map(\.rule.id) == ["forward-application"] && found.map(\.period.name) == ["decide"])
        #expect(found.map(\.office) == [.socialOffice] && found.map(\.endsOn) == ["2026-05-26"])
        #expect(try Self.computed(past("§ 15 Abs. 1 SGB IX")).map(\.period.name) == ["findings"])
        #expect(try Self.computed(past("§ 69 SGB X")).isEmpty)
    }

    /// § 41 Abs. 3 SGB VIII: from one year before the support of a young adult is to end.
    @Test func aHandoverOutOfYouthSupportIsAgreed() throws {
        func past(to last: CalendarDate) -> [Past<CaseEvent>] {
            [
                .participantRegistered(), .officeEngaged(.youthOffice).by(.youthOffice),
                .planDrafted(office: .youthOffice, kind: .youthSupport).by(.youthOffice),
                .measureAdded(from: "2026-02-02", to: last), .planAgreed(), .measureStarted(on: "2026-02-02"),
            ]
        }
        // Born on 1 April 2007, 18 since 2025.
        let found = try Self.computed(past(to: "2027-08-31"))
        #expect(found.map(\.rule.id) == ["transition-out-of-youth-support"] && found.map(\.endsOn) == ["2026-08-31"])
        #expect(found.map(\.office) == [.youthOffice] && found.map(\.metOn) == [nil])
        let corrected = try Self.computed(
            past(to: "2027-08-31")
                + [
                    .measureRevised(
                        MeasureRevised(
                            measureId: measureId, window: DayRange(first: "2026-02-02", atLeastTo: "2027-09-30")))
                ])
        #expect(corrected.map(\.endsOn) == ["2026-09-30"] && corrected.map(\.id) == found.map(\.id))
        let handedOver = try Self.computed(
            past(to: "2027-08-31") + [.referralRequested(from: .youthOffice), .referralAccepted()])
        #expect(handedOver.map(\.metOn) == ["2026-02-26"])
        // It would have ended before it began.
        #expect(try Self.computed(past(to: "2026-12-31")).isEmpty)
        let child = Past<CaseEvent>.participantCorrected(
            ParticipantCorrected(personal: ParticipantCorrected.Personal(bornOn: "2015-04-01")))
        #expect(try Self.computed(past(to: "2027-08-31") + [child]).isEmpty)
    }

    /// § 84 SGG, § 37 Abs. 2 SGB X: posted on Monday, 2 March 2026, it counts as notified on 6 March; a month later is Easter
    /// Monday, 6 April.
    @Test func aReductionCanBeObjectedTo() throws {
        let decided = Past<CaseEvent>(
            event: .reductionDecided(
                ReductionDecided(
                    reductionId: id(80), ground: "breach-of-duty", percentage: 10, step: 1, from: "2026-04-01",
                    to: "2026-04-30", occurredOn: "2026-02-01", hearingHeldOn: "2026-02-10", hardshipExamined: true,
                    rule: Self.rule)), effectiveOn: "2026-03-02")
        let past = [Past<CaseEvent>.participantRegistered(), .officeEngaged(.jobCentre), decided]
        let found = try Self.computed(past)
        #expect(found.map(\.rule.id) == ["objection"] && found.map(\.endsOn) == ["2026-04-07"])
        func lifted(_ revoked: Bool) -> [Past<CaseEvent>] {
            past + [
                Past(event: .reductionLifted(ReductionLifted(reductionId: id(80), on: "2026-04-01", revoked: revoked)))
            ]
        }
        #expect(try Self.computed(lifted(true)).map(\.metOn) == ["2026-03-02"])
        #expect(try Self.computed(lifted(false)).map(\.metOn) == [nil])
    }
}
