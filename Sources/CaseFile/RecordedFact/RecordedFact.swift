public import CaseTiming
public import Foundation
public import Ledger

/// Something that happened and that a period of the law begins or ends with, where no other command records it: an
/// application that arrived, a report that was asked for.
public struct RecordedFact: Hashable, Sendable {
    /// The fact.
    public var factId: UUID
    /// What happened, as the rule that asks for it names it: `application-received`.
    public var fact: String
    /// What it happened to: an application, a benefit; facts about the same matter end one another's periods.
    public var matter: UUID
    /// The day on which it happened, Europe/Berlin.
    public var on: CalendarDate
    /// Under which law or paragraph, where that matters to the rule.
    public var legalBasis: String?
    /// The office that recorded it, and that has to act on it.
    public var office: Office
    /// Whether it turned out not to have happened.
    public var isWithdrawn = false
}

extension CaseState {
    /// The fact of that id.
    public func recordedFact(_ id: UUID) -> RecordedFact? { recordedFacts.first { $0.factId == id } }

    /// The facts as rules see them. What was withdrawn does not count, and keeps its number: the others stay the same facts.
    var recordedFactsForRules: [DatedFact] {
        struct Series: Hashable {
            var fact: String
            var matter: UUID
        }
        var numbers: [Series: Int] = [:]
        return recordedFacts.compactMap { recorded in
            let number = numbers[Series(fact: recorded.fact, matter: recorded.matter), default: 0] + 1
            numbers[Series(fact: recorded.fact, matter: recorded.matter)] = number
            guard !recorded.isWithdrawn else { return nil }
            return DatedFact(
                recorded.fact, of: recorded.matter, number: number, kind: recorded.legalBasis, office: recorded.office,
                on: recorded.on)
        }
    }
}
