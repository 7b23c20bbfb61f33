public import Foundation
public import Ledger

/// Takes a voucher back that was not redeemed.
public struct RevokeVoucher: CommandBody {
    /// The name by which it is asked for.
    public static let name = "revoke-voucher"

    /// The voucher.
    public var voucherId: UUID
    /// Why.
    public var reason: String?

    /// A revocation.
    public init(voucherId: UUID, reason: String? = nil) {
        self.voucherId = voucherId
        self.reason = reason
    }
}

/// A voucher was taken back; the day it counts from is the day of that.
public struct VoucherRevoked: EventBody {
    /// The voucher.
    public var voucherId: UUID
    /// Why.
    public var reason: String?

    /// A revocation.
    public init(voucherId: UUID, reason: String? = nil) {
        self.voucherId = voucherId
        self.reason = reason
    }
}

extension VoucherRevoked: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["voucherId"], .byVoucher: ["reason"]]
}

extension CaseState {
    func decide(_ command: RevokeVoucher, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let voucher = try knownVoucher(command.voucherId)
        switch voucher.status {
        case .issued: break
        case .redeemed: throw .alreadyRedeemed
        case .revoked: throw .voucherRevoked
        }
        let day = try context.dayOfFact()
        guard voucher.issued.on <= day else { throw .revokedBeforeIssue }
        return [.voucherRevoked(VoucherRevoked(voucherId: command.voucherId, reason: command.reason))]
    }

    mutating func apply(_ event: VoucherRevoked, from provenance: Provenance) {
        update(voucher: event.voucherId) { $0.fate = .revoked(on: provenance.on, reason: event.reason) }
    }
}

extension Rejection {
    /// It was not there yet.
    public static let revokedBeforeIssue = Rejection(
        rule: "revoked-before-issue", detail: "The voucher was issued after that day; correct the day.")
}
