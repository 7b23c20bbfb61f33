import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

let voucherId = id(87)

extension Past<CaseEvent> {
    static func voucherIssued(
        _ id: UUID = voucherId, kind: VoucherKind = .education, value: String? = "2400.00", region: String? = "Hessen",
        until: CalendarDate = "2026-03-31", rule: RuleReference? = nil, on day: CalendarDate = "2026-02-02"
    ) -> Past {
        Past(
            event: .voucherIssued(
                VoucherIssued(
                    voucherId: id, kind: kind, value: value.flatMap { Money(amount: $0, currency: "EUR") },
                    scope: VoucherScope(goal: "Welding certificate", region: region, until: until), rule: rule)),
            effectiveOn: day)
    }

    static func voucherRedeemed(_ id: UUID = voucherId, on day: CalendarDate = "2026-02-20") -> Past {
        Past(event: .voucherRedeemed(VoucherRedeemed(voucherId: id, on: day)), effectiveOn: day)
    }

    static func voucherRevoked(_ id: UUID = voucherId) -> Past {
        Past(event: .voucherRevoked(VoucherRevoked(voucherId: id)), effectiveOn: "2026-02-20")
    }
}

@Suite("issue-voucher") struct IssueVoucherTests {
    private let engaged: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre)]

    private func issuing(_ change: (inout IssueVoucher) -> Void = { _ in }) -> CaseCommand {
        var command = IssueVoucher(
            voucherId: voucherId, kind: .education, value: Money(amount: "2400.00", currency: "EUR"),
            scope: VoucherScope(goal: "Welding certificate", region: "Hessen", until: "2026-06-30"))
        change(&command)
        return .issueVoucher(command)
    }

    @Test func recordsTheRule() throws {
        let state = given(engaged).when(issuing(), rules: try .shipped).thenState()
        #expect(state.voucher(voucherId)?.rule?.source == "§ 81 Abs. 4 SGB III")
        #expect(state.voucher(voucherId)?.status == .issued)
        #expect(state.voucher(voucherId)?.issued == Provenance(office: .jobCentre, on: "2026-03-02"))
    }

    @Test func noLawRulesServiceVouchers() throws {
        let state = given(engaged).when(issuing { $0.kind = .service }, rules: try .shipped).thenState()
        #expect(state.voucher(voucherId)?.rule == nil && state.voucher(voucherId) != nil)
    }

    @Test func needsAnEngagedOffice() throws {
        given(engaged).when(issuing { $0.kind = .service }, by: .socialOffice, rules: try .shipped)
            .thenRejected(.officeNotEngaged)
    }

    @Test func needsARuleInForceWhereThereIsOne() throws {
        given(engaged).when(issuing { $0.scope.until = "2012-04-01" }, on: "2012-03-31", rules: try .shipped)
            .thenRejected("rule-not-in-force")
        given(engaged).when(issuing { $0.ruleVersion = "2020-01-01" }, rules: try .shipped)
            .thenRejected("rule-not-in-force")
    }

    @Test func activationIsForARegion() throws {
        for region in [nil, " "] {
            let command = issuing {
                $0.kind = .activationAndPlacement
                $0.scope.region = region
            }
            given(engaged).when(command, rules: try .shipped).thenRejected(.regionMissing)
        }
        given(engaged).when(issuing { $0.scope.region = nil }, rules: try .shipped).thenAccepted()
        given(engaged).when(issuing { $0.kind = .activationAndPlacement }, rules: try .shipped).thenAccepted()
    }

    @Test func needsAScopeThatCanBeMet() throws {
        given(engaged).when(issuing { $0.scope.goal = " " }, rules: try .shipped).thenRejected("invalid-goal")
        given(engaged).when(issuing { $0.scope.until = "2026-03-01" }, rules: try .shipped)
            .thenRejected(.voucherEndsBeforeIssue)
        given(engaged).when(issuing { $0.scope.until = "2026-03-02" }, rules: try .shipped).thenAccepted()
        given(engaged).when(issuing { $0.value = Money(amount: "-1", currency: "EUR") }, rules: try .shipped)
            .thenRejected(.invalidVoucherValue)
        given(engaged + [.voucherIssued()]).when(issuing(), rules: try .shipped).thenRejected(.voucherExists)
    }
}

@Suite("redeem-voucher") struct RedeemVoucherTests {
    private let issued: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre), .voucherIssued()]
    private static let activation = RuleReference(
        id: "activation-voucher", version: "2012-04-01", source: "§ 45 SGB III")

    private func redeeming(_ change: (inout RedeemVoucher) -> Void = { _ in }) -> CaseCommand {
        var command = RedeemVoucher(voucherId: voucherId, provider: "Werkhof")
        change(&command)
        return .redeemVoucher(command)
    }

    @Test func isRedeemed() {
        let state = given(issued).when(
            redeeming {
                $0.on = "2026-02-27"
                $0.goal = "welding  Certificate"
                $0.region = "hessen"
                $0.value = Money(amount: "2400", currency: "EUR")
            }
        ).thenState()
        #expect(state.voucher(voucherId)?.status == .redeemed)
        guard case .redeemed(let redemption) = state.voucher(voucherId)?.fate else {
            Issue.record("not redeemed")
            return
        }
        #expect(redemption.on == "2026-02-27" && redemption.provider == "Werkhof")
    }

    @Test func isRedeemedOnce() {
        given(issued + [.voucherRedeemed()]).when(redeeming()).thenRejected(.alreadyRedeemed)
        given(issued + [.voucherRevoked()]).when(redeeming()).thenRejected(.voucherRevoked)
        given(issued).when(.redeemVoucher(RedeemVoucher(voucherId: id(99)))).thenRejected(.unknownVoucher)
    }

    @Test func isRedeemedInItsTime() {
        given(issued).when(redeeming(), on: "2026-03-31", today: "2026-04-02").thenAccepted()
        given(issued).when(redeeming(), on: "2026-04-01", today: "2026-04-02").thenRejected("voucher-expired")
        given(issued).when(redeeming { $0.on = "2026-02-01" }).thenRejected(.redeemedBeforeIssue)
        given(issued).when(redeeming { $0.on = "2026-03-03" }).thenRejected("in-the-future")
    }

    @Test func isRedeemedForWhatItIsFor() {
        given(issued).when(redeeming { $0.goal = "Driving licence" }).thenRejected("out-of-scope")
        given(issued).when(redeeming { $0.region = "Bayern" }).thenRejected("out-of-scope")
        let everywhere: [Past<CaseEvent>] = [.participantRegistered(), .voucherIssued(region: nil)]
        given(everywhere).when(redeeming { $0.region = "Bayern" }).thenAccepted()
    }

    @Test(arguments: [("2400.01", "EUR"), ("10", "USD")]) func isWorthNoMore(_ amount: String, _ currency: String) {
        given(issued).when(redeeming { $0.value = Money(amount: amount, currency: currency) })
            .thenRejected("above-voucher-value")
        given(.participantRegistered(), .voucherIssued(value: nil))
            .when(redeeming { $0.value = Money(amount: amount, currency: currency) }).thenAccepted()
    }

    @Test func isNotWorthLessThanNothing() {
        given(issued).when(redeeming { $0.value = Money(amount: "-0.01", currency: "EUR") })
            .thenRejected(.invalidVoucherValue)
    }

    @Test(
        arguments: [
            ("employer-measure", "2026-04-12", false, nil),
            ("employer-measure", "2026-04-13", false, "measure-too-long"),
            ("employer-measure", "2026-05-24", true, nil), ("employer-measure", "2026-05-25", true, "measure-too-long"),
            ("vocational-skills", "2026-04-26", false, nil),
            ("vocational-skills", "2026-04-27", true, "measure-too-long"),
            ("dancing", "2026-03-03", false, "out-of-scope"),
            ("employer-measure", "2026-03-01", false, "ends-before-start"),
        ] as [(String, String, Bool, String?)])
    func activationLastsNoLongerThanTheRuleSays(
        _ content: String, _ to: String, _ extended: Bool, _ rule: String?
    ) throws {
        let history: [Past<CaseEvent>] = [
            .participantRegistered(), .voucherIssued(kind: .activationAndPlacement, rule: Self.activation),
        ]
        let measure = VoucherContent(
            content: content, from: "2026-03-02", to: try #require(CalendarDate(to)), extended: extended)
        let outcome = given(history).when(redeeming { $0.measure = measure }, rules: try .shipped)
        if let rule { outcome.thenRejected(rule) } else { outcome.thenAccepted() }
    }
}

@Suite("revoke-voucher") struct RevokeVoucherTests {
    private let issued: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre), .voucherIssued()]
    private let revoking = CaseCommand.revokeVoucher(RevokeVoucher(voucherId: voucherId, reason: "Began a job."))

    @Test func isTakenBack() {
        let state = given(issued).when(revoking).thenState()
        #expect(state.voucher(voucherId)?.fate == .revoked(on: "2026-03-02", reason: "Began a job."))
    }

    @Test func onlyWhatCanBeRedeemedIsTakenBack() {
        given(issued + [.voucherRedeemed()]).when(revoking).thenRejected(.alreadyRedeemed)
        given(issued + [.voucherRevoked()]).when(revoking).thenRejected(.voucherRevoked)
        given(issued).when(revoking, on: "2026-02-01").thenRejected(.revokedBeforeIssue)
        given(issued.dropLast()).when(revoking).thenRejected(.unknownVoucher)
    }
}
