public import CaseFile
public import Foundation

/// A household together with the cases of its members: what a member's view needs to know beside the case.
public struct HouseholdFile: Hashable, Sendable {
    /// The household.
    public var id: UUID
    /// Who belongs to it, and what is out of step between them.
    public var state: HouseholdState
    /// The members' cases, by case id.
    public var members: [UUID: CaseState]

    /// A household with the cases of its members.
    public init(id: UUID, state: HouseholdState, members: [UUID: CaseState]) {
        self.id = id
        self.state = state
        self.members = members
    }
}
