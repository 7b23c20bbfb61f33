public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// What one office asks another for. Only these two see it; its reason and its result belong to both.
    public struct Referral: Codable, Hashable, Sendable {
        /// The referral.
        public var referralId: UUID
        /// Where it stands.
        public var state: CaseFile.Referral.Status
        /// The office that asks.
        public var from: Office
        /// The office that is asked.
        public var to: Office
        /// The caseworker in charge at the other office.
        public var caseworker: String?
        /// What is asked for.
        public var service: String
        /// Why; `nil` when none is given, consent no longer leaves it there, or the person is erased.
        public var reason: String?
        /// The law or paragraph that lets the office transmit.
        public var legalBasis: String?
        /// The numbers of the consents that it rests on.
        public var consents: [Int]
        /// What the reason tells about.
        public var categories: [ConsentCategory]
        /// The day as of which it was asked for.
        public var requestedOn: CalendarDate
        /// The day by which an answer is due.
        public var answerDue: CalendarDate
        /// The day of the answer.
        public var answeredOn: CalendarDate?
        /// Who answered.
        public var answeredBy: String?
        /// What was answered; `nil` once the person is erased.
        public var answerReason: String?
        /// The day by which the other office means to have acted.
        public var completeBy: CalendarDate?
        /// The day as of which it had acted.
        public var completedOn: CalendarDate?
        /// Who said so.
        public var completedBy: String?
        /// What came of it; `nil` once the person is erased.
        public var result: String?
        /// The day as of which it was no longer asked for.
        public var withdrawnOn: CalendarDate?
        /// Why; `nil` once the person is erased.
        public var withdrawnReason: String?
    }

    /// A meeting of offices. Its minutes are `nil` where consent no longer leaves them, as are reasons.
    public struct Conference: Codable, Hashable, Sendable {
        /// The conference.
        public var conferenceId: UUID
        /// Where it stands.
        public var state: CaseFile.Conference.Status
        /// The office that called it.
        public var office: Office
        /// The offices that meet.
        public var participants: [Office]
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// Where; `nil` once the person is erased.
        public var place: String?
        /// The numbers of the consents that it rests on.
        public var consents: [Int]
        /// What may be talked about.
        public var categories: [ConsentCategory]
        /// The day as of which it was minuted or cancelled.
        public var settledOn: CalendarDate?
        /// What was said; `nil` once the person is erased.
        public var minutes: String?
        /// Why it was cancelled; `nil` once the person is erased.
        public var reason: String?
        /// The commitments made there.
        public var commitments: [UUID]
    }

    /// What an office said it would do. What it is and what was noted are `nil` where consent no longer leaves them.
    public struct Commitment: Codable, Hashable, Sendable {
        /// The commitment.
        public var commitmentId: UUID
        /// Where it stands.
        public var state: CaseFile.Commitment.Status
        /// The office that committed itself.
        public var office: Office
        /// The offices that it did so to.
        public var to: [Office]
        /// What it does; `nil` once the person is erased.
        public var what: String?
        /// By when.
        public var by: CalendarDate
        /// The conference where it did.
        public var conferenceId: UUID?
        /// The alignment proposal that it accepted.
        public var proposalId: UUID?
        /// The first day on which it is overdue, where nothing was said of it in time.
        public var overdueSince: CalendarDate?
        /// The day as of which it was recorded.
        public var madeOn: CalendarDate
        /// The day on which it was kept, broken or withdrawn.
        public var settledOn: CalendarDate?
        /// What the office noted; `nil` once the person is erased.
        public var note: String?
        /// What the office has to say to it.
        public var replies: [Reply]
    }

    /// What an office has to say to how it kept its word.
    public struct Reply: Codable, Hashable, Sendable {
        /// The day of saying so.
        public var on: CalendarDate
        /// What it says; `nil` once the person is erased.
        public var note: String?
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
            $0.field("proposalId", proposalId)
            $0.field("overdueSince", overdueSince)
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
