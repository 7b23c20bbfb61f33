import CaseFile
import Foundation
import Ledger

extension JobCentreFocus: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("level", level)
            $0.field("occupationsSought", occupationsSought)
            if let placement {
                $0.key("placement")
                $0.object {
                    $0.field("placementId", placement.placementId)
                    $0.field("state", placement.state)
                    $0.field("startsOn", placement.startsOn)
                    $0.field("endsOn", placement.endsOn)
                }
            }
            $0.field("lastRefusalOn", lastRefusalOn)
            if let nextStep {
                $0.key("nextStep")
                $0.object {
                    $0.field("what", nextStep.what)
                    $0.field("on", nextStep.on)
                }
            }
            $0.field("reviewDueOn", reviewDueOn)
        }
    }
}

extension YouthOfficeFocus: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("age", age)
            $0.key("transitions")
            $0.array(transitions) { writer, transition in
                writer.object {
                    $0.field("age", transition.age)
                    $0.field("on", transition.on)
                }
            }
            if let supportPlan {
                $0.key("supportPlan")
                $0.object {
                    $0.field("planId", supportPlan.planId)
                    $0.field("isAgreed", supportPlan.isAgreed)
                    $0.field("reviewDueOn", supportPlan.reviewDueOn)
                }
            }
            $0.field("otherMembers", otherMembers)
        }
    }
}

extension SocialOfficeFocus: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("householdSize", householdSize)
            $0.field("minors", minors)
            $0.field("livingEnvironmentMeasures", livingEnvironmentMeasures)
            $0.field("participationMeasures", participationMeasures)
            $0.field("placementEndsOn", placementEndsOn)
            $0.field("incomeCoverFrom", incomeCoverFrom)
        }
    }
}

extension StoredTimeline: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("entries", entries)
        }
    }
}

extension StoredTimeline.Entry: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("visible", visible)
            $0.field("titled", titled)
            $0.field("interval", interval)
        }
    }
}

extension TimelineInterval: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("kind", kind)
            $0.field("id", id)
            $0.field("office", office)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("state", state)
            $0.field("strand", strand)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.field("at", at?.wall.rfc3339)
            $0.field("minutes", minutes)
            $0.field("title", title)
            $0.field("explanation", explanation)
        }
    }
}
