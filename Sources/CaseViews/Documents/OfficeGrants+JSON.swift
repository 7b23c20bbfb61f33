import CaseFile
import Foundation
import Ledger

// The stored form of what an office grants or decides: subsidies, vouchers, reductions.

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
