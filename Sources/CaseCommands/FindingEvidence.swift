import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Looks up the recorded events that a finding rests on, so that whoever asks why can read them.
///
/// Those are the events that speak of one of its measures, or of what else it rests on; of a case's participant and
/// engagements, those that registered, corrected, engaged or released. Personal fields are sealed and never looked at.
struct FindingEvidence: Sendable {
    let store: any EventStore

    /// What is recorded in cases, read once for all of their findings.
    struct Records {
        fileprivate struct Entry {
            var event: FindingEvent
            /// What the event says, in small letters.
            var text: String
        }

        fileprivate let entries: [UUID: [Entry]]
    }

    /// What is recorded by now in the cases that findings rest on, read in one step.
    func records(behind findings: [Finding]) async throws -> Records {
        let cases = Set(findings.flatMap { $0.cases + ($0.grounds ?? []).map(\.caseID) })
        let tails = try await store.read(
            Dictionary(uniqueKeysWithValues: cases.map { (StreamName.of(CaseEvent.self, $0), 0) }), through: nil)
        return Records(
            entries: Dictionary(
                uniqueKeysWithValues: cases.map { caseID in
                    let events = tails[.of(CaseEvent.self, caseID)] ?? []
                    return (
                        caseID,
                        events.filter { !Self.isOfFindings($0.type) }.map {
                            Records.Entry(
                                event: FindingEvent(caseID: caseID, version: $0.version, type: $0.type),
                                text: String(decoding: $0.payload, as: UTF8.self).lowercased())
                        }
                    )
                }))
    }

    /// The finding with the events that it rests on, as they were read.
    static func complete(_ finding: Finding, from records: Records) -> Finding {
        let grounds = finding.grounds ?? []
        let named = (finding.measures + grounds.compactMap(\.id)).map { $0.uuidString.lowercased() }
        var events: [FindingEvent] = []
        for caseID in Set(finding.cases + grounds.map(\.caseID)) {
            var types = Self.types(of: Set(grounds.filter { $0.caseID == caseID }.map(\.fact)))
            // Days without activity are a gap because of the plans in force.
            if finding.kind == .gap { types.insert(PlanAgreed.type) }
            for entry in records.entries[caseID] ?? []
            where types.contains(entry.event.type) || named.contains(where: entry.text.contains) {
                events.append(entry.event)
            }
        }
        return finding.resting(on: events.sorted())
    }

    private static func isOfFindings(_ type: String) -> Bool {
        [FindingOpened.type, FindingUpdated.type, FindingClosed.type].contains(type)
    }

    private static func types(of facts: Set<FindingGround.Fact>) -> Set<String> {
        var types: Set<String> = []
        if facts.contains(.participant) { types.formUnion([ParticipantRegistered.type, ParticipantCorrected.type]) }
        if facts.contains(.engagement) { types.formUnion([OfficeEngaged.type, OfficeDisengaged.type]) }
        return types
    }
}
