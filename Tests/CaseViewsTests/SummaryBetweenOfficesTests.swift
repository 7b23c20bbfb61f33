import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("What the summary counts between offices")
struct SummaryBetweenOfficesTests {
    /// The job centre asks the social office in six cases on 10 March, by 24 March: four answers come on 20 March, three of
    /// them yes, one yes on 5 April, one never. In one case they meet, and keep what they agreed or do not.
    private func makeDesk() async throws -> LedgerDesk {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        for index in 0..<6 {
            var story = CaseStory.registered(engaged: [.jobCentre, .socialOffice])
            let referral = UUID()
            story.given(
                .referralRequested(
                    ReferralRequested(
                        referralId: referral, from: .jobCentre, to: .socialOffice, service: "s", legalBasis: "law",
                        categories: [.benefits], answerDue: "2026-03-24")), on: "2026-03-10")
            switch index {
            case 0: story.given(.referralAccepted(ReferralAccepted(referralId: referral)), on: "2026-04-05")
            case 1: story.given(.referralDeclined(ReferralDeclined(referralId: referral)), on: "2026-03-20")
            case 2...4: story.given(.referralAccepted(ReferralAccepted(referralId: referral)), on: "2026-03-20")
            default: break
            }
            if index == 2 {
                story.given(.referralCompleted(ReferralCompleted(referralId: referral)), on: "2026-04-10")
                meet(&story)
            }
            if index == 3 {
                story.given(.referralWithdrawn(ReferralWithdrawn(referralId: referral)), on: "2026-04-02")
                for caseworker in ["so-8", "so-8", "so-9"] {
                    story.given(
                        .caseworkerReassigned(CaseworkerReassigned(office: .socialOffice, caseworker: caseworker)),
                        by: .socialOffice, on: "2026-04-15")
                }
                story.given(
                    .officeDisengaged(OfficeDisengaged(office: .socialOffice, successor: .jobCentre)),
                    by: .socialOffice, on: "2026-04-30")
            }
            try await desk.append(story)
        }
        try await desk.project()
        return desk
    }

    private func meet(_ story: inout CaseStory) {
        let conference = UUID()
        story.given(
            .conferenceCalled(
                ConferenceCalled(
                    conferenceId: conference, office: .jobCentre, participants: [.jobCentre, .socialOffice],
                    at: WallTime("2026-03-31T10:00")!, consents: [1], categories: [.benefits])), on: "2026-03-25")
        story.given(.conferenceMinuted(ConferenceMinuted(conferenceId: conference, commitments: [])), on: "2026-04-01")
        let promises = (0..<4).map { _ in UUID() }
        for promise in promises {
            story.given(
                .commitmentMade(
                    CommitmentMade(
                        commitmentId: promise, office: .socialOffice, to: [.jobCentre], by: "2026-04-15",
                        conferenceId: conference)), on: "2026-04-01")
        }
        story.given(.commitmentKept(CommitmentKept(commitmentId: promises[0], on: "2026-04-15")), on: "2026-04-20")
        story.given(.commitmentKept(CommitmentKept(commitmentId: promises[1], on: "2026-04-16")), on: "2026-04-20")
        story.given(.commitmentBroken(CommitmentBroken(commitmentId: promises[2], on: "2026-05-02")), on: "2026-05-02")
        story.given(
            .commitmentWithdrawn(CommitmentWithdrawn(commitmentId: promises[3], on: "2026-04-03")), on: "2026-04-03")
    }

    private func row(
        _ desk: LedgerDesk, _ month: String, _ office: Office?, as viewer: Office = .socialOffice,
        today: CalendarDate = "2026-06-01"
    ) async throws -> SummaryRow {
        let report = try await desk.queries.summary(
            SummaryQuery(
                actor: Actor(subject: "s", role: .supervisor, office: viewer), today: today,
                from: CalendarMonth("2026-03")!, to: CalendarMonth("2026-06")!)
        ).value
        return try #require(
            report.areas.first?.rows.first { $0.month.description == month && $0.office == office })
    }

    private func expect(_ row: SummaryRow, _ numbers: [SummaryIndicator: Int]) {
        for (indicator, number) in numbers { #expect(row[indicator] == .count(number), "\(indicator.rawValue)") }
    }

    @Test("referrals, and for how long they wait")
    func referrals() async throws {
        let desk = try await makeDesk()
        expect(
            try await row(desk, "2026-03", .socialOffice),
            [
                .referralsAccepted: 3, .referralsDeclined: 1, .referralsAnsweredLate: 0, .referralsRequested: 0,
                // Four wait from the 10th to the 19th, two to the end of the month.
                .referralsWaiting: 6, .referralsWaitingDays: 4 * 10 + 2 * 22,
            ])
        expect(
            try await row(desk, "2026-04", .socialOffice),
            [
                .referralsAccepted: 1, .referralsAnsweredLate: 1, .referralsCompleted: 1, .referralsWaiting: 2,
                .referralsWaitingDays: 4 + 30, .referralsWithdrawn: 0,
            ])
        expect(try await row(desk, "2026-05", .socialOffice), [.referralsWaiting: 1, .referralsWaitingDays: 31])
        expect(
            try await row(desk, "2026-05", .socialOffice, today: "2026-05-10"),
            [.referralsWaiting: 1, .referralsWaitingDays: 10])
        let asking = try await row(desk, "2026-03", .jobCentre, as: .jobCentre)
        expect(asking, [.referralsRequested: 6, .referralsWaiting: 0, .referralsAccepted: 0])
        expect(try await row(desk, "2026-04", .jobCentre, as: .jobCentre), [.referralsWithdrawn: 1])
    }

    @Test("commitments are scored by office: kept, late, broken, withdrawn")
    func commitments() async throws {
        let desk = try await makeDesk()
        expect(
            try await row(desk, "2026-04", .socialOffice),
            [
                .commitmentsMade: 4, .commitmentsKept: 1, .commitmentsLate: 1, .commitmentsWithdrawn: 1,
                .commitmentsBroken: 0,
            ])
        expect(try await row(desk, "2026-05", .socialOffice), [.commitmentsBroken: 1, .commitmentsMade: 0])
        expect(try await row(desk, "2026-03", .jobCentre, as: .jobCentre), [.conferencesHeld: 1, .commitmentsMade: 0])
    }

    @Test("a case is handed on when somebody else takes over, or a successor")
    func handOffs() async throws {
        expect(try await row(try await makeDesk(), "2026-04", .socialOffice), [.handOffs: 3])
    }

    @Test("another office's small numbers are suppressed, and with few referrals their days")
    func smallCells() async throws {
        let desk = try await makeDesk()
        let march = try await row(desk, "2026-03", .socialOffice, as: .jobCentre)
        #expect(march[.referralsWaiting] == .count(6) && march[.referralsWaitingDays] == .count(84))
        #expect(march[.referralsAccepted] == .suppressed)
        let april = try await row(desk, "2026-04", .socialOffice, as: .jobCentre)
        #expect(april[.referralsWaitingDays] == .suppressed && april[.commitmentsLate] == .suppressed)
        #expect(april[.handOffs] == .suppressed)
    }
}
