public import CaseFile
public import CaseTiming
public import Ledger

extension OfficeCaseFile {
    /// What the participant allowed to be shared.
    public struct Consent: Codable, Hashable, Sendable {
        /// Number of the consent in the case, from 1.
        public var number: Int
        /// What may be shared.
        public var categories: [ConsentCategory]
        /// Which offices may receive it.
        public var recipients: [Office]
        /// What for.
        public var purpose: String
        /// Where the signed paper is.
        public var evidence: String?
        /// The first day on which it holds.
        public var from: CalendarDate
        /// The last day on which it holds, unless withdrawn.
        public var validUntil: CalendarDate?
        /// What was taken back.
        public var withdrawals: [Withdrawal]
        /// Which office recorded it.
        public var recordedBy: Office?
    }

    /// Part of a consent taken back.
    public struct Withdrawal: Codable, Hashable, Sendable {
        /// What may no longer be shared.
        public var categories: [ConsentCategory]
        /// Which offices may no longer receive it.
        public var recipients: [Office]
        /// The first day on which it no longer holds.
        public var on: CalendarDate
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
