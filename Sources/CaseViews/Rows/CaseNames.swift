import CaseFile
import CaseTiming
import Foundation

/// A row of an office's names: what a participant is found by.
struct CaseNames: Hashable, Sendable {
    var caseId: UUID
    /// The office on whose worklist the case is.
    var office: Office
    var givenName: String?
    var familyName: String?

    /// The text form of a `tsvector`; empty for an erased person.
    var search: String { FoldedName.searchVector(given: givenName, family: familyName) }

    /// The same, one by one.
    var lexemes: Set<String> { FoldedName.lexemes(given: givenName, family: familyName) }

    /// What the worklists are sorted by.
    var sortName: String { FoldedName.sortKey(given: givenName, family: familyName) }

    /// The rows of a case, one for each office on whose worklist it is; `nil` when nobody is registered.
    static func rows(caseId: UUID, state: CaseState) -> [CaseNames]? {
        guard let participant = state.participant else { return nil }
        guard state.merging == nil else { return [] }
        return Office.allCases.filter { state.sight(of: $0) != nil }.map {
            CaseNames(
                caseId: caseId, office: $0, givenName: participant.personal?.givenName,
                familyName: participant.personal?.familyName)
        }
    }
}
