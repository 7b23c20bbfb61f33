/// What is counted in a summary. The raw value is the place in JSON and the column in CSV.
///
/// Counts are of one programme area and one month. Activity is that of measures: an office is active on the days on which
/// it has one running.
public enum SummaryIndicator: String, CaseIterable, Hashable, Sendable {
    /// Participants for whom the office was responsible on at least one day.
    case participants
    /// Plans drafted.
    case plansDrafted = "plans.drafted"
    /// Plans that a participant agreed to.
    case plansAgreed = "plans.agreed"
    /// Reviews of plans.
    case plansReviewed = "plans.reviewed"
    /// Plans concluded after a participant had agreed to them.
    case plansConcluded = "plans.concluded"
    /// Plans in force on at least one day.
    case plansInForce = "plans.inForce"
    /// Measures running on at least one day.
    case measuresRunning = "measures.running"
    /// Running measures of the strand education.
    case measuresEducation = "measures.strand.education"
    /// Running measures of the strand employment.
    case measuresEmployment = "measures.strand.employment"
    /// Running measures of the strand neighbourhood.
    case measuresNeighbourhood = "measures.strand.neighbourhood"
    /// Running measures of the strand civic participation.
    case measuresCivicParticipation = "measures.strand.civic-participation"
    /// Running measures of the strand living environment.
    case measuresLivingEnvironment = "measures.strand.living-environment"
    /// Running measures that prevent.
    case measuresPreventive = "measures.orientation.preventive"
    /// Running measures that repair.
    case measuresRemedial = "measures.orientation.remedial"
    /// Running measures of which neither is recorded.
    case measuresOrientationUnspecified = "measures.orientation.unspecified"
    /// Running measures that strengthen the ability to learn and act.
    case measuresSupply = "measures.solidarity.supply"
    /// Running measures that strengthen income.
    case measuresDemand = "measures.solidarity.demand"
    /// Running measures of which neither is recorded.
    case measuresSolidarityUnspecified = "measures.solidarity.unspecified"
    /// Placements offered.
    case placementsOffered = "placements.offered"
    /// Placements accepted.
    case placementsAccepted = "placements.accepted"
    /// Placements refused.
    case placementsRefused = "placements.refused"
    /// Placements begun.
    case placementsStarted = "placements.started"
    /// Placements ended.
    case placementsEnded = "placements.ended"
    /// Placements of which it was recorded that the participant was still employed there after 3 months.
    case keptAfter3Months = "placements.after3Months.kept"
    /// Placements of which the contrary was recorded after 3 months.
    case lostAfter3Months = "placements.after3Months.lost"
    /// As ``keptAfter3Months``, after 6 months.
    case keptAfter6Months = "placements.after6Months.kept"
    /// As ``lostAfter3Months``, after 6 months.
    case lostAfter6Months = "placements.after6Months.lost"
    /// As ``keptAfter3Months``, after 12 months.
    case keptAfter12Months = "placements.after12Months.kept"
    /// As ``lostAfter3Months``, after 12 months.
    case lostAfter12Months = "placements.after12Months.lost"
    /// How often a participant was handed on: to another caseworker of the office, or by the office to its successor.
    case handOffs
    /// Referrals that the office asked for.
    case referralsRequested = "referrals.requested"
    /// Referrals to the office that it accepted.
    case referralsAccepted = "referrals.accepted"
    /// Referrals to the office that it declined.
    case referralsDeclined = "referrals.declined"
    /// Referrals to the office that it answered after the answer was due, accepted or declined.
    case referralsAnsweredLate = "referrals.answeredLate"
    /// Referrals to the office that it completed.
    case referralsCompleted = "referrals.completed"
    /// Referrals that the office withdrew.
    case referralsWithdrawn = "referrals.withdrawn"
    /// Referrals to the office that waited for its answer on at least one day.
    case referralsWaiting = "referrals.waiting"
    /// Days on which referrals to the office waited for its answer, from the day of asking to the day before the answer.
    case referralsWaitingDays = "referrals.waitingDays"
    /// Conferences held that the office had called.
    case conferencesHeld = "conferences.held"
    /// What the office committed itself to.
    case commitmentsMade = "commitments.made"
    /// Commitments whose day passed without a word of the office.
    case commitmentsOverdue = "commitments.overdue"
    /// Commitments that the office kept in time.
    case commitmentsKept = "commitments.kept"
    /// Commitments that the office kept after their day.
    case commitmentsLate = "commitments.late"
    /// Commitments that the office did not keep.
    case commitmentsBroken = "commitments.broken"
    /// Commitments that the office withdrew.
    case commitmentsWithdrawn = "commitments.withdrawn"
    /// Proposals that would move measures of the office.
    case proposalsReceived = "proposals.received"
    /// Proposals that the office accepted.
    case proposalsAccepted = "proposals.accepted"
    /// Proposals that the office countered.
    case proposalsCountered = "proposals.countered"
    /// Proposals that the office did not answer in time.
    case proposalsUnanswered = "proposals.unanswered"
    /// Proposals that all offices accepted, and that moved measures of the office.
    case proposalsAgreed = "proposals.agreed"
    /// Proposals that the office declined.
    case proposalsDeclined = "proposals.declined"
    /// Proposals declined because there was no place, room or staff.
    case proposalsDeclinedForCapacity = "proposals.declinedFor.capacity"
    /// Proposals declined because the provider could not.
    case proposalsDeclinedForProvider = "proposals.declinedFor.provider"
    /// Proposals declined because the participant did not want it, or could not.
    case proposalsDeclinedForParticipant = "proposals.declinedFor.participant"
    /// Proposals declined because a provision of law stood against them.
    case proposalsDeclinedForLaw = "proposals.declinedFor.law"
    /// Proposals declined for anything else.
    case proposalsDeclinedForOther = "proposals.declinedFor.other"
    /// Findings opened that concern the office.
    case findingsOpened = "findings.opened"
    /// Findings closed that concern the office.
    case findingsClosed = "findings.closed"
    /// Cases with at least one active day.
    case activeCases = "simultaneity.cases.active"
    /// Cases with at least one day on which two offices, this one among them, were active.
    case casesTogether = "simultaneity.cases.together"
    /// Active days of all cases.
    case activeDaysOfCases = "simultaneity.cases.activeDays"
    /// Days of all cases on which at least two offices, this one among them, were active.
    case sharedDaysOfCases = "simultaneity.cases.sharedDays"
    /// Households with at least one active day in any member's case.
    case activeHouseholds = "simultaneity.households.active"
    /// Households with at least one day on which two offices, this one among them, were active.
    case householdsTogether = "simultaneity.households.together"
    /// Active days of all households.
    case activeDaysOfHouseholds = "simultaneity.households.activeDays"
    /// Days of all households on which at least two offices, this one among them, were active.
    case sharedDaysOfHouseholds = "simultaneity.households.sharedDays"

    /// The names of the objects it lies in, and its own.
    var path: [String] { rawValue.split(separator: ".").map(String.init) }

    /// Everything that is counted of running measures. The parts add up to the whole, so they are suppressed together.
    static let measures = allCases.filter { $0.rawValue.hasPrefix("measures.") }

    /// Everything that is counted of refusals. The grounds add up to the whole, so they are suppressed together.
    static let declined = allCases.filter { $0.rawValue.hasPrefix("proposals.declined") }

    /// The ways in which running measures are divided up.
    static let measureBreakdowns: [[SummaryIndicator]] = ["strand", "orientation", "solidarity"].map { division in
        allCases.filter { $0.rawValue.hasPrefix("measures.\(division).") }
    }

    /// For a number of days, the number of cases, households or referrals it comes from: it is as personal as that is small.
    var basis: SummaryIndicator? {
        switch self {
        case .activeDaysOfCases: .activeCases
        case .sharedDaysOfCases: .casesTogether
        case .activeDaysOfHouseholds: .activeHouseholds
        case .sharedDaysOfHouseholds: .householdsTogether
        case .referralsWaitingDays: .referralsWaiting
        default: nil
        }
    }
}
