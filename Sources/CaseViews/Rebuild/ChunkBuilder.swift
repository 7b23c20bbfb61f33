import CaseFile
import Foundation
import Ledger

/// Computes the rows of a piece of a rebuild: reads its streams whole, folds each once, and writes each case's rows once.
struct ChunkBuilder: Sendable {
    let reader: HistoryReader
    let views: Set<ViewName>
    /// Whether a stream with an event that cannot be read is read up to there; otherwise that is an error.
    let parksStreams: Bool

    /// The rows of these streams at a position, and what of them could not be read.
    ///
    /// - Throws: ``LedgerError``.
    func rows(
        of streams: [StreamName], through position: Position, without parked: ParkedStreams
    ) async throws -> (rows: ViewWriter, unreadable: [UnreadableEvent]) {
        var unreadable: [UnreadableEvent] = []
        func park(_ event: UnreadableEvent) -> Bool {
            if parksStreams { unreadable.append(event) }
            return parksStreams
        }
        let own = try await reader.states(of: streams, through: position, without: parked, park: park)
        var all = own
        // Whatever the plan did not foresee is read too, and written by the piece that it belongs to.
        let households = Set(own.cases.values.compactMap(\.state.household?.householdId)).subtracting(
            all.households.keys)
        let others = try await reader.states(
            of: households.map { StreamName(of: $0, in: HouseholdEvent.self) },
            through: position, without: parked, park: park)
        all.households.merge(others.households) { $1 }
        let members = Set(all.households.values.flatMap(\.state.members.keys)).subtracting(all.cases.keys)
        let housemates = try await reader.states(
            of: members.map { StreamName(of: $0, in: CaseEvent.self) },
            through: position, without: parked, park: park)
        all.cases.merge(housemates.cases) { $1 }
        let merged = Set(own.cases.values.flatMap(\.state.mergedWith)).subtracting(all.cases.keys)
        let relatives = try await reader.states(
            of: merged.map { StreamName(of: $0, in: CaseEvent.self) },
            through: position, without: parked, park: park)
        all.cases.merge(relatives.cases) { $1 }
        return (rows(of: own, among: all), unreadable)
    }

    private func rows(of own: FoldedStreams, among all: FoldedStreams) -> ViewWriter {
        var writer = ViewWriter(views: views)
        writer.areas = own.areas.map { (id: $0.key, area: $0.value) }
        writer.catalogue = own.catalogue
        var files: [UUID: HouseholdFile] = [:]
        for (id, household) in all.households {
            let members = household.state.members.keys.reduce(into: [:]) { $0[$1] = all.cases[$1]?.state }
            files[id] = HouseholdFile(id: id, state: household.state, members: members)
        }
        for (id, folded) in own.cases {
            let others = folded.state.mergedWith.reduce(into: [:]) { $0[$1] = all.cases[$1]?.state }
            writer.add(
                id, folded.state, in: folded.state.household.flatMap { files[$0.householdId] }, among: others)
        }
        for (id, household) in own.households {
            writer.add(
                FindingRows(owner: id, register: household.state.findings, cases: files[id]?.members ?? [:]))
        }
        return writer
    }
}
