public import Foundation
public import Ledger

/// The place of a person in a household.
public enum HouseholdRole: String, Codable, CaseIterable, Hashable, Sendable {
    /// A grown-up member.
    case adult
    /// The partner of an adult member.
    case partner
    /// A young person, about 14 to 26.
    case youth
    /// A younger child.
    case child
    /// Anybody else.
    case other
}

/// The household a participant belongs to.
public struct HouseholdMembership: Hashable, Sendable {
    /// The household.
    public var householdId: UUID
    /// The person's place in it.
    public var role: HouseholdRole?
    /// Which office recorded it, and since when it counts.
    public var joined: Provenance
}

/// Records that the participant lives and plans together with others.
public struct JoinHousehold: CommandBody {
    /// The name by which it is asked for.
    public static let name = "join-household"

    /// The household; the first to join forms it.
    public var householdId: UUID
    /// The person's place in it.
    public var role: HouseholdRole?

    /// The joining of a household.
    public init(householdId: UUID, role: HouseholdRole? = nil) {
        self.householdId = householdId
        self.role = role
    }
}

/// The participant became a member of a household.
public struct HouseholdJoined: EventBody {
    /// The household.
    public var householdId: UUID
    /// The person's place in it.
    public var role: HouseholdRole?

    /// The joining of a household.
    public init(householdId: UUID, role: HouseholdRole? = nil) {
        self.householdId = householdId
        self.role = role
    }
}

extension HouseholdJoined: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["householdId", "role"]]
}

extension CaseState {
    func decide(_ command: JoinHousehold, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard household == nil else { throw .alreadyInHousehold }
        return [.householdJoined(HouseholdJoined(householdId: command.householdId, role: command.role))]
    }

    mutating func apply(_ event: HouseholdJoined, from provenance: Provenance) {
        household = HouseholdMembership(householdId: event.householdId, role: event.role, joined: provenance)
    }
}

extension Rejection {
    /// The participant belongs to a household.
    public static let alreadyInHousehold = Rejection(
        rule: "already-in-household",
        detail: "The participant already belongs to a household; a person can be in one household at a time.")
}
