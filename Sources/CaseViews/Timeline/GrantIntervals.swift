import CaseFile
import CaseTiming
import Ledger

extension CaseState {
    /// Subsidies, vouchers and reductions as intervals, with the category that opens them to other offices.
    var grantIntervals: [(category: ConsentCategory, interval: TimelineInterval)] {
        subsidies.map { (WageSubsidy.category, TimelineInterval($0)) }
            + vouchers.map { ($0.kind.category, TimelineInterval($0)) }
            + reductions.map { (CaseFile.Reduction.category, TimelineInterval($0)) }
    }
}

extension TimelineInterval {
    fileprivate init(_ subsidy: WageSubsidy) {
        self.init(
            kind: .wageSubsidy, id: subsidy.subsidyId, office: subsidy.granted.office, from: subsidy.days.first,
            to: subsidy.effectiveDays?.last ?? subsidy.days.first,
            state: subsidy.stop == nil ? "granted" : "stopped", title: subsidy.rule.id)
    }

    fileprivate init(_ voucher: CaseFile.Voucher) {
        let to: CalendarDate =
            switch voucher.fate {
            case .redeemed(let redemption): redemption.on
            case .revoked(let on, _): on
            case nil: voucher.scope.until
            }
        self.init(
            kind: .voucher, id: voucher.voucherId, office: voucher.issued.office, from: voucher.issued.on, to: to,
            state: voucher.status.rawValue, title: voucher.kind.rawValue)
    }

    fileprivate init(_ reduction: CaseFile.Reduction) {
        let state =
            switch reduction.lift {
            case nil: "decided"
            case let lift?: lift.isRevoked ? "revoked" : "lifted"
            }
        self.init(
            kind: .reduction, id: reduction.reductionId, office: reduction.decided.office, from: reduction.days.first,
            to: reduction.effectiveDays?.last ?? reduction.days.first, state: state, title: reduction.ground)
    }
}
