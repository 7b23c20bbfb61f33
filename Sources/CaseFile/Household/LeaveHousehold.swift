import CaseTiming
public import Foundation
public import Ledger

/// Records that the participant no longer lives and plans with the others.
public struct LeaveHousehold: CommandBody {
    /// The name by which it is asked for.
    public static let name = "leave-household"

    /// The household; absent means the one the participant belongs to.
    public var householdId: UUID?
    /// Why.
    public var reason: String?

    /// The leaving of a household.
    public init(householdId: UUID? = nil, reason: String? = nil) {
        self.householdId = householdId
        self.reason = reason
    }
}

/// The participant is no longer a member of a household.
public struct HouseholdLeft: EventBody {
    /// The household.
    public var householdId: UUID
    /// Why.
    public var reason: String?

    /// The leaving of a household.
    public init(householdId: UUID, reason: String? = nil) {
        self.householdId = householdId
        self.reason = reason
    }
}

extension HouseholdLeft: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["householdId"], .own: ["reason"]]
}

/// Ends the relations of a case with measures of somebody who left its household; the consequence of `leave-household`.
public struct EndRelations: CommandBody {
    /// The name by which it is asked for.
    public static let name = "end-relations"

    /// The measures of the one who left.
    public var measures: [UUID]

    /// An ending of relations.
    public init(measures: [UUID]) { self.measures = measures }
}

extension CaseState {
    func decide(_ command: LeaveHousehold, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let household, household.householdId == command.householdId ?? household.householdId else {
            throw .notInHousehold
        }
        let day = try context.dayOfFact()
        guard household.joined.on <= day else { throw .leavesBeforeJoining }
        // Relations bind measures of one household: what reaches out of this case ends with the membership.
        let ends = relations.map(\.relation).filter { measure($0.second) == nil }
        return ends.map { .measuresUnrelated(MeasuresUnrelated(first: $0.first, second: $0.second, relation: $0.kind)) }
            + outdatedByLeaving() + [
                .householdLeft(HouseholdLeft(householdId: household.householdId, reason: command.reason))
            ]
    }

    mutating func apply(_ event: HouseholdLeft, from provenance: Provenance) {
        guard household?.householdId == event.householdId else { return }
        household = nil
    }

    func decide(_ command: EndRelations, in context: DecisionContext) -> [CaseEvent] {
        relations.map(\.relation).filter { command.measures.contains($0.second) && measure($0.second) == nil }
            .map { .measuresUnrelated(MeasuresUnrelated(first: $0.first, second: $0.second, relation: $0.kind)) }
    }
}

extension Rejection {
    /// The participant does not belong to that household.
    public static let notInHousehold = Rejection(
        rule: "not-in-household", detail: "The participant does not belong to this household; look up which one it is.")
    /// The participant would leave before joining.
    public static let leavesBeforeJoining = Rejection(
        rule: "leaves-before-joining",
        detail: "The participant joined the household after that day; choose a day on or after it.")
}
