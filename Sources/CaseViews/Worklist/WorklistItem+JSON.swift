import CaseFile
import CaseTiming
import Ledger

// A page of a worklist is written by hand: `JSONEncoder` takes longer for fifty cases than the database does for finding them.

extension Page where Item == WorklistItem {
    /// The page in JSON.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.field("items", items)
            $0.field("next", next)
        }
        return writer.bytes
    }
}

extension WorklistItem: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseId)
            $0.field("givenName", givenName)
            $0.field("familyName", familyName)
            $0.field("bornOn", bornOn)
            $0.field("areaId", areaId)
            $0.field("status", status)
            $0.field("caseworker", caseworker)
            $0.field("relation", relation)
            $0.field("since", since)
            $0.field("registeredOn", registeredOn)
            $0.field("closedOn", closedOn)
            $0.field("householdId", householdId)
            $0.field("dueOn", dueOn)
            $0.field("dueReason", dueReason)
            $0.field("agenda", agenda)
            $0.field("reviewDueOn", reviewDueOn)
            $0.field("askedOn", askedOn)
            $0.field("askedReason", askedReason)
            $0.field("awaitedOn", awaitedOn)
            $0.field("awaitedReason", awaitedReason)
            $0.field("findings", findings)
            $0.field("newestFindingOn", newestFindingOn)
            switch columns {
            case .jobCentre(let columns): columns.write(to: &$0)
            case .youthOffice(let columns): columns.write(to: &$0)
            case .socialOffice(let columns): columns.write(to: &$0)
            }
        }
    }
}

extension JobCentreColumns {
    /// Writes the columns among the others of an object.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("level", level)
        writer.field("occupationsSought", occupationsSought)
        writer.field("placementState", placementState)
        writer.field("placementStartsOn", placementStartsOn)
        writer.field("placementEndsOn", placementEndsOn)
        writer.field("lastRefusalOn", lastRefusalOn)
        writer.field("nextStep", nextStep)
        writer.field("nextStepOn", nextStepOn)
    }
}

extension YouthOfficeColumns {
    /// Writes the columns among the others of an object.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("age", age)
        writer.field("nextTransitionOn", nextTransitionOn)
        writer.field("supportPlan", supportPlan)
        writer.field("openMeasures", openMeasures)
        writer.field("otherMembers", otherMembers)
    }
}

extension SocialOfficeColumns {
    /// Writes the columns among the others of an object.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("householdSize", householdSize)
        writer.field("minors", minors)
        writer.field("livingEnvironmentMeasures", livingEnvironmentMeasures)
        writer.field("participationMeasures", participationMeasures)
        writer.field("placementEndsOn", placementEndsOn)
        writer.field("incomeCoverFrom", incomeCoverFrom)
    }
}
