public import CaseTiming
public import Foundation
public import Ledger

/// Records that a voucher was redeemed.
public struct RedeemVoucher: CommandBody {
    /// The name by which it is asked for.
    public static let name = "redeem-voucher"

    /// The voucher.
    public var voucherId: UUID
    /// The day; absent means the effective day.
    public var on: CalendarDate?
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// The goal it is redeemed for; absent means the voucher's.
    public var goal: String?
    /// The region it is redeemed in; absent means the voucher's.
    public var region: String?
    /// What is paid; absent where that is not known.
    public var value: Money?
    /// What it is redeemed for, where the rule limits how long that lasts.
    public var measure: VoucherContent?

    /// A redemption.
    public init(
        voucherId: UUID, on: CalendarDate? = nil, provider: String? = nil, goal: String? = nil, region: String? = nil,
        value: Money? = nil, measure: VoucherContent? = nil
    ) {
        self.voucherId = voucherId
        self.on = on
        self.provider = provider
        self.goal = goal
        self.region = region
        self.value = value
        self.measure = measure
    }
}

/// A voucher was redeemed.
public struct VoucherRedeemed: EventBody {
    /// The voucher.
    public var voucherId: UUID
    /// The day, Europe/Berlin.
    public var on: CalendarDate
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// What was paid.
    public var value: Money?
    /// What it was redeemed for, where the rule limits how long that lasts.
    public var measure: VoucherContent?

    /// A redemption.
    public init(
        voucherId: UUID, on: CalendarDate, provider: String? = nil, value: Money? = nil, measure: VoucherContent? = nil
    ) {
        self.voucherId = voucherId
        self.on = on
        self.provider = provider
        self.value = value
        self.measure = measure
    }
}

extension VoucherRedeemed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["voucherId"],
        .byVoucher: ["measure", "on", "provider", "value"],
    ]
}

extension CaseState {
    func decide(_ command: RedeemVoucher, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let voucher = try knownVoucher(command.voucherId)
        switch voucher.status {
        case .issued: break
        case .redeemed: throw .alreadyRedeemed
        case .revoked: throw .voucherRevoked
        }
        let on = try context.dayOfFact(command.on)
        guard voucher.issued.on <= on else { throw .redeemedBeforeIssue }
        guard on <= voucher.scope.until else { throw .voucherExpired(voucher.scope.until) }
        if let goal = command.goal, !goal.says(voucher.scope.goal) { throw .outOfScope("goal") }
        if let region = command.region, let scope = voucher.scope.region, !region.says(scope) {
            throw .outOfScope("region")
        }
        try command.value?.check(within: voucher.value)
        try command.measure?.check(by: voucher.terms(in: context.rules))
        return [
            .voucherRedeemed(
                VoucherRedeemed(
                    voucherId: command.voucherId, on: on, provider: command.provider, value: command.value,
                    measure: command.measure))
        ]
    }

    mutating func apply(_ event: VoucherRedeemed, from provenance: Provenance) {
        update(voucher: event.voucherId) {
            $0.fate = .redeemed(
                Redemption(on: event.on, provider: event.provider, value: event.value, content: event.measure))
        }
    }
}

extension Voucher {
    /// What the version of the rule says that was applied when it was issued.
    fileprivate func terms(in rules: RuleBook) -> VoucherTerms? {
        guard let rule, case .voucher(let terms) = rules.version(of: rule.id, on: rule.version)?.terms else {
            return nil
        }
        return terms
    }
}

extension VoucherContent {
    fileprivate func check(by terms: VoucherTerms?) throws(Rejection) {
        try from.plausible()
        try to.plausible()
        guard from <= to else { throw .endsBeforeStart }
        guard let terms, !terms.limits.isEmpty else { return }
        guard let limit = terms.limits.first(where: { $0.content == content }) else {
            throw .contentOutOfScope(terms.limits.map(\.content))
        }
        let length = extended == true ? limit.extended ?? limit.length : limit.length
        guard to < length.after(from) else { throw .contentTooLong(content, length) }
    }
}

extension Money {
    fileprivate func check(within limit: Money?) throws(Rejection) {
        if isNegative { throw .invalidVoucherValue }
        guard let limit else { return }
        guard currency == limit.currency, let own = Decimal(string: amount), let most = Decimal(string: limit.amount),
            own <= most
        else { throw .aboveVoucherValue(limit) }
    }
}

extension String {
    /// Whether both say the same, capitals and white space aside.
    fileprivate func says(_ other: String) -> Bool {
        func words(_ text: String) -> [String] {
            text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        }
        return words(self) == words(other)
    }
}

extension Rejection {
    /// It was used.
    public static let alreadyRedeemed = Rejection(
        rule: "already-redeemed", detail: "This voucher was redeemed already; issue another one (issue-voucher).")
    /// It was taken back.
    public static let voucherRevoked = Rejection(
        rule: "voucher-revoked", detail: "This voucher was taken back; issue another one (issue-voucher).")
    /// It was not there yet.
    public static let redeemedBeforeIssue = Rejection(
        rule: "redeemed-before-issue", detail: "The voucher was issued after that day; correct the day.")
    /// Its time is over.
    public static func voucherExpired(_ until: CalendarDate) -> Rejection {
        Rejection(
            rule: "voucher-expired",
            detail: "The voucher could be redeemed until \(until); issue another one (issue-voucher).")
    }
    /// It was issued for something else.
    public static func outOfScope(_ what: String) -> Rejection {
        Rejection(
            rule: "out-of-scope",
            detail:
                "The voucher was issued for another \(what); redeem it for its own, or issue another one (issue-voucher)."
        )
    }
    static func contentOutOfScope(_ known: [String]) -> Rejection {
        Rejection(
            rule: "out-of-scope",
            detail: "A voucher of this kind is not for that; it is for: \(known.joined(separator: ", ")).")
    }
    /// It would take too long.
    public static func contentTooLong(_ content: String, _ length: PeriodLength) -> Rejection {
        Rejection(
            rule: "measure-too-long",
            detail:
                "What the voucher is redeemed for (\(content)) can last \(length) at most; choose an earlier last day.")
    }
    /// It is worth less.
    public static func aboveVoucherValue(_ value: Money) -> Rejection {
        Rejection(
            rule: "above-voucher-value",
            detail: "The voucher is worth \(value.amount) \(value.currency) at most; redeem it for no more than that.")
    }
}
