import CaseFile
import CaseTiming
import Foundation
import Ledger

// The stored form of a case file around the file itself, field by field as `Codable` reads it.

extension Dated: JSONWritable where Value: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("visible", visible)
            $0.field("value", value)
        }
    }
}

extension CalendarDate: JSONWritable {
    func write(to writer: inout JSONWriter) { writer.value(self as CalendarDate) }
}

extension StoredCaseFile: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("file", file)
            $0.field("relations", relations)
            $0.field("findings", findings)
            $0.field("referrals", referrals)
            $0.field("conferences", conferences)
            $0.field("commitments", commitments)
            $0.field("proposals", proposals)
            $0.field("blocks", blocks)
            $0.field("placementEndsOn", placementEndsOn)
            $0.field("incomeCoverFrom", incomeCoverFrom)
            $0.field("merged", merged)
        }
    }
}

extension Told: JSONWritable where Value: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("told", told)
            $0.field("value", value)
        }
    }
}

extension StoredCaseFile.Block: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("category", category)
            $0.field("office", office)
            $0.field("grants", grants)
            $0.field("content", content)
        }
    }
}

extension StoredCaseFile.Block.Grant: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.key("basis")
            $0.object {
                $0.field("consent", basis.consent)
                $0.field("purpose", basis.purpose)
                $0.field("legalBasis", basis.legalBasis)
            }
            $0.field("from", from)
            $0.field("until", until)
        }
    }
}

extension SharedBlock.Content: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("timing", timing)
            $0.field("appointments", appointments)
            $0.field("measures", measures)
            $0.field("schooling", schooling)
            $0.field("vocationalCertificate", vocationalCertificate)
            $0.field("potential", potential)
            $0.field("placements", placements)
            $0.field("income", income)
            $0.field("subsidies", subsidies)
            $0.field("vouchers", vouchers)
            $0.field("reductions", reductions)
            $0.field("plans", plans)
        }
    }
}
