public import CaseFile
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// A placement. Wage and income cover are `nil` where only the category *placement* is open.
    public struct Placement: Codable, Hashable, Sendable {
        /// The placement.
        public var placementId: UUID
        /// Where it stands.
        public var state: CaseFile.Placement.Status
        /// What kind of work it is.
        public var kind: PlacementKind
        /// The offer it takes a place of.
        public var offerId: UUID?
        /// The employer in plain words.
        public var employer: String?
        /// KldB 2010, 1 to 5 digits.
        public var occupation: String?
        /// The field of work.
        public var employmentField: String?
        /// Gross wage a month.
        public var wage: Money?
        /// Weekly hours.
        public var hoursPerWeek: Double?
        /// The day as of which it was offered.
        public var offeredOn: CalendarDate
        /// The offer lapses after this day.
        public var answerDue: CalendarDate?
        /// The day as of which it was answered.
        public var answeredOn: CalendarDate?
        /// What the participant said; `nil` once the person is erased.
        public var answerReason: String?
        /// Whether a refusal claimed an important reason (§ 10 SGB II).
        public var importantReasonClaimed: Bool?
        /// The first day, as offered.
        public var startsOn: CalendarDate?
        /// The last day, as offered.
        public var endsOn: CalendarDate?
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The last day.
        public var endedOn: CalendarDate?
        /// Why it ended.
        public var endReason: String?
        /// What the participant lives on afterwards.
        public var incomeCover: IncomeCover?
        /// Whether it was kept, by months.
        public var retentions: [Retention]
    }

    /// Whether somebody was still employed some months after a placement began.
    public struct Retention: Codable, Hashable, Sendable {
        /// After how many months.
        public var afterMonths: Int
        /// Whether the participant was still employed there.
        public var stillEmployed: Bool
    }

    /// What a placement pays, and what comes after it: benefits.
    public struct Income: Codable, Hashable, Sendable {
        /// The placement.
        public var placementId: UUID
        /// Gross wage a month.
        public var wage: Money?
        /// What the participant lives on afterwards.
        public var incomeCover: IncomeCover?
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
