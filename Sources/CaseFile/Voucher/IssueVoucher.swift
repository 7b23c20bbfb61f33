import CaseTiming
public import Foundation
public import Ledger

/// Issues a voucher to the participant.
public struct IssueVoucher: CommandBody {
    /// The name by which it is asked for.
    public static let name = "issue-voucher"

    /// The new voucher.
    public var voucherId: UUID
    /// What it is for.
    public var kind: VoucherKind
    /// What it is worth at most; absent where that is not limited.
    public var value: Money?
    /// For what, where and how long it holds.
    public var scope: VoucherScope
    /// The version of the rule that is to be applied; absent means the one in force.
    public var ruleVersion: CalendarDate?

    /// A voucher.
    public init(
        voucherId: UUID, kind: VoucherKind, value: Money? = nil, scope: VoucherScope,
        ruleVersion: CalendarDate? = nil
    ) {
        self.voucherId = voucherId
        self.kind = kind
        self.value = value
        self.scope = scope
        self.ruleVersion = ruleVersion
    }
}

/// A voucher was issued to the participant.
public struct VoucherIssued: EventBody {
    /// The new voucher.
    public var voucherId: UUID
    /// What it is for.
    public var kind: VoucherKind
    /// What it is worth at most; absent where that is not limited.
    public var value: Money?
    /// For what, where and how long it holds.
    public var scope: VoucherScope
    /// The rule that was applied; absent where no law rules the kind.
    public var rule: RuleReference?

    /// A voucher.
    public init(
        voucherId: UUID, kind: VoucherKind, value: Money? = nil, scope: VoucherScope, rule: RuleReference? = nil
    ) {
        self.voucherId = voucherId
        self.kind = kind
        self.value = value
        self.scope = scope
        self.rule = rule
    }
}

extension VoucherIssued: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["voucherId"],
        .byVoucher: ["kind", "rule", "scope", "value"],
    ]
}

extension CaseState {
    func decide(_ command: IssueVoucher, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard voucher(command.voucherId) == nil else { throw .voucherExists }
        try command.scope.goal.filled("goal")
        try command.scope.until.plausible()
        guard context.effectiveOn <= command.scope.until else { throw .voucherEndsBeforeIssue }
        if let value = command.value, value.isNegative { throw .invalidVoucherValue }
        let rule = try context.voucherRule(of: command.kind, version: command.ruleVersion)
        if case .voucher(let terms) = rule?.terms, terms.isRegional {
            guard command.scope.region?.isBlank == false else { throw .regionMissing }
        }
        return [
            .voucherIssued(
                VoucherIssued(
                    voucherId: command.voucherId, kind: command.kind, value: command.value, scope: command.scope,
                    rule: rule.map { RuleReference($0) }))
        ]
    }

    mutating func apply(_ event: VoucherIssued, from provenance: Provenance) {
        vouchers.append(
            Voucher(
                voucherId: event.voucherId, kind: event.kind, value: event.value, scope: event.scope, rule: event.rule,
                issued: provenance))
    }
}

extension DecisionContext {
    /// The rule for vouchers of a kind; `nil` where no rule is about it.
    fileprivate func voucherRule(of kind: VoucherKind, version: CalendarDate?) throws(Rejection) -> Rule? {
        let known = rules.ids { terms in
            if case .voucher(let terms) = terms { terms.kind == kind.rawValue } else { false }
        }
        guard let id = known.first else { return nil }
        return try ruleInForce(id, version: version)
    }
}

extension Rejection {
    /// The id names a voucher already.
    public static let voucherExists = Rejection(
        rule: "voucher-exists",
        detail: "This case already has a voucher under that id; issue it under a new voucherId.")
    /// Nobody could redeem it.
    public static let voucherEndsBeforeIssue = Rejection(
        rule: "voucher-ends-before-issue",
        detail: "The voucher would end before it is issued; choose a last day on or after that day.")
    /// A value below zero.
    public static let invalidVoucherValue = Rejection(
        rule: "invalid-voucher-value", detail: "The value is an amount of zero or more.")
    /// The kind holds for a region.
    public static let regionMissing = Rejection(
        rule: "region-missing", detail: "A voucher of this kind holds for a region; name it (scope.region).")
}
