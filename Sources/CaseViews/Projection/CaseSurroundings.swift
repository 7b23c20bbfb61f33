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

    init(caseId: UUID, state: CaseState, household: HouseholdFile?) {
        self.caseId = caseId
        self.state = state
        self.household = household
        var cases = household?.members ?? [:]
        cases[caseId] = state
        self.cases = cases
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
