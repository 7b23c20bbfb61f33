public import CaseFile
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// Part of a wage that is paid to the employer.
    public struct Subsidy: Codable, Hashable, Sendable {
        /// The subsidy.
        public var subsidyId: UUID
        /// The placement whose wage is subsidised.
        public var placementId: UUID
        /// The rates, each until the next one begins.
        public var schedule: [SubsidyRate]
        /// The first day.
        public var from: CalendarDate
        /// The last day, as granted.
        public var to: CalendarDate
        /// The day as of which it was granted.
        public var grantedOn: CalendarDate
        /// The last day for which it is paid, when it was stopped.
        public var stoppedOn: CalendarDate?
        /// Why it was stopped.
        public var stopReason: String?
        /// The rule that was applied; its id is the scheme.
        public var rule: RuleReference
    }

    /// A paper with which the participant chooses a provider.
    public struct Voucher: Codable, Hashable, Sendable {
        /// The voucher.
        public var voucherId: UUID
        /// What it is for.
        public var kind: VoucherKind
        /// Where it stands; that its time is over shows in its scope.
        public var state: CaseFile.Voucher.Status
        /// What it is worth at most.
        public var value: Money?
        /// For what, where and how long it holds.
        public var scope: VoucherScope
        /// The day as of which it was issued.
        public var issuedOn: CalendarDate
        /// The day on which it was redeemed.
        public var redeemedOn: CalendarDate?
        /// Where it was redeemed.
        public var provider: String?
        /// What was paid.
        public var redeemedValue: Money?
        /// What it was redeemed for, and when that is.
        public var measure: VoucherContent?
        /// The day as of which it was taken back.
        public var revokedOn: CalendarDate?
        /// Why it was taken back.
        public var revokedReason: String?
        /// The rule that was applied.
        public var rule: RuleReference?
    }

    /// Less of a benefit for some months.
    public struct Reduction: Codable, Hashable, Sendable {
        /// The reduction.
        public var reductionId: UUID
        /// For what.
        public var ground: String
        /// Per cent of the standard need.
        public var percentage: Double
        /// How many times in a row it is, from 1.
        public var step: Int
        /// The first day.
        public var from: CalendarDate
        /// The last day, as decided.
        public var to: CalendarDate
        /// The day as of which it was decided.
        public var decidedOn: CalendarDate
        /// The day of what it is for.
        public var occurredOn: CalendarDate?
        /// The day on which the participant was heard.
        public var hearingHeldOn: CalendarDate?
        /// The first day on which nothing is reduced any more, when it was lifted.
        public var liftedOn: CalendarDate?
        /// Why it was lifted; `nil` once the person is erased.
        public var liftReason: String?
        /// Whether the decision was taken back.
        public var isRevoked: Bool
        /// The rule that was applied.
        public var rule: RuleReference
    }
}

extension OfficeCaseFile.Subsidy: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("subsidyId", subsidyId)
            $0.field("placementId", placementId)
            $0.field("schedule", schedule)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("grantedOn", grantedOn)
            $0.field("stoppedOn", stoppedOn)
            $0.field("stopReason", stopReason)
            $0.field("rule", rule)
        }
    }
}

extension OfficeCaseFile.Voucher: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("voucherId", voucherId)
            $0.field("kind", kind)
            $0.field("state", state)
            $0.field("value", value)
            $0.field("scope", scope)
            $0.field("issuedOn", issuedOn)
            $0.field("redeemedOn", redeemedOn)
            $0.field("provider", provider)
            $0.field("redeemedValue", redeemedValue)
            $0.field("measure", measure)
            $0.field("revokedOn", revokedOn)
            $0.field("revokedReason", revokedReason)
            $0.field("rule", rule)
        }
    }
}

extension OfficeCaseFile.Reduction: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("reductionId", reductionId)
            $0.field("ground", ground)
            $0.field("percentage", percentage)
            $0.field("step", step)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("decidedOn", decidedOn)
            $0.field("occurredOn", occurredOn)
            $0.field("hearingHeldOn", hearingHeldOn)
            $0.field("liftedOn", liftedOn)
            $0.field("liftReason", liftReason)
            $0.field("isRevoked", isRevoked)
            $0.field("rule", rule)
        }
    }
}

extension RuleReference: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("id", id)
            $0.field("version", version)
            $0.field("source", source)
        }
    }
}

extension SubsidyRate: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("from", from)
            $0.field("rate", rate)
        }
    }
}

extension VoucherScope: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("goal", goal)
            $0.field("region", region)
            $0.field("until", until)
        }
    }
}

extension VoucherContent: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("content", content)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("extended", extended)
        }
    }
}
