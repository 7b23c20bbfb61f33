import CaseFile
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// Something that the office recorded because a period of the law begins or ends with it.
    public struct Fact: Codable, Hashable, Sendable {
        /// The fact.
        public var factId: UUID
        /// What happened, as a rule names it.
        public var fact: String
        /// What it happened to, such as an application.
        public var matter: UUID
        /// The day on which it happened.
        public var on: CalendarDate
        /// Under which law or paragraph.
        public var legalBasis: String?
        /// `true` when it turned out not to have happened.
        public var withdrawn: Bool?
    }
}

extension OfficeCaseFile.Fact {
    init(_ fact: RecordedFact) {
        self.init(
            factId: fact.factId, fact: fact.fact, matter: fact.matter, on: fact.on, legalBasis: fact.legalBasis,
            withdrawn: fact.isWithdrawn ? true : nil)
    }
}

extension OfficeCaseFile.Fact: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("factId", factId)
            $0.field("fact", fact)
            $0.field("matter", matter)
            $0.field("on", on)
            $0.field("legalBasis", legalBasis)
            $0.field("withdrawn", withdrawn)
        }
    }
}
