import Foundation
import Ledger

/// A youth and a parent of one household, three offices, a plan each: measures that should run together and at first do
/// not, a placement refused and one kept. Invented.
///
/// Every step carries an identifier of its own, so that it can be sent again after an outage.
struct HouseholdStory: Sendable {
    enum Step: Sendable {
        /// A command of somebody, to a path, with a body, that has to succeed.
        case command(Person, String, JSON)
        /// Waits until somebody sees this many findings of a kind and state.
        case findings(Person, kind: String, state: String, count: Int)
    }

    enum Person: String, CaseIterable, Sendable {
        case jobCentre = "job-centre"
        case youthOffice = "youth-office"
        case socialOffice = "social-office"
        case administrator, supervisor, auditor

        var role: String {
            switch self {
            case .jobCentre, .youthOffice, .socialOffice: "caseworker"
            default: rawValue
            }
        }

        var office: String? {
            switch self {
            case .jobCentre, .youthOffice, .socialOffice: rawValue
            case .supervisor: "job-centre"
            default: nil
            }
        }
    }

    let today: CalendarDate
    let area = "story-quarter"
    let household = Self.id("household")
    let parent = Self.id("parent")
    let youth = Self.id("youth")
    let welding = Self.id("welding")
    let debtAdvice = Self.id("debt-advice")
    let lateTraining = Self.id("late-training")
    let earlyTraining = Self.id("early-training")
    let refused = Self.id("refused-placement")
    let kept = Self.id("kept-placement")

    private static let namespace = UUID(uuid: (7, 1, 3, 3, 7, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))

    static func id(_ name: String) -> String {
        UUID(derivedFrom: namespace, name).uuidString.lowercased()
    }

    /// The command identifier of step number `index`.
    func commandID(_ index: Int) -> String { Self.id("command-\(index)") }

    private func day(_ offset: Int) -> JSON { .string((today + offset).description) }

    private func window(_ from: Int, _ to: Int) -> JSON { ["from": day(from), "to": day(to)] }

    var steps: [Step] { preparation + parentsPlans + youthsPlan + intoStep + placements }

    private var preparation: [Step] {
        [
            .command(.administrator, "/v1/areas/\(area)/publish-area", ["name": "Story quarter (invented)"]),
            .command(
                .jobCentre, "/v1/cases/\(parent)/register-participant",
                [
                    "givenName": "Paula", "familyName": "Storyparent", "bornOn": "1984-05-17", "areaId": .string(area),
                    "languages": ["de", "tr"], "effectiveOn": day(-90),
                ]),
            .command(
                .youthOffice, "/v1/cases/\(youth)/register-participant",
                [
                    "givenName": "Yara", "familyName": "Storyyouth", "bornOn": .string((today - 6300).description),
                    "areaId": .string(area), "effectiveOn": day(-90),
                ]),
            .command(.jobCentre, "/v1/cases/\(parent)/engage-office", engagement("job-centre", "jc-1", "§ 15 SGB II")),
            .command(
                .socialOffice, "/v1/cases/\(parent)/engage-office", engagement("social-office", "so-1", "§ 12 SGB XII")),
            .command(
                .youthOffice, "/v1/cases/\(youth)/engage-office", engagement("youth-office", "yo-1", "§ 36 SGB VIII")),
            .command(.jobCentre, "/v1/cases/\(youth)/engage-office", engagement("job-centre", "jc-1", "§ 15 SGB II")),
            .command(
                .jobCentre, "/v1/cases/\(parent)/join-household",
                [
                    "householdId": .string(household), "role": "adult", "effectiveOn": day(-90),
                ]),
            .command(
                .youthOffice, "/v1/cases/\(youth)/join-household",
                [
                    "householdId": .string(household), "role": "youth", "effectiveOn": day(-90),
                ]),
            .command(
                .jobCentre, "/v1/cases/\(parent)/grant-consent",
                [
                    "categories": ["timing", "education", "employment"],
                    "recipients": ["youth-office", "social-office"], "purpose": "one plan for the household",
                ]),
            .command(
                .youthOffice, "/v1/cases/\(youth)/grant-consent",
                [
                    "categories": ["timing"], "recipients": ["job-centre", "social-office"],
                    "purpose": "measures of the household side by side",
                ]),
        ]
    }

    private func engagement(_ office: String, _ caseworker: String, _ basis: String) -> JSON {
        [
            "office": .string(office), "caseworker": .string(caseworker), "legalBasis": .string(basis),
            "effectiveOn": day(-90),
        ]
    }

    private var parentsPlans: [Step] {
        let path = "/v1/cases/\(parent)"
        return [
            .command(
                .jobCentre, "\(path)/assess-potential",
                [
                    "strengths": ["welds since school"], "goals": ["a job with a contract"], "level": 3,
                    "occupationsSought": ["24422"], "effectiveOn": day(-80),
                ]),
            .command(
                .jobCentre, "\(path)/draft-plan",
                [
                    "planId": .string(Self.id("cooperation")), "kind": "cooperation", "goal": "planted-parents-goal",
                    "reviewEvery": 6, "effectiveOn": day(-80),
                ]),
            .command(
                .jobCentre, "\(path)/add-measure",
                [
                    "measureId": .string(welding), "title": "planted-welding-course", "strand": "education",
                    "orientation": "preventive", "solidarity": "supply", "provider": "planted-provider",
                    "window": window(-60, 40), "hoursPerWeek": 30, "effectiveOn": day(-80),
                ]),
            .command(.jobCentre, "\(path)/agree-plan", ["participantAgreedOn": day(-75), "effectiveOn": day(-75)]),
            .findings(.jobCentre, kind: "gap", state: "open", count: 1),
            .command(.jobCentre, "\(path)/start-measure", ["measureId": .string(welding), "on": day(-60)]),
            .findings(.jobCentre, kind: "gap", state: "open", count: 0),
            .command(
                .socialOffice, "\(path)/draft-plan",
                [
                    "planId": .string(Self.id("participation")), "kind": "participation", "goal": "out of debt",
                    "effectiveOn": day(-70),
                ]),
            .command(
                .socialOffice, "\(path)/add-measure",
                [
                    "measureId": .string(debtAdvice), "title": "planted-debt-advice", "strand": "living-environment",
                    "orientation": "remedial", "solidarity": "demand", "window": window(-50, 20), "hoursPerWeek": 2,
                    "effectiveOn": day(-70),
                ]),
            .command(.socialOffice, "\(path)/agree-plan", ["effectiveOn": day(-65)]),
            .command(.socialOffice, "\(path)/start-measure", ["measureId": .string(debtAdvice), "on": day(-50)]),
        ]
    }

    private var youthsPlan: [Step] {
        let path = "/v1/cases/\(youth)"
        return [
            .command(
                .youthOffice, "\(path)/draft-plan",
                [
                    "planId": .string(Self.id("support")), "kind": "youth-support", "goal": "planted-youths-goal",
                    "effectiveOn": day(-20),
                ]),
            .command(
                .youthOffice, "\(path)/add-measure",
                [
                    "measureId": .string(lateTraining), "title": "planted-late-training", "strand": "education",
                    "window": window(70, 200), "hoursPerWeek": 25, "effectiveOn": day(-20),
                ]),
            .command(.youthOffice, "\(path)/agree-plan", ["effectiveOn": day(-15)]),
            .findings(.jobCentre, kind: "sequence", state: "open", count: 2),
            .findings(.youthOffice, kind: "gap", state: "open", count: 1),
        ]
    }

    private var intoStep: [Step] {
        let path = "/v1/cases/\(youth)"
        return [
            .command(
                .youthOffice, "\(path)/abandon-measure",
                [
                    "measureId": .string(lateTraining), "reason": "brought forward",
                ]),
            .findings(.jobCentre, kind: "sequence", state: "open", count: 0),
            .findings(.youthOffice, kind: "gap", state: "open", count: 0),
            .command(
                .youthOffice, "\(path)/add-measure",
                [
                    "measureId": .string(earlyTraining), "title": "planted-early-training", "strand": "education",
                    "window": window(-5, 120), "hoursPerWeek": 25, "effectiveOn": day(-5),
                ]),
            .command(.youthOffice, "\(path)/start-measure", ["measureId": .string(earlyTraining), "on": day(-5)]),
            .findings(.jobCentre, kind: "sequence", state: "open", count: 0),
            .findings(.youthOffice, kind: "gap", state: "open", count: 0),
            .command(
                .youthOffice, "\(path)/relate-measures",
                [
                    "first": .string(earlyTraining), "second": .string(welding), "relation": "concurrent-with-end",
                    "tolerance": 14,
                ]),
            .findings(.youthOffice, kind: "relation", state: "open", count: 1),
            .command(
                .youthOffice, "\(path)/revise-measure",
                [
                    "measureId": .string(earlyTraining), "window": window(-5, 45),
                    "reason": "to end with the parent's course",
                ]),
            .findings(.youthOffice, kind: "relation", state: "open", count: 0),
            .command(
                .youthOffice, "\(path)/schedule-appointment",
                [
                    "appointmentId": .string(Self.id("talk")), "at": .string("\(today + 7)T10:00"), "minutes": 45,
                    "place": "planted-place",
                ]),
        ]
    }

    private var placements: [Step] {
        [
            .command(
                .jobCentre, "/v1/cases/\(youth)/offer-placement",
                [
                    "placementId": .string(refused), "employer": "Invented Bakery", "kind": "apprenticeship",
                    "occupation": "29222", "startsOn": day(30),
                ]),
            .command(
                .jobCentre, "/v1/cases/\(youth)/refuse-placement",
                [
                    "placementId": .string(refused), "reason": "the training comes first",
                    "importantReasonClaimed": true,
                ]),
            .command(
                .jobCentre, "/v1/cases/\(parent)/offer-placement",
                [
                    "placementId": .string(kept), "employer": "Invented Metalworks", "kind": "job",
                    "occupation": "24422",
                    "hoursPerWeek": 20, "wage": ["amount": "1450.00", "currency": "EUR"], "startsOn": day(-3),
                    "effectiveOn": day(-10),
                ]),
            .command(
                .jobCentre, "/v1/cases/\(parent)/accept-placement",
                [
                    "placementId": .string(kept), "effectiveOn": day(-8),
                ]),
            .command(.jobCentre, "/v1/cases/\(parent)/start-placement", ["placementId": .string(kept), "on": day(-3)]),
            .command(
                .socialOffice, "/v1/cases/\(parent)/complete-measure",
                [
                    "measureId": .string(debtAdvice), "on": day(-1), "outcome": "an agreement with the creditors",
                ]),
        ]
    }
}
