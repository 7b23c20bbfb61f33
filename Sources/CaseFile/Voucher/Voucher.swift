import CaseTiming
public import Foundation
public import Ledger

/// What a voucher is for.
public enum VoucherKind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Education (§ 81 Abs. 4 SGB III).
    case education
    /// Activation and placement (§ 45 SGB III).
    case activationAndPlacement = "activation-and-placement"
    /// A service, such as help in the household or childcare.
    case service

    /// What opens vouchers of the kind to other offices.
    public var category: ConsentCategory {
        switch self {
        case .education: .education
        case .activationAndPlacement: .placement
        case .service: .benefits
        }
    }
}

/// For what, where and how long a voucher holds.
public struct VoucherScope: Codable, Hashable, Sendable {
    /// The goal of education, or the service.
    public var goal: String
    /// The region; absent means everywhere.
    public var region: String?
    /// The last day on which it can be redeemed, Europe/Berlin.
    public var until: CalendarDate

    /// A scope.
    public init(goal: String, region: String? = nil, until: CalendarDate) {
        self.goal = goal
        self.region = region
        self.until = until
    }
}

/// A paper with which a participant chooses a provider.
public struct Voucher: Hashable, Sendable {
    /// The voucher.
    public var voucherId: UUID
    /// What it is for.
    public var kind: VoucherKind
    /// What it is worth at most; `nil` where that is not limited.
    public var value: Money?
    /// For what, where and how long it holds.
    public var scope: VoucherScope
    /// The rule that was applied; `nil` where no law rules the kind.
    public var rule: RuleReference?
    /// Which office issued it, and as of when.
    public var issued: Provenance
    /// What became of it.
    public var fate: Fate?

    /// What became of a voucher.
    public enum Fate: Hashable, Sendable {
        /// It was redeemed.
        case redeemed(Redemption)
        /// It was taken back.
        case revoked(on: CalendarDate, reason: String?)
    }

    /// Where a voucher stands. That its time is over is for the reader to see from its last day.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// It can be redeemed.
        case issued
        /// It was redeemed.
        case redeemed
        /// It was taken back.
        case revoked
    }

    /// Where it stands.
    public var status: Status {
        switch fate {
        case .redeemed: .redeemed
        case .revoked: .revoked
        case nil: .issued
        }
    }
}

/// That a voucher was redeemed.
public struct Redemption: Hashable, Sendable {
    /// The day.
    public var on: CalendarDate
    /// The id of a published partner, or the provider's name in plain words.
    public var provider: String?
    /// What was paid.
    public var value: Money?
    /// What it was redeemed for, where the rule limits how long that lasts.
    public var content: VoucherContent?
}

/// What a voucher is redeemed for, and when that is.
public struct VoucherContent: Codable, Hashable, Sendable {
    /// A word of the rule: `employer-measure`, `vocational-skills`.
    public var content: String
    /// The first day, Europe/Berlin.
    public var from: CalendarDate
    /// The last day, Europe/Berlin.
    public var to: CalendarDate
    /// Whether the longer time of the rule is claimed.
    public var extended: Bool?

    /// What is done, and when.
    public init(content: String, from: CalendarDate, to: CalendarDate, extended: Bool? = nil) {
        self.content = content
        self.from = from
        self.to = to
        self.extended = extended
    }
}

extension CaseState {
    /// The voucher of that id.
    public func voucher(_ id: UUID) -> Voucher? { vouchers.first { $0.voucherId == id } }

    func knownVoucher(_ id: UUID) throws(Rejection) -> Voucher {
        guard let voucher = voucher(id) else { throw .unknownVoucher }
        return voucher
    }

    mutating func update(voucher id: UUID, _ change: (inout Voucher) -> Void) {
        guard let index = vouchers.firstIndex(where: { $0.voucherId == id }) else { return }
        change(&vouchers[index])
    }
}

extension Rejection {
    /// There is no such voucher.
    public static let unknownVoucher = Rejection(
        rule: "unknown-voucher", detail: "There is no such voucher in this case; look up its id.")
}
