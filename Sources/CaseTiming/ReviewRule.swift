public import Foundation
public import Ledger

/// That an agreed plan is to be reviewed by a day.
public struct PlanReviewDue: Hashable, Sendable {
    /// The plan.
    public let plan: UUID
    /// The participant's case.
    public let caseID: UUID
    /// The office whose plan it is.
    public let office: Office
    /// The day by which it is to be reviewed.
    public let on: CalendarDate

    /// A review that a plan waits for.
    public init(plan: UUID, caseID: UUID, office: Office, on day: CalendarDate) {
        self.plan = plan
        self.caseID = caseID
        self.office = office
        self.on = day
    }
}

/// Finds the plans whose review is due: from `reviewDays` before the day by which a plan is to be reviewed until the review
/// is recorded or the plan concluded, however long that takes. Key: `review:<plan>`.
///
/// That day is the one set in the last review, or the agreed number of months after that review or the agreement.
struct ReviewRule {
    let today: CalendarDate
    let thresholds: TimingThresholds

    func report(_ timeline: Timeline) -> FindingReport {
        let lead = { (review: PlanReviewDue) in review.on - thresholds.of(review.office).reviewDays }
        return FindingReport(
            findings: timeline.reviews.filter { lead($0) <= today }.map(finding),
            nextChange: timeline.reviews.map(lead).filter { $0 > today }.min())
    }

    private func finding(_ review: PlanReviewDue) -> Finding {
        Finding(
            key: "review:\(review.plan.uuidString.lowercased())", kind: .review, owner: .singleCase(review.caseID),
            cases: [review.caseID], measures: [], offices: [review.office], from: review.on, to: review.on, days: nil,
            explanation: "The plan of the \(review.office.title) in this case is to be reviewed by \(review.on).",
            grounds: [FindingGround(.duty, in: review.caseID, id: review.plan, office: review.office)])
    }
}
