import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Facts that rules ask for") struct RecordFactTests {
    private static let application = id(99)

    private static func recording(
        _ fact: String = "application-received", _ factId: UUID = application, matter: UUID? = nil,
        on day: CalendarDate? = nil, under basis: String? = "§ 14 SGB IX"
    ) -> CaseCommand {
        .recordFact(RecordFact(factId: factId, fact: fact, matter: matter, on: day, legalBasis: basis))
    }

    private static func correcting(
        _ day: CalendarDate? = nil, withdrawn: Bool? = nil, because reason: String = "the stamp says so"
    ) -> CaseCommand {
        .correctFact(CorrectFact(factId: application, on: day, withdrawn: withdrawn, reason: reason))
    }

    private static let received = CaseEvent.factRecorded(
        FactRecorded(
            factId: application, fact: "application-received", matter: application, on: "2026-03-02",
            legalBasis: "§ 14 SGB IX"))

    private let rules: RuleBook

    init() throws { rules = try .shipped }

    private static func given(_ events: CaseEvent...) -> Given<CaseDecider> { given(events) }

    private static func given(_ events: [CaseEvent]) -> Given<CaseDecider> {
        Given(
            [.participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice).by(.youthOffice)]
                + events.map { Past(event: $0).on("2026-03-02") })
    }

    @Test func whatARuleAsksForIsRecorded() {
        Self.given().when(Self.recording(on: "2026-03-02"), rules: rules).thenEvents([Self.received])
        Self.given(Self.received).when(
            Self.recording("report-ordered", id(100), matter: Self.application, on: "2026-03-02", under: nil),
            rules: rules
        ).thenEvents([
            .factRecorded(
                FactRecorded(
                    factId: id(100), fact: "report-ordered", matter: Self.application, on: "2026-03-02"))
        ])
    }

    @Test func nothingElseIs() {
        let known = rules.recordedFacts(on: "2026-03-02")
        #expect(known.contains(FactPattern("application-received", kind: "§ 14 SGB IX")))
        #expect(known.contains(FactPattern("report-ordered")) && !known.contains(FactPattern("plan-reviewed")))
        for command in [
            Self.recording("plan-agreed", on: "2026-03-02"), Self.recording("aplication-received", on: "2026-03-02"),
            // No period begins with an application of which nobody says what kind it is.
            Self.recording(on: "2026-03-02", under: nil), Self.recording(on: "2026-03-02", under: "§ 16 SGB IX"),
        ] {
            Self.given().when(command, rules: rules).thenRejected(.noSuchFact(known))
        }
        Self.given().when(Self.recording(on: "2026-03-02", under: " "), rules: rules).thenRejected(
            .emptyText("legalBasis"))
        #expect(Rejection.noSuchFact(known).detail.contains("application-received with the legalBasis § 14 SGB IX"))
    }

    @Test func onlyAnEngagedOfficeAndOnlyWhatHappened() {
        Self.given(Self.received).when(Self.recording(), rules: rules).thenRejected(.factExists)
        Self.given().when(Self.recording(), by: .socialOffice).thenRejected(.officeNotEngaged)
        Self.given().when(Self.recording(on: "2026-03-03"), rules: rules).thenRejected(.inTheFuture("2026-03-03"))
        #expect(
            CommandPolicy.judge(Self.recording(), by: .socialOffice, on: Self.given().state)
                == .notFound)
    }

    @Test func itIsCorrectedWithAReason() throws {
        let moved = CaseEvent.factCorrected(
            FactCorrected(
                factId: Self.application, on: "2026-02-27",
                personal: FactCorrected.Personal(reason: "the stamp says so")))
        Self.given(Self.received).when(Self.correcting("2026-02-27")).thenEvents([moved])
        #expect(try #require(Self.given(Self.received, moved).state.recordedFacts.first).on == "2026-02-27")
        Self.given(Self.received).when(Self.correcting("2026-03-02")).thenRejected(.nothingChanges)
        Self.given(Self.received).when(Self.correcting()).thenRejected(.nothingChanges)
        Self.given(Self.received).when(Self.correcting("2026-02-27", because: " ")).thenRejected(.emptyText("reason"))
        Self.given().when(Self.correcting("2026-02-27")).thenRejected(.unknownFact)
        Self.given(Self.received).when(Self.correcting("2026-02-27"), by: .youthOffice).thenRejected(.notYourFact)
        #expect(
            CommandPolicy.judge(Self.correcting(), by: .youthOffice, on: Self.given(Self.received).state)
                == .forbidden(Rejection.notYourFact.detail))
    }

    @Test func whatDidNotHappenDoesNotCountAndKeepsItsNumber() {
        let again = CaseEvent.factRecorded(
            FactRecorded(
                factId: id(100), fact: "application-received", matter: Self.application, on: "2026-03-04",
                legalBasis: "§ 14 SGB IX"))
        let withdrawn = CaseEvent.factCorrected(
            FactCorrected(factId: Self.application, on: "2026-03-02", withdrawn: true))
        func numbers(_ events: CaseEvent...) -> [Int] {
            Self.given(events).state.datedFacts(of: id(1)).filter { $0.name == "application-received" }.map(\.number)
        }
        #expect(numbers(Self.received, again) == [1, 2])
        #expect(numbers(Self.received, again, withdrawn) == [2])
        #expect(numbers(Self.received, withdrawn) == [])
    }

    // MARK: Periods

    private func deadlines(_ events: [CaseEvent]) -> [String: [CalendarDate?]] {
        let found = DeadlineBook(rules).deadlines(
            of: Self.given(events).state.datedFacts(of: id(1)), in: id(1), calendar: HolidayCalendar(land: .hessen))
        return Dictionary(
            uniqueKeysWithValues: found.map { ("\($0.rule.id) \($0.period.name)", [$0.endsOn, $0.metOn]) })
    }

    private func fact(
        _ name: String, _ day: CalendarDate, of matter: UUID = application, under basis: String? = nil
    ) -> CaseEvent {
        .factRecorded(
            FactRecorded(factId: UUID(), fact: name, matter: matter, on: day, legalBasis: basis))
    }

    /// Received on Monday, 2 March 2026.
    @Test func theFirstOfficesTwoWeeks() {
        let received = fact("application-received", "2026-03-02", under: "§ 14 Abs. 1 SGB IX")
        #expect(
            deadlines([received]) == [
                "forward-application forward": ["2026-03-16", nil],
                "forward-application decide-if-kept": ["2026-03-23", nil],
            ])
        let kept = deadlines([received, fact("application-kept", "2026-03-10")])
        #expect(kept["forward-application forward"] == ["2026-03-16", "2026-03-10"])
        #expect(kept["forward-application decide-if-kept"] == ["2026-03-23", nil])
        // A referral that takes the application's id forwards it, also on the same day; the other office has its own time.
        let forwarded = deadlines([
            received,
            .referralRequested(
                ReferralRequested(
                    referralId: Self.application, from: .jobCentre, to: .youthOffice, service: "s",
                    legalBasis: "§ 14 SGB IX", categories: [], answerDue: "2026-04-30")),
        ])
        #expect(forwarded["forward-application forward"]?.last != .some(nil))
        #expect(forwarded["forward-application decide-if-kept"]?.last != .some(nil))
        #expect(forwarded["forward-application decide"]?.last == .some(nil))
    }

    @Test func theReportTakesThePlaceOfThreeWeeks() {
        let received = fact("application-received", "2026-03-02", under: "§ 14 SGB IX")
        let ordered = deadlines([received, fact("report-ordered", "2026-03-05")])
        #expect(ordered["forward-application decide-if-kept"] == ["2026-03-23", "2026-03-05"])
        #expect(ordered["expert-report report"] == ["2026-03-19", nil])
        // Two weeks after Friday, 20 March, is Good Friday.
        let arrived = [received, fact("report-ordered", "2026-03-05"), fact("report-received", "2026-03-20")]
        #expect(deadlines(arrived)["expert-report report"] == ["2026-03-19", "2026-03-20"])
        #expect(deadlines(arrived)["forward-application decide-after-report"] == ["2026-04-07", nil])
        #expect(
            deadlines(arrived + [fact("application-decided", "2026-04-01")])["forward-application decide-after-report"]
                == ["2026-04-07", "2026-04-01"])
    }

    @Test func severalProvidersAndAConferenceTakeThePlaceOfTheFirstPeriods() {
        let received = fact("application-received", "2026-03-02", under: "§ 14 SGB IX")
        let several = [received, fact("application-received", "2026-03-02", under: "§ 15 SGB IX")]
        #expect(
            deadlines(several) == [
                "forward-application forward": ["2026-03-16", "2026-03-02"],
                "forward-application decide-if-kept": ["2026-03-23", "2026-03-02"],
                "several-providers decide": ["2026-04-13", nil],
            ])
        let conference = several + [fact("application-received", "2026-03-02", under: "§ 20 SGB IX")]
        #expect(deadlines(conference)["several-providers decide"] == ["2026-04-13", "2026-03-02"])
        // Two months after 2 March is Saturday, 2 May.
        #expect(deadlines(conference)["several-providers decide-with-conference"] == ["2026-05-04", nil])
    }

    @Test func theAgreementOnSupportMayComeBefore() {
        let begun = fact("continuing-support-begun", "2026-03-02")
        #expect(deadlines([begun])["support-agreement agree"] == ["2026-03-30", nil])
        for day: CalendarDate in ["2026-02-20", "2026-03-02", "2026-03-25"] {
            #expect(
                deadlines([begun, fact("support-agreed", day)])["support-agreement agree"] == ["2026-03-30", day])
        }
        #expect(
            deadlines([begun, fact("support-agreed", "2026-03-25", of: id(101))])["support-agreement agree"]
                == ["2026-03-30", nil])
    }

    @Test func followOnSupportRunsOut() {
        #expect(
            deadlines([fact("supported-employment-begun", "2026-08-31")])["follow-on-support longest"]
                == ["2027-02-28", nil])
    }
}
