public import Foundation
public import Ledger

/// Records that the participant agrees to a plan of the acting office.
public struct AgreePlan: CommandBody {
    /// The name by which it is asked for.
    public static let name = "agree-plan"

    /// The plan; absent means the acting office's only open plan that is not agreed yet.
    public var planId: UUID?
    /// The day on which the participant agreed; absent means the effective day.
    public var participantAgreedOn: CalendarDate?
    /// Who agreed for the office.
    public var byWhom: String?

    /// An agreement.
    public init(planId: UUID? = nil, participantAgreedOn: CalendarDate? = nil, byWhom: String? = nil) {
        self.planId = planId
        self.participantAgreedOn = participantAgreedOn
        self.byWhom = byWhom
    }
}

/// A plan was agreed with the participant.
public struct PlanAgreed: EventBody {
    /// The plan.
    public var planId: UUID
    /// The day on which the participant agreed, Europe/Berlin.
    public var participantAgreedOn: CalendarDate
    /// Who agreed for the office.
    public var byWhom: String?

    /// An agreement.
    public init(planId: UUID, participantAgreedOn: CalendarDate, byWhom: String? = nil) {
        self.planId = planId
        self.participantAgreedOn = participantAgreedOn
        self.byWhom = byWhom
    }
}

extension PlanAgreed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["planId"],
        .byPlanKind: ["byWhom", "participantAgreedOn"],
    ]
}

extension CaseState {
    func decide(_ command: AgreePlan, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let plan = try ownPlan(command.planId, in: context) { plans in
            let drafts = plans.filter { !$0.isAgreed }
            return drafts.isEmpty ? plans : drafts
        }
        guard !plan.isAgreed else { throw .alreadyAgreed }
        let agreedOn = try context.dayOfFact(command.participantAgreedOn)
        guard measures.contains(where: { $0.planId == plan.planId && $0.isOpen }) else { throw .noMeasure }
        guard plan.kind != .cooperation || potential != nil else { throw .potentialNotAssessed }
        return [
            .planAgreed(
                PlanAgreed(planId: plan.planId, participantAgreedOn: agreedOn, byWhom: command.byWhom))
        ]
    }

    mutating func apply(_ event: PlanAgreed, from provenance: Provenance) {
        update(plan: event.planId) {
            $0.agreement = Plan.Agreement(
                participantAgreedOn: event.participantAgreedOn, byWhom: event.byWhom, on: provenance.on)
        }
    }
}

extension Rejection {
    /// The plan is agreed.
    public static let alreadyAgreed = Rejection(
        rule: "already-agreed", detail: "This plan is already agreed; its measures can start.")
    /// The plan has no step that is still to be taken.
    public static let noMeasure = Rejection(
        rule: "no-measure", detail: "A plan without a measure cannot be agreed; add a measure first (add-measure).")
    /// A cooperation plan needs the assessment first (§ 15 SGB II).
    public static let potentialNotAssessed = Rejection(
        rule: "potential-not-assessed",
        detail: "A cooperation plan is agreed after the potential is assessed (§ 15 SGB II); assess it first.")
}
