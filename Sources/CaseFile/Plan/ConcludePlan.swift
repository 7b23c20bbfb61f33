public import Foundation
public import Ledger

/// Ends a plan of the acting office, agreed or not.
public struct ConcludePlan: CommandBody {
    /// The name by which it is asked for.
    public static let name = "conclude-plan"

    /// The plan; absent means the acting office's only open plan.
    public var planId: UUID?
    /// Its last day; absent means the effective day.
    public var on: CalendarDate?
    /// What came of it.
    public var outcome: String?

    /// A conclusion.
    public init(planId: UUID? = nil, on: CalendarDate? = nil, outcome: String? = nil) {
        self.planId = planId
        self.on = on
        self.outcome = outcome
    }
}

/// A plan was ended.
public struct PlanConcluded: EventBody {
    /// The plan.
    public var planId: UUID
    /// Its last day, Europe/Berlin.
    public var on: CalendarDate
    /// What came of it.
    public var outcome: String?

    /// A conclusion.
    public init(planId: UUID, on: CalendarDate, outcome: String? = nil) {
        self.planId = planId
        self.on = on
        self.outcome = outcome
    }
}

extension PlanConcluded: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["planId"], .byPlanKind: ["on", "outcome"]]
}

extension CaseState {
    func decide(_ command: ConcludePlan, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let plan = try ownPlan(command.planId, in: context)
        let steps = measures.filter { $0.planId == plan.planId }
        let open = steps.filter(\.isOpen).map(\.measureId)
        guard open.isEmpty else { throw .openMeasuresRemain(open) }
        let on = try context.dayOfFact(command.on)
        let known = steps.compactMap { $0.startedOn == nil ? nil : $0.end?.on } + plan.reviews.map(\.on)
        let earliest = ([plan.agreement?.participantAgreedOn].compactMap(\.self) + known).max()
        if let earliest, on < earliest { throw .concludedTooEarly(before: earliest) }
        return [.planConcluded(PlanConcluded(planId: plan.planId, on: on, outcome: command.outcome))]
    }

    mutating func apply(_ event: PlanConcluded, from provenance: Provenance) {
        update(plan: event.planId) { $0.conclusion = Plan.Conclusion(on: event.on, outcome: event.outcome) }
    }
}

extension Rejection {
    /// Steps of the plan are planned, running or paused.
    public static func openMeasuresRemain(_ measures: [UUID]) -> Rejection {
        Rejection(
            rule: "open-measures-remain",
            detail: "Measures of the plan are still open: "
                + measures.map { $0.uuidString.lowercased() }.joined(separator: ", ")
                + ". Complete or abandon them before concluding the plan.")
    }

    /// The plan would be over before something of it was.
    public static func concludedTooEarly(before day: CalendarDate) -> Rejection {
        Rejection(
            rule: "concluded-too-early",
            detail: "The plan was agreed, reviewed or worked on up to \(day); conclude it on that day or later.")
    }
}
