import CaseTiming
import Foundation
import Ledger
import RuleFiles
import Testing

@testable import CaseFile

extension Past<CaseEvent> {
    static func participantErased() -> Past {
        Past(event: .participantErased(ParticipantErased(ground: .notNecessary)))
    }
}

@Suite("erase-participant") struct EraseParticipantTests {
    private let erasing = CaseCommand.eraseParticipant(EraseParticipant(ground: .notNecessary))
    private let closed: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre), .caseClosed()]

    private func when(
        _ past: [Past<CaseEvent>], on today: CalendarDate = "2026-03-02", around surroundings: Surroundings = .init()
    ) throws -> Outcome<CaseDecider> {
        given(past).when(
            erasing, by: .administrator, on: today, today: today, around: surroundings, rules: try .shipped)
    }

    @Test func leavesNothingOfThePerson() throws {
        let outcome = try when(closed)
        outcome.thenEvents([.participantErased(ParticipantErased(ground: .notNecessary))])
        let state = outcome.thenState()
        #expect(state.isErased && state.participant?.personal == nil)
        #expect(state.dataProtection.erasure?.erased == Provenance(office: nil, on: "2026-03-02"))
        #expect(CaseDecider.erases(.participantErased(ParticipantErased(ground: .objection))))
        #expect(!CaseDecider.erases(.caseClosed(CaseClosed())))
    }

    @Test func isOnce() throws {
        try when(closed + [.participantErased()]).thenNothing()
    }

    @Test func nothingIsRecordedOfAnErasedPerson() {
        let erased = given(closed + [.participantErased()])
        erased.when(.reopenCase(ReopenCase())).thenRejected(.participantErased)
        erased.when(.setLegalHold(SetLegalHold(holdId: holdId, reason: "r"))).thenRejected(.participantErased)
        erased.when(.correctParticipant(CorrectParticipant(givenName: "A"))).thenRejected(.participantErased)
        erased.when(.openFinding(OpenFinding(finding: .gap())), by: .worker).thenNothing()
    }

    @Test func waitsForTheEndOfTheWork() throws {
        try when([.participantRegistered(), .officeEngaged(.jobCentre)]).thenRejected(.caseNotAtRest)
        given(closed).when(erasing, by: .administrator, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func waitsForLegalHolds() throws {
        let rejection = try #require(try when(closed + [.legalHoldSet()]).thenRejected("legal-hold"))
        #expect(rejection.detail.contains("2026-01-05") && !rejection.detail.contains("lawsuit"))
        try when(closed + [.legalHoldSet(), .legalHoldLifted()]).thenAccepted()
    }

    @Test func respectsWhoWantsTheDataKept() throws {
        try when(closed + [.processingRestricted(.neededForClaims)]).thenRejected("erasure-unwanted")
        try when(closed + [.processingRestricted(.unlawfulProcessing, [.timing])]).thenRejected("erasure-unwanted")
        try when(closed + [.processingRestricted(.neededForClaims), .restrictionLifted()]).thenAccepted()
        // What was restricted because it could not be erased yet is erased when it can.
        try when(closed + [.processingRestricted(.erasureBarred)]).thenAccepted()
    }

    @Test func waitsForRetentions() throws {
        let subsidised: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(kind: .subsidised),
            .placementAccepted(), .placementStarted(), .wageSubsidyGranted(), .placementEnded(), .caseClosed(),
        ]
        let rejection = try #require(try when(subsidised).thenRejected("retention-running"))
        #expect(rejection.detail.contains("through 2030-12-31") && rejection.detail.contains("§ 45 Abs. 1 SGB I"))
        try when(subsidised, on: "2030-12-31").thenRejected("retention-running")
        try when(subsidised, on: "2031-01-01").thenAccepted()
        // Without rules nothing is kept: an installation without them erases what the offices say is not needed.
        given(subsidised).when(erasing, by: .administrator).thenAccepted()
    }

    @Test func takesMergedCasesAlong() throws {
        let double = given([.participantRegistered(), .caseClosed(), .caseMerged(into: id(1))])
        let survivor = closed + [.caseAbsorbed(id(2))]
        let around = Surroundings(others: [id(2): double.state])
        let outcome = try when(survivor, around: around)
        outcome.thenAccepted()
        #expect(erasing.needs(given: given(survivor).state) == Needs(cases: [id(2)]))
        #expect(
            consequences(
                of: .participantErased(ParticipantErased(ground: .notNecessary)), given: given(survivor).state)
                == [.otherCase(id(2), .recordErasure(RecordErasure(ground: .notNecessary)))])
        let recording = CaseCommand.recordErasure(RecordErasure(ground: .notNecessary))
        double.when(recording, by: .administrator).thenEvents([
            .participantErased(ParticipantErased(ground: .notNecessary))
        ])
        given(closed + [.participantErased()]).when(recording, by: .administrator).thenNothing()
        let held = given([.participantRegistered(), .legalHoldSet(), .caseClosed(), .caseMerged(into: id(1))]).state
        try when(survivor, around: Surroundings(others: [id(2): held])).thenRejected("legal-hold")
        let merged = try #require(double.when(erasing, by: .administrator).thenRejected("case-merged"))
        #expect(merged.detail.contains(id(1).uuidString.lowercased()))
    }

    @Test func isForAdministratorsOnly() {
        let state = given(closed).state
        #expect(CommandPolicy.judge(erasing, by: .administrator, on: state) == .allowed)
        for actor in [Actor.jobCentre, .supervisor, .auditor, .partner, .worker] {
            guard case .forbidden = CommandPolicy.judge(erasing, by: actor, on: state) else {
                Issue.record("\(actor.role) may erase")
                continue
            }
        }
        let recording = CaseCommand.recordErasure(RecordErasure(ground: .objection))
        guard case .forbidden = CommandPolicy.judge(recording, by: .administrator, on: state) else {
            Issue.record("a consequence is asked for")
            return
        }
    }
}

@Suite("Times for which records are kept") struct RetentionTests {
    @Test func countFromTheEndOfTheYearOrFromAnAge() throws {
        let rules = try RuleBook.shipped
        let minor = given([
            .participantRegistered(), .officeEngaged(.youthOffice),
            .planDrafted(planId, office: .youthOffice, kind: .youthSupport), .planConcluded(), .caseClosed(),
        ]).state
        // Born on 2007-04-01: of age on 2025-04-01, so a plan of 2026 is not one of a minor.
        #expect(minor.retentions(under: rules, on: "2026-03-02").isEmpty)
        let early = given([
            .participantRegistered(), .officeEngaged(.youthOffice),
            .planDrafted(planId, office: .youthOffice, kind: .youthSupport).on("2025-03-31"), .planConcluded(),
            .caseClosed(),
        ]).state
        let kept = try #require(early.retentions(under: rules, on: "2026-03-02").first)
        #expect(kept.records == .youthSupport && kept.through == "2107-03-31")
        #expect(kept.rule.id == "retention-youth-support" && kept.rule.source.contains("§ 9b"))
        // The rule did not hold before.
        #expect(early.retentions(under: rules, on: "2025-06-30").isEmpty)
    }

    @Test func applyOnlyWhereTheyAreVerified() throws {
        let rules = try RuleBook.shipped
        #expect(rules.version(of: "retention-job-centre-file", on: "2026-03-02")?.status == .unverified)
        #expect(
            given([.participantRegistered(), .caseClosed()]).state.retentions(under: rules, on: "2026-03-02") == [])
    }

    @Test func countOnlyWhenTheCaseIsAtRest() throws {
        let kept = Rule(
            id: "retention-test", title: "t", source: "s", validFrom: "2020-01-01", event: "e",
            terms: .retention(
                RetentionTerms(records: "case-file", length: PeriodLength("P10Y")!, begins: .record)))
        let rules = try RuleBook([kept])
        #expect(given(.participantRegistered()).state.retentions(under: rules, on: "2026-03-02") == [])
        let closed = given(.participantRegistered(), .caseClosed()).state
        #expect(closed.retentions(under: rules, on: "2026-03-02").map(\.through) == ["2036-01-05"])
        let placements = Rule(
            id: "retention-other", title: "t", source: "s", validFrom: "2020-01-01", event: "e",
            terms: .retention(RetentionTerms(records: "placements", length: PeriodLength("P1M")!, begins: .record)))
        let offered = given(.participantRegistered(), .placementOffered(), .placementRefused(), .caseClosed()).state
        #expect(
            offered.retentions(under: try RuleBook([placements]), on: "2026-03-02").map(\.records) == [.placements])
    }
}
