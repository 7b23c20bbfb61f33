import CaseFile
import CaseTiming

// What an office granted or decided, in the state of a case.

extension CaseStateDocument {
    func subsidy(_ subsidy: WageSubsidy) -> JSONValue {
        .fields(
            [
                ("subsidyId", .id(subsidy.subsidyId)), ("placementId", .id(subsidy.placementId)),
                (
                    "schedule",
                    .list(subsidy.schedule) { .fields([("from", .text($0.from)), ("rate", .decimal($0.rate))]) }
                ),
                ("from", .text(subsidy.days.first)), ("to", .text(subsidy.days.last)), ("rule", rule(subsidy.rule)),
                ("stoppedOn", .text(subsidy.stop?.on)), ("stopReason", .text(subsidy.stop?.reason)),
            ] + provenance(subsidy.granted))
    }

    func voucher(_ voucher: Voucher) -> JSONValue {
        var fate: [(String, JSONValue?)] = []
        switch voucher.fate {
        case .redeemed(let redemption):
            fate = [
                ("redeemedOn", .text(redemption.on)), ("provider", .text(redemption.provider)),
                ("redeemedValue", redemption.value.map(JSONValue.money)),
                (
                    "measure",
                    redemption.content.map { content in
                        .fields([
                            ("content", .string(content.content)), ("from", .text(content.from)),
                            ("to", .text(content.to)), ("extended", content.extended.map(JSONValue.boolean)),
                        ])
                    }
                ),
            ]
        case .revoked(let on, let reason): fate = [("revokedOn", .text(on)), ("revokedReason", .text(reason))]
        case nil: break
        }
        return .fields(
            [
                ("voucherId", .id(voucher.voucherId)), ("kind", .string(voucher.kind.rawValue)),
                ("status", .string(voucher.status.rawValue)), ("value", voucher.value.map(JSONValue.money)),
                (
                    "scope",
                    .fields([
                        ("goal", .string(voucher.scope.goal)), ("region", .text(voucher.scope.region)),
                        ("until", .text(voucher.scope.until)),
                    ])
                ),
                ("rule", voucher.rule.map(rule)),
            ] + provenance(voucher.issued) + fate)
    }

    func reduction(_ reduction: Reduction) -> JSONValue {
        .fields(
            [
                ("reductionId", .id(reduction.reductionId)), ("ground", .string(reduction.ground)),
                ("percentage", .decimal(reduction.percentage)), ("step", .whole(reduction.step)),
                ("from", .text(reduction.days.first)), ("to", .text(reduction.days.last)),
                ("occurredOn", .text(reduction.occurredOn)), ("hearingHeldOn", .text(reduction.hearingHeldOn)),
                ("rule", rule(reduction.rule)), ("liftedOn", .text(reduction.lift?.on)),
                ("liftReason", .text(reduction.lift?.reason)),
                ("isRevoked", reduction.lift.map { .boolean($0.isRevoked) }),
            ] + provenance(reduction.decided))
    }

    func recordedFact(_ fact: RecordedFact) -> JSONValue {
        .fields([
            ("factId", .id(fact.factId)), ("fact", .string(fact.fact)), ("matter", .id(fact.matter)),
            ("on", .text(fact.on)), ("legalBasis", .text(fact.legalBasis)), ("office", .string(fact.office.rawValue)),
            ("isWithdrawn", .boolean(fact.isWithdrawn)),
        ])
    }

    func deadline(_ deadline: Deadline) -> JSONValue {
        .fields([
            ("deadlineId", .id(deadline.deadlineId)), ("status", .string(deadline.status.rawValue)),
            ("office", .string(deadline.office.rawValue)), ("title", .string(deadline.title)),
            ("period", .string(deadline.period)), ("subject", .id(deadline.subject)), ("from", .text(deadline.from)),
            ("endsOn", .text(deadline.endsOn)),
            (
                "formerEnds",
                .list(deadline.formerEnds) { former in
                    .fields([
                        ("endsOn", .text(former.endsOn)), ("change", .string(former.change.rawValue)),
                        ("reason", .text(former.reason)), ("on", .text(former.on)),
                    ])
                }
            ),
            ("suspendedFrom", .text(deadline.suspension?.from)), ("closedOn", .text(deadline.closure?.on)),
            ("rule", rule(deadline.rule)),
        ])
    }

    private func rule(_ rule: RuleReference) -> JSONValue {
        .fields([("id", .string(rule.id)), ("version", .text(rule.version)), ("source", .string(rule.source))])
    }
}
