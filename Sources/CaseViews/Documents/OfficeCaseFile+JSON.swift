import CaseFile
import CaseTiming
import Foundation
import Ledger

// The stored form of a case file, field by field in the same form in which `Codable` reads it.

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
            $0.field("appointments", appointments)
            $0.field("potential", potential)
            $0.field("findings", findings)
            // Never stored: what others share is kept in blocks and cut by the day.
            $0.key("shared")
            $0.array(EmptyCollection<String>()) { $0.value($1) }
        }
    }
}

extension OfficeCaseFile.Identity: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("givenName", givenName)
            $0.field("familyName", familyName)
            $0.field("bornOn", bornOn)
            if let address {
                $0.key("address")
                $0.object {
                    $0.field("street", address.street)
                    $0.field("houseNumber", address.houseNumber)
                    $0.field("postalCode", address.postalCode)
                    $0.field("city", address.city)
                    $0.field("addition", address.addition)
                }
            }
            if let contact {
                $0.key("contact")
                $0.object {
                    $0.field("phone", contact.phone)
                    $0.field("mobile", contact.mobile)
                    $0.field("email", contact.email)
                    $0.field("note", contact.note)
                }
            }
            $0.field("areaId", areaId)
            $0.field("movedOn", movedOn)
            $0.field("languages", languages)
            $0.field("schooling", schooling)
            $0.field("vocationalCertificate", vocationalCertificate)
            $0.field("isErased", isErased)
        }
    }
}

extension OfficeCaseFile.Household: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("id", id)
            $0.field("role", role)
            $0.field("members", members)
        }
    }
}

extension OfficeCaseFile.Member: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseId)
            $0.field("role", role)
        }
    }
}

extension OfficeCaseFile.Engagement: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("office", office)
            $0.field("caseworker", caseworker)
            $0.field("since", since)
            $0.field("legalBasis", legalBasis)
            $0.field("handoverNote", handoverNote)
        }
    }
}

extension OfficeCaseFile.Consent: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("number", number)
            $0.field("categories", categories)
            $0.field("recipients", recipients)
            $0.field("purpose", purpose)
            $0.field("evidence", evidence)
            $0.field("from", from)
            $0.field("validUntil", validUntil)
            $0.field("withdrawals", withdrawals)
            $0.field("recordedBy", recordedBy)
        }
    }
}

extension OfficeCaseFile.Withdrawal: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("categories", categories)
            $0.field("recipients", recipients)
            $0.field("on", on)
        }
    }
}

extension Due: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("on", on)
            $0.field("reason", reason)
            $0.field("subject", subject)
        }
    }
}

extension OfficeCaseFile.Referral: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("referralId", referralId)
            $0.field("state", state)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("caseworker", caseworker)
            $0.field("service", service)
            $0.field("reason", reason)
            $0.field("legalBasis", legalBasis)
            $0.key("consents")
            $0.array(consents) { $0.value($1) }
            $0.field("categories", categories)
            $0.field("requestedOn", requestedOn)
            $0.field("answerDue", answerDue)
            $0.field("answeredOn", answeredOn)
            $0.field("answeredBy", answeredBy)
            $0.field("answerReason", answerReason)
            $0.field("completeBy", completeBy)
            $0.field("completedOn", completedOn)
            $0.field("completedBy", completedBy)
            $0.field("result", result)
            $0.field("withdrawnOn", withdrawnOn)
            $0.field("withdrawnReason", withdrawnReason)
        }
    }
}

extension OfficeCaseFile.Conference: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("conferenceId", conferenceId)
            $0.field("state", state)
            $0.field("office", office)
            $0.field("participants", participants)
            $0.field("at", at.wall.rfc3339)
            $0.field("place", place)
            $0.key("consents")
            $0.array(consents) { $0.value($1) }
            $0.field("categories", categories)
            $0.field("settledOn", settledOn)
            $0.field("minutes", minutes)
            $0.field("reason", reason)
            $0.field("commitments", commitments)
        }
    }
}

extension OfficeCaseFile.Commitment: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("commitmentId", commitmentId)
            $0.field("state", state)
            $0.field("office", office)
            $0.field("to", to)
            $0.field("what", what)
            $0.field("by", by)
            $0.field("conferenceId", conferenceId)
            $0.field("madeOn", madeOn)
            $0.field("settledOn", settledOn)
            $0.field("note", note)
            $0.field("replies", replies)
        }
    }
}

extension OfficeCaseFile.Reply: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("on", on)
            $0.field("note", note)
        }
    }
}

extension OfficeCaseFile.Plan: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("planId", planId)
            $0.field("kind", kind)
            $0.field("goal", goal)
            $0.field("reviewEvery", reviewEvery)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("draftedOn", draftedOn)
            $0.field("agreedOn", agreedOn)
            $0.field("agreedBy", agreedBy)
            $0.field("reviewDueOn", reviewDueOn)
            $0.field("reviews", reviews)
            $0.field("concludedOn", concludedOn)
            $0.field("outcome", outcome)
            $0.field("measures", measures)
        }
    }
}

extension OfficeCaseFile.Review: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("on", on)
            $0.field("findings", findings)
            $0.field("nextReview", nextReview)
        }
    }
}

extension OfficeCaseFile.Pause: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("from", from)
            $0.field("to", to)
            $0.field("reason", reason)
        }
    }
}

extension DayRange: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("from", first)
            $0.field("to", last)
        }
    }
}

extension OfficeCaseFile.Measure: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("measureId", measureId)
            $0.field("title", title)
            $0.field("strand", strand)
            $0.field("orientation", orientation)
            $0.field("solidarity", solidarity)
            $0.field("provider", provider)
            $0.field("window", window)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.key("weeklySlots")
            $0.array(weeklySlots) { writer, slot in
                writer.object {
                    $0.field("weekday", slot.weekday)
                    $0.field("from", slot.from.description)
                    $0.field("to", slot.to.description)
                }
            }
            $0.field("earliestStart", earliestStart)
            $0.field("latestEnd", latestEnd)
            $0.field("progress", progress)
            $0.field("startedOn", startedOn)
            $0.field("pauses", pauses)
            $0.field("endedOn", endedOn)
            $0.field("outcome", outcome)
            $0.field("certificate", certificate)
            $0.field("reason", reason)
        }
    }
}

extension OfficeCaseFile.MeasureTiming: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("measureId", measureId)
            $0.field("strand", strand)
            $0.field("window", window)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.field("progress", progress)
            $0.field("startedOn", startedOn)
            $0.field("pauses", pauses)
            $0.field("endedOn", endedOn)
        }
    }
}

extension OfficeCaseFile.Relation: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("first", first)
            $0.field("second", second)
            $0.field("relation", relation)
            $0.field("minDays", minDays)
            $0.field("maxDays", maxDays)
            $0.field("tolerance", tolerance)
        }
    }
}

extension Money: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("amount", amount)
            $0.field("currency", currency)
        }
    }
}

extension IncomeCover: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("kind", kind)
            $0.field("from", from)
            $0.field("note", note)
        }
    }
}

extension OfficeCaseFile.Placement: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("placementId", placementId)
            $0.field("state", state)
            $0.field("kind", kind)
            $0.field("offerId", offerId)
            $0.field("employer", employer)
            $0.field("occupation", occupation)
            $0.field("employmentField", employmentField)
            $0.field("wage", wage)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.field("offeredOn", offeredOn)
            $0.field("answerDue", answerDue)
            $0.field("answeredOn", answeredOn)
            $0.field("answerReason", answerReason)
            $0.field("importantReasonClaimed", importantReasonClaimed)
            $0.field("startsOn", startsOn)
            $0.field("endsOn", endsOn)
            $0.field("startedOn", startedOn)
            $0.field("endedOn", endedOn)
            $0.field("endReason", endReason)
            $0.field("incomeCover", incomeCover)
            $0.field("retentions", retentions)
        }
    }
}

extension OfficeCaseFile.Retention: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("afterMonths", afterMonths)
            $0.field("stillEmployed", stillEmployed)
        }
    }
}

extension OfficeCaseFile.Income: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("placementId", placementId)
            $0.field("wage", wage)
            $0.field("incomeCover", incomeCover)
        }
    }
}

extension OfficeCaseFile.Appointment: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("appointmentId", appointmentId)
            $0.field("state", state)
            $0.field("at", at.wall.rfc3339)
            $0.field("minutes", minutes)
            $0.field("place", place)
            $0.field("reason", reason)
            $0.field("settledOn", settledOn)
            $0.field("settledReason", settledReason)
        }
    }
}

extension OfficeCaseFile.AppointmentTiming: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("appointmentId", appointmentId)
            $0.field("at", at.wall.rfc3339)
            $0.field("minutes", minutes)
        }
    }
}

extension OfficeCaseFile.Potential: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("assessedOn", assessedOn)
            $0.field("strengths", strengths)
            $0.field("goals", goals)
            $0.field("obstacles", obstacles)
            $0.field("level", level)
            $0.field("occupationsSought", occupationsSought)
        }
    }
}

extension OfficeCaseFile.Finding: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("id", id)
            $0.field("kind", kind)
            $0.field("openedOn", openedOn)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("days", days)
            $0.field("explanation", explanation)
        }
    }
}
