public import Foundation
public import Ledger

/// Records that a plan of the acting office was reviewed with the participant.
public struct ReviewPlan: CommandBody {
    /// The name by which it is asked for.
    public static let name = "review-plan"

    /// The plan; absent means the acting office's only open plan that is agreed.
    public var planId: UUID?
    /// The day of the review; absent means the effective day.
    public var on: CalendarDate?
    /// What was found. Personal.
    public var findings: String?
    /// The day by which the next review is due; absent means that it follows from the plan's interval.
    public var nextReview: CalendarDate?

    /// A review.
    public init(
        planId: UUID? = nil, on: CalendarDate? = nil, findings: String? = nil, nextReview: CalendarDate? = nil
    ) {
        self.planId = planId
        self.on = on
        self.findings = findings
        self.nextReview = nextReview
    }
}

/// A plan was reviewed with the participant.
public struct PlanReviewed: EventBody {
    /// What the review showed.
    public struct Personal: Codable, Hashable, Sendable {
        /// What was found.
        public var findings: String

        /// Findings.
        public init(findings: String) { self.findings = findings }
    }

    /// The plan.
    public var planId: UUID
    /// The day of the review, Europe/Berlin.
    public var on: CalendarDate
    /// The day by which the next review is due, if one was set.
    public var nextReview: CalendarDate?
    /// What the review showed.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case planId, on, nextReview
    }

    /// A review.
    public init(planId: UUID, on: CalendarDate, nextReview: CalendarDate? = nil, personal: Personal? = nil) {
        self.planId = planId
        self.on = on
        self.nextReview = nextReview
        self.personal = personal
    }
}

extension PlanReviewed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["planId"],
        .byPlanKind: ["nextReview", "on", "findings"],
    ]
}

extension CaseState {
    func decide(_ command: ReviewPlan, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let plan = try ownPlan(command.planId, in: context) { plans in
            let agreed = plans.filter(\.isAgreed)
            return agreed.isEmpty ? plans : agreed
        }
        guard let agreement = plan.agreement else { throw .planNotAgreed }
        let on = try context.dayOfFact(command.on)
        guard max(agreement.participantAgreedOn, plan.reviews.last?.on ?? on) <= on else { throw .reviewOutOfOrder }
        if let next = command.nextReview {
            try next.plausible()
            guard on < next, plan.to.map({ next <= $0 }) ?? true else { throw .invalidNextReview }
        }
        return [
            .planReviewed(
                PlanReviewed(
                    planId: plan.planId, on: on, nextReview: command.nextReview,
                    personal: command.findings.map { PlanReviewed.Personal(findings: $0) }))
        ]
    }

    mutating func apply(_ event: PlanReviewed, from provenance: Provenance) {
        update(plan: event.planId) {
            $0.reviews.append(
                Plan.Review(on: event.on, findings: event.personal?.findings, nextReview: event.nextReview))
        }
    }
}

extension Rejection {
    /// A review before the agreement or before the last review.
    public static let reviewOutOfOrder = Rejection(
        rule: "review-out-of-order",
        detail: "The plan was agreed or last reviewed after that day; choose the day of this review, not before it.")
    /// The next review is not after this one, or after the plan's end.
    public static let invalidNextReview = Rejection(
        rule: "invalid-next-review",
        detail: "The next review lies after this one and within the plan; choose such a day or leave it out.")
}
