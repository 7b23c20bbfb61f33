import CaseFile
import CaseTiming
import Foundation

/// A case with all that its views depend on.
struct CaseSurroundings {
    let caseId: UUID
    let state: CaseState
    let household: HouseholdFile?
    /// The household's cases, or this one alone.
    let cases: [UUID: CaseState]
    /// The case that this one was merged into.
    let survivor: CaseState?
    /// The cases that were merged into this one.
    let absorbed: [UUID: CaseState]

    /// - Parameter others: cases among which are the one that this one was merged into, and those merged into it.
    init(caseId: UUID, state: CaseState, household: HouseholdFile?, among others: [UUID: CaseState] = [:]) {
        self.caseId = caseId
        self.state = state
        self.household = household
        var cases = household?.members ?? [:]
        cases[caseId] = state
        self.cases = cases
        survivor = state.merging.flatMap { others[$0.into] }
        absorbed = others.isEmpty ? [:] : others.filter { state.absorbed[$0.key] != nil }
    }

    /// The cases that were merged into this one, as their own files have them, in the order of their ids.
    var merged: [CaseSurroundings] {
        absorbed.sorted { $0.key < $1.key }.map { id, merged in
            CaseSurroundings(
                caseId: id, state: merged, household: nil,
                among: merged.merging.map { [$0.into: state] } ?? [:])
        }
    }

    /// What is or was out of step in this case, in its own history or in its household's, in the order of keys.
    var findings: [FindingRegister.Entry] {
        let own = state.findings.entries.values
        let shared = (household?.state.findings.entries ?? [:]).values.filter { $0.finding.cases.contains(caseId) }
        return (Array(own) + shared).sorted {
            ($0.finding.key, $0.finding.ownerID) < ($1.finding.key, $1.finding.ownerID)
        }
    }
}

extension CaseState {
    /// The cases that this one's views depend on because it was merged into them, or they into it.
    var mergedWith: [UUID] {
        absorbed.isEmpty && merging == nil ? [] : [merging?.into].compactMap(\.self) + absorbed.keys
    }
}
