public import CaseTiming
public import Foundation
public import Ledger

/// What kind of plan an office makes with a participant.
public enum PlanKind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Kooperationsplan (§ 15 SGB II).
    case cooperation
    /// Hilfeplan (§ 36 SGB VIII).
    case youthSupport = "youth-support"
    /// Teilhabeplan, Förderplan (§ 12 SGB XII, § 19 SGB IX).
    case participation
}

/// An office's plan with a participant.
public struct Plan: Hashable, Sendable {
    /// The plan.
    public var planId: UUID
    /// The office whose plan it is.
    public var office: Office
    /// What kind of plan it is.
    public var kind: PlanKind
    /// The goal in words; `nil` when none is set or the person is erased.
    public var goal: String?
    /// Months between two reviews.
    public var reviewEvery: Int?
    /// The plan's own first day, if set.
    public var from: CalendarDate?
    /// The plan's own last day, if set.
    public var to: CalendarDate?
    /// The day from which the draft counts, Europe/Berlin.
    public var draftedOn: CalendarDate
    /// The agreement, once there is one.
    public var agreement: Agreement?
    /// The reviews, in the order of recording.
    public var reviews: [Review] = []
    /// How it was concluded, once it was.
    public var conclusion: Conclusion?

    /// That a participant agreed to a plan.
    public struct Agreement: Hashable, Sendable {
        /// The day on which the participant agreed, Europe/Berlin.
        public var participantAgreedOn: CalendarDate
        /// Who agreed for the office.
        public var byWhom: String?
        /// The day from which the agreement counts, Europe/Berlin.
        public var on: CalendarDate
    }

    /// That a plan was reviewed with the participant.
    public struct Review: Hashable, Sendable {
        /// The day of the review, Europe/Berlin.
        public var on: CalendarDate
        /// What was found; `nil` when nothing is noted or the person is erased.
        public var findings: String?
        /// The day by which the next review is due; `nil` when it follows from ``Plan/reviewEvery``.
        public var nextReview: CalendarDate?
    }

    /// That a plan is over.
    public struct Conclusion: Hashable, Sendable {
        /// The plan's last day, Europe/Berlin.
        public var on: CalendarDate
        /// What came of it.
        public var outcome: String?
    }

    /// Whether the participant agreed.
    public var isAgreed: Bool { agreement != nil }
    /// Whether it is not concluded.
    public var isOpen: Bool { conclusion == nil }

    /// The day by which the plan is to be reviewed: the one set in the last review, or else the agreed number of months
    /// after that review or the agreement; `nil` when none is known, or the plan ends before.
    public var reviewDueOn: CalendarDate? {
        guard let agreement, isOpen else { return nil }
        let last = reviews.last
        let interval = reviewEvery.map { (last?.on ?? agreement.participantAgreedOn).adding(months: $0) }
        guard let due = last?.nextReview ?? interval else { return nil }
        return to.map { $0 < due } ?? false ? nil : due
    }
}

extension CaseState {
    /// The plan of that id.
    public func plan(_ id: UUID) -> Plan? { plans.first { $0.planId == id } }

    /// The plans of an office that are not concluded.
    public func openPlans(of office: Office) -> [Plan] { plans.filter { $0.office == office && $0.isOpen } }

    /// The open plan that a command is about: the one it names, or else the acting office's only one among `candidates`.
    func ownPlan(
        _ id: UUID?, in context: DecisionContext, among candidates: ([Plan]) -> [Plan] = { $0 }
    ) throws(Rejection) -> Plan {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        if let id {
            guard let plan = plan(id) else { throw .unknownPlan }
            guard plan.office == office else { throw .notYourPlan }
            guard plan.isOpen else { throw .planConcluded }
            return plan
        }
        let plans = candidates(openPlans(of: office))
        guard let plan = plans.first else { throw .unknownPlan }
        guard plans.count == 1 else { throw .severalOpenPlans }
        return plan
    }
    mutating func update(plan id: UUID, _ change: (inout Plan) -> Void) {
        guard let index = plans.firstIndex(where: { $0.planId == id }) else { return }
        change(&plans[index])
    }
}

extension Rejection {
    /// There is no such plan, or the office has none.
    public static let unknownPlan = Rejection(
        rule: "unknown-plan", detail: "There is no such plan in this case; draft one first (draft-plan).")
    /// The plan belongs to another office.
    public static let notYourPlan = Rejection(
        rule: "not-your-plan",
        detail: "This belongs to another office's plan; ask that office to act, or act in a plan of your own.")
    /// The plan is over.
    public static let planConcluded = Rejection(
        rule: "plan-concluded", detail: "This plan is concluded; draft a new one for what is still to be done.")
    /// The office has more than one open plan, and the command names none.
    public static let severalOpenPlans = Rejection(
        rule: "several-open-plans", detail: "Your office has several open plans in this case; name one with planId.")
}
