import CaseFile
import CaseTiming
import Foundation
import Ledger

// The stored form of a case file, field by field in the same form in which `Codable` reads it; its parts are written where
// they are described.

extension OfficeCaseFile: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseId)
            $0.field("office", office)
            $0.field("relation", relation)
            $0.field("since", since)
            $0.field("until", until)
            $0.field("status", status)
            $0.field("registeredOn", registeredOn)
            $0.field("closedOn", closedOn)
            $0.field("mergedInto", mergedInto)
            $0.field("jobCentre", jobCentre)
            $0.field("youthOffice", youthOffice)
            $0.field("socialOffice", socialOffice)
            $0.field("identity", identity)
            $0.field("household", household)
            $0.field("engagements", engagements)
            $0.field("consents", consents)
            $0.field("due", due)
            $0.field("asked", asked)
            $0.field("awaited", awaited)
            $0.field("referrals", [Referral]())
            $0.field("conferences", [Conference]())
            $0.field("commitments", [Commitment]())
            $0.field("plans", plans)
            $0.field("relations", relations)
            $0.field("placements", placements)
            $0.field("subsidies", subsidies)
            $0.field("vouchers", vouchers)
            $0.field("reductions", reductions)
            $0.field("facts", facts)
            $0.field("deadlines", deadlines)
            $0.field("appointments", appointments)
            $0.field("potential", potential)
            $0.field("findings", findings)
            $0.field("proposals", [Proposal]())
            // Never stored: what others share is kept in blocks and cut by the day.
            $0.key("shared")
            $0.array(EmptyCollection<String>()) { $0.value($1) }
            // Nor are merged cases: they are kept in stored form, and cut by the day too.
            $0.key("merged")
            $0.array(EmptyCollection<String>()) { $0.value($1) }
            $0.field("restrictions", restrictions)
            $0.field("disputes", disputes)
        }
    }
}
