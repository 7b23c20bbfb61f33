public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// Something out of step.
    public struct Finding: Codable, Hashable, Sendable {
        /// The finding.
        public var id: UUID
        /// In what way.
        public var kind: FindingKind
        /// The day as of which it was opened.
        public var openedOn: CalendarDate
        /// The first day it is about.
        public var from: CalendarDate?
        /// The last day it is about.
        public var to: CalendarDate?
        /// By how many days; `nil` when that grows with every day.
        public var days: Int?
        /// What is out of step, in a sentence or two.
        public var explanation: String
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
