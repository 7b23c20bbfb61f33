import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import DemoRegion

/// That the region looks like what it says it is: every share below is a figure that the region states in its own code. They
/// are assumptions, chosen to be plausible; none is taken from a statistic.
@Suite struct DemoDistributionTests {
    private static let region = DemoRegion(seed: 11, participants: 2000, households: 800, today: "2026-11-23")
    /// Told once for all tests.
    private static let desk: Desk = {
        let region = DemoDistributionTests.region
        var desk = Desk(today: region.today)
        for command in region.commands { desk.expectAccepted(command) }
        return desk
    }()

    private var desk: Desk { Self.desk }
    private var today: CalendarDate { Self.region.today }
    private var cases: [CaseState] { Array(desk.cases.values) }

    /// Per cent of `elements` that are so.
    private func percent<Element>(_ elements: [Element], _ isSo: (Element) -> Bool) -> Double {
        100 * Double(elements.count(where: isSo)) / Double(max(1, elements.count))
    }

    private func expect(_ percent: Double, near stated: Int, within points: Double, _ what: String) {
        #expect(abs(percent - Double(stated)) <= points, "\(what): \(percent) instead of \(stated)")
    }

    @Test func householdsAreOfTheStatedSizes() {
        let sizes = desk.households.values.map(\.members.count)
        #expect(sizes.count == 800 && sizes.reduce(0, +) == 2000)
        for (size, weight) in HouseholdComposition.sizes {
            expect(percent(sizes) { $0 == size }, near: weight, within: 4, "households of \(size)")
        }
    }

    @Test func peopleComeWithTheSeasons() {
        let months = cases.compactMap { $0.participant?.registered.on.components.month }
        let (busy, quiet) = (months.count { $0 == 9 || $0 == 1 }, months.count { $0 == 12 || $0 == 7 })
        #expect(Double(busy) > 1.4 * Double(quiet), "\(busy) in January and September, \(quiet) in July and December")
    }

    @Test func measuresLastAsLongAsTheirKindsDo() {
        let weeks = cases.flatMap(\.measures).map { ($0.window.last - $0.window.first + 1) / 7 }.sorted()
        #expect((8...26).contains(weeks[weeks.count / 2]))
        #expect(weeks[weeks.count * 95 / 100] <= 96)
        let ended = cases.flatMap(\.measures).compactMap(\.end)
        let abandoned = percent(ended) {
            if case .abandoned = $0 { true } else { false }
        }
        #expect((8...25).contains(abandoned))
    }

    @Test func placementsAreRefusedByManyAndKeptByMost() {
        let answered = cases.flatMap(\.placements).filter { $0.answer != nil }
        #expect((30...60).contains(percent(answered) { $0.status == .refused }))
        let retentions = cases.flatMap(\.placements).flatMap { placement in
            placement.retentions.map { (months: $0.afterMonths, kept: $0.stillEmployed) }
        }
        let kept = [3, 6, 12].map { months in
            percent(retentions.filter { $0.months == months }) { $0.kept }
        }
        #expect(kept[0] >= kept[1] && kept[1] >= kept[2] && kept[2] > 0, "\(kept)")
        #expect(Set(retentions.map(\.months)) == [3, 6, 12])
    }

    @Test func referralsAreAnsweredAsStated() {
        let referrals = cases.flatMap(\.referrals).filter { $0.requested.on < today - 65 }
        #expect(referrals.count > 100)
        let (inTime, late, declined) = HouseholdStory.referralAnswers
        expect(percent(referrals) { $0.answer?.isAccepted == true }, near: inTime + late, within: 8, "accepted")
        expect(percent(referrals) { $0.isAnsweredLate == true }, near: late, within: 5, "late")
        expect(percent(referrals) { $0.answer?.isAccepted == false }, near: declined, within: 6, "declined")
        let recent = cases.flatMap(\.referrals).filter { $0.requested.on >= today - 14 }
        #expect(recent.contains { $0.status == .requested }, "some wait for an answer")
        let share = percent(cases.filter { !$0.isClosed }) { !$0.referrals.isEmpty }
        #expect((12...Double(HouseholdStory.referralShare)).contains(share), "\(share)")
    }

    @Test func conferencesBecomeCommitmentsAndTheseAreKeptAsStated() {
        let conferences = cases.flatMap(\.conferences)
        #expect(Set(conferences.map(\.status)) == [.called, .minuted, .cancelled])
        let commitments = cases.filter { !$0.isClosed }.flatMap(\.commitments).filter { $0.by < today - 25 }
        #expect(commitments.count > 30)
        let (kept, late, broken, _) = HouseholdStory.commitmentOutcomes
        expect(percent(commitments) { $0.status == .kept }, near: kept, within: 14, "kept")
        expect(percent(commitments) { $0.status == .late }, near: late, within: 10, "late")
        expect(percent(commitments) { $0.status == .broken }, near: broken, within: 8, "broken")
        #expect(cases.flatMap(\.commitments).contains { !$0.replies.isEmpty })
    }

    @Test func appointmentsAreKeptAsStated() {
        let past = cases.flatMap(\.appointments).filter { $0.at.day < today }
        let (kept, missed, cancelled) = HouseholdStory.meetings
        expect(percent(past) { $0.status == .kept }, near: kept, within: 4, "kept")
        expect(percent(past) { $0.status == .missed }, near: missed, within: 3, "missed")
        expect(percent(past) { $0.status == .cancelled }, near: cancelled, within: 3, "cancelled")
        #expect(cases.flatMap(\.appointments).contains { $0.at.day > today && $0.status == .scheduled })
    }

    @Test func vouchersSubsidiesAndReductionsAreGrantedUnderRules() {
        let vouchers = cases.flatMap(\.vouchers)
        #expect(Set(vouchers.map(\.kind)) == Set(VoucherKind.allCases))
        #expect(Set(vouchers.map(\.status)) == [.issued, .redeemed, .revoked])
        #expect(vouchers.contains { $0.status == .issued && $0.scope.until >= today })
        #expect(vouchers.contains { $0.status == .issued && $0.scope.until < today })
        let subsidies = cases.flatMap(\.subsidies)
        #expect(Set(subsidies.map(\.rule.id)) == ["wage-subsidy-16e", "wage-subsidy-16i", "integration-subsidy"])
        let reductions = cases.flatMap(\.reductions)
        #expect(Set(reductions.map(\.rule.id)) == ["reduction-missed-report", "reduction-breach-of-duty"])
        #expect(reductions.allSatisfy { $0.decided.on <= "2026-06-30" }, "no rule is in force afterwards")
        #expect(reductions.contains { $0.lift?.isRevoked == true })
    }

    @Test func everyCommandOfTheWorkBetweenOfficesIsThere() {
        let commands = [
            "request-referral", "accept-referral", "decline-referral", "complete-referral", "withdraw-referral",
            "call-conference", "minute-conference", "cancel-conference", "keep-commitment", "break-commitment",
            "withdraw-commitment", "reply-to-commitment", "schedule-appointment", "keep-appointment",
            "miss-appointment", "cancel-appointment", "issue-voucher", "redeem-voucher", "revoke-voucher",
            "grant-wage-subsidy", "decide-reduction", "lift-reduction", "record-retention",
        ]
        for command in commands { #expect(desk.types[command] ?? 0 > 0, "\(command)") }
    }

    @Test func theSameSeedGivesTheSameBytesAndAnotherGivesOthers() {
        func bytes(seed: UInt64) -> Data {
            DemoRegion(seed: seed, participants: 150, households: 60, today: "2026-11-23").lanes.joined()
                .reduce(into: Data()) { $0 += Data($1.path.utf8) + $1.body }
        }
        #expect(bytes(seed: 4) == bytes(seed: 4))
        #expect(bytes(seed: 4) != bytes(seed: 5))
    }
}
