import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Reductions by the job centre, as long as the rule is in force: after missed reports, and after work was refused without an
/// important reason.
extension HouseholdStory {
    /// The last day of the rule's version that is in force (§§ 31, 31a, 32 SGB II).
    private static let lastDayOfRule: CalendarDate = "2026-06-30"

    mutating func tellReductions(_ prospect: Prospect) {
        guard prospect.offices[.jobCentre] != nil else { return }
        if let day = missedOn[prospect.person.index], random.chance(30) {
            reduce("missed-report", prospect, occurredOn: day)
        }
        if let refusal = record.refusals.first(where: { $0.person == prospect.person.index }), random.chance(25) {
            reduce("breach-of-duty", prospect, occurredOn: refusal.on)
        }
    }

    private mutating func reduce(_ ground: String, _ prospect: Prospect, occurredOn: CalendarDate) {
        let heardOn = (occurredOn + random.int(8...21)).workday
        let day = (heardOn + random.int(2...12)).workday
        guard day <= min(prospect.last, Self.lastDayOfRule) else { return }
        let id = UUID(derivedFrom: prospect.person.id, "reduction \(ground)")
        script.note(
            "decide-reduction", for: prospect.person, by: .jobCentre, on: day,
            [
                "reductionId": .id(id), "percentage": 10, "months": 1, "ground": .text(ground),
                "occurredOn": .day(occurredOn), "hearingHeldOn": .day(heardOn), "hardshipExamined": true,
            ])
        // Some decisions do not hold when they are looked at again (§ 44 SGB X).
        let revokedOn = day + random.int(20...45)
        guard random.chance(14), revokedOn <= prospect.last else { return }
        script.note(
            "lift-reduction", for: prospect.person, by: .jobCentre, on: revokedOn,
            ["reductionId": .id(id), "revoked": true, "reason": "Auf Widerspruch aufgehoben"])
    }
}
