import CaseFile
import Foundation

/// A row of `case_names`: what a participant is found by.
struct CaseNames: Hashable, Sendable {
    var caseId: UUID
    var givenName: String?
    var familyName: String?

    /// The text form of a `tsvector`; empty for an erased person.
    var search: String { FoldedName.searchVector(given: givenName, family: familyName) }

    /// The same, one by one.
    var lexemes: Set<String> { FoldedName.lexemes(given: givenName, family: familyName) }

    /// What the worklists are sorted by.
    var sortName: String { FoldedName.sortKey(given: givenName, family: familyName) }

    /// `nil` when nobody is registered.
    init?(caseId: UUID, state: CaseState) {
        guard let participant = state.participant else { return nil }
        self.caseId = caseId
        givenName = participant.personal?.givenName
        familyName = participant.personal?.familyName
    }
}
