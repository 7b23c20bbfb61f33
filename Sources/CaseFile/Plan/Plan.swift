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

    /// That a participant agreed to a plan.
    public struct Agreement: Hashable, Sendable {
        /// The day on which the participant agreed, Europe/Berlin.
        public var participantAgreedOn: CalendarDate
        /// Who agreed for the office.
        public var byWhom: String?
        /// The day from which the agreement counts, Europe/Berlin.
        public var on: CalendarDate
    }

    /// Whether the participant agreed.
    public var isAgreed: Bool { agreement != nil }
}

extension CaseState {
    /// The plan of that id.
    public func plan(_ id: UUID) -> Plan? { plans.first { $0.planId == id } }

    /// The plans of an office that are not concluded.
    public func openPlans(of office: Office) -> [Plan] { plans.filter { $0.office == office } }

    /// The plan that a command is about: the one it names, or else the acting office's only one among `candidates`.
    func ownPlan(
        _ id: UUID?, in context: DecisionContext, among candidates: ([Plan]) -> [Plan] = { $0 }
    ) throws(Rejection) -> Plan {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        if let id {
            guard let plan = plan(id) else { throw .unknownPlan }
            guard plan.office == office else { throw .notYourPlan }
            return plan
        }
        let plans = candidates(openPlans(of: office))
        guard let plan = plans.first else { throw .unknownPlan }
        guard plans.count == 1 else { throw .severalOpenPlans }
        return plan
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
    /// The office has more than one open plan, and the command names none.
    public static let severalOpenPlans = Rejection(
        rule: "several-open-plans", detail: "Your office has several open plans in this case; name one with planId.")
}
