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

    /// The finding with the events that it rests on, as recorded by now.
    func complete(_ finding: Finding) async throws -> Finding {
        let grounds = finding.grounds ?? []
        let named = (finding.measures + grounds.compactMap(\.id)).map { $0.uuidString.lowercased() }
        var events: [FindingEvent] = []
        for caseID in Set(finding.cases + grounds.map(\.caseID)) {
            var types = Self.types(of: Set(grounds.filter { $0.caseID == caseID }.map(\.fact)))
            // Days without activity are a gap because of the plans in force.
            if finding.kind == .gap { types.insert(PlanAgreed.type) }
            for event in try await store.read(.of(CaseEvent.self, caseID)) {
                guard !Self.isOfFindings(event.type) else { continue }
                let text = String(decoding: event.payload, as: UTF8.self).lowercased()
                if types.contains(event.type) || named.contains(where: text.contains) {
                    events.append(FindingEvent(caseID: caseID, version: event.version, type: event.type))
                }
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
