public import CaseTiming
public import Foundation
public import Ledger

/// Begins a plan of the acting office with the participant.
public struct DraftPlan: CommandBody {
    /// The name by which it is asked for.
    public static let name = "draft-plan"

    /// The new plan.
    public var planId: UUID
    /// What kind of plan it is.
    public var kind: PlanKind
    /// The goal. Personal.
    public var goal: String?
    /// Months between two reviews, at least 1.
    public var reviewEvery: Int?
    /// The plan's own first day.
    public var from: CalendarDate?
    /// The plan's own last day.
    public var to: CalendarDate?

    /// A draft.
    public init(
        planId: UUID, kind: PlanKind, goal: String? = nil, reviewEvery: Int? = nil, from: CalendarDate? = nil,
        to: CalendarDate? = nil
    ) {
        self.planId = planId
        self.kind = kind
        self.goal = goal
        self.reviewEvery = reviewEvery
        self.from = from
        self.to = to
    }
}

/// An office began a plan with the participant.
public struct PlanDrafted: EventBody {
    /// What the plan is for, in words.
    public struct Personal: Codable, Hashable, Sendable {
        /// The goal.
        public var goal: String

        /// A goal.
        public init(goal: String) { self.goal = goal }
    }

    /// The new plan.
    public var planId: UUID
    /// The office whose plan it is.
    public var office: Office
    /// What kind of plan it is.
    public var kind: PlanKind
    /// Months between two reviews.
    public var reviewEvery: Int?
    /// The plan's own first day.
    public var from: CalendarDate?
    /// The plan's own last day.
    public var to: CalendarDate?
    /// What the plan is for, in words.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case planId, office, kind, reviewEvery, from, to
    }

    /// A draft.
    public init(
        planId: UUID, office: Office, kind: PlanKind, reviewEvery: Int? = nil, from: CalendarDate? = nil,
        to: CalendarDate? = nil, personal: Personal? = nil
    ) {
        self.planId = planId
        self.office = office
        self.kind = kind
        self.reviewEvery = reviewEvery
        self.from = from
        self.to = to
        self.personal = personal
    }
}

extension PlanDrafted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["planId"],
        .byPlanKind: ["from", "goal", "kind", "office", "reviewEvery", "to"],
    ]
}

extension CaseState {
    func decide(_ command: DraftPlan, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard plan(command.planId) == nil else { throw .planExists }
        guard !openPlans(of: office).contains(where: { $0.kind == command.kind }) else { throw .planOfKindOpen }
        if let months = command.reviewEvery {
            guard (1...120).contains(months) else { throw .invalidReviewEvery }
        }
        try command.from.plausible()
        try command.to.plausible()
        if let from = command.from, let to = command.to, to < from { throw .windowReversed }
        return [
            .planDrafted(
                PlanDrafted(
                    planId: command.planId, office: office, kind: command.kind, reviewEvery: command.reviewEvery,
                    from: command.from, to: command.to,
                    personal: command.goal.map { PlanDrafted.Personal(goal: $0) }))
        ]
    }

    mutating func apply(_ event: PlanDrafted, from provenance: Provenance) {
        plans.append(
            Plan(
                planId: event.planId, office: event.office, kind: event.kind, goal: event.personal?.goal,
                reviewEvery: event.reviewEvery, from: event.from, to: event.to, draftedOn: provenance.on))
    }
}

extension Rejection {
    /// The id names a plan already.
    public static let planExists = Rejection(
        rule: "plan-exists", detail: "This case already has a plan under that id; draft it under a new planId.")
    /// The office works with the participant by a plan of that kind already.
    public static let planOfKindOpen = Rejection(
        rule: "plan-of-kind-open",
        detail: "Your office already has an open plan of this kind in the case; continue with that one.")
    /// Reviews less than a month or more than ten years apart.
    public static let invalidReviewEvery = Rejection(
        rule: "invalid-review-every", detail: "A plan is reviewed every 1 to 120 months; choose a number among them.")
    /// A window that ends before it begins.
    public static let windowReversed = Rejection(
        rule: "window-reversed", detail: "The window ends before it begins; its last day is on or after its first.")
}
