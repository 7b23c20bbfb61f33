import Foundation
import Ledger

/// A case with a planted value in every text field, and what is shared of it with the office that looks on.
///
/// The job centre and the youth office work in it, without anything between them. The social office looks on: it stands to
/// the case in one of the ways there are, and consent opens to it one of the things that can be opened.
struct PlantedCase: Hashable, Sendable {
    /// How the social office stands to the case.
    enum Standing: String, CaseIterable, Sendable {
        case engaged, registered, addressed, left
        case unrelated = "none"
    }

    /// What is open to the social office.
    enum Opening: String, CaseIterable, Sendable {
        case nothing, timing, education, employment, placement, benefits, health, entrusted, everything, withdrawn
        case youthSupport = "youth-support"
        case legalBasis = "legal-basis"

        /// The categories that consent names, one consent each.
        var categories: [String] {
            switch self {
            case .nothing, .legalBasis: []
            case .everything, .withdrawn:
                ["timing", "education", "employment", "placement", "benefits", "youth-support", "health"]
            default: [rawValue]
            }
        }

        /// The categories whose content is open.
        var open: Set<String> { self == .withdrawn ? [] : Set(categories) }
    }

    /// A text that stands in the case and nowhere else.
    struct Plant: Hashable, Sendable {
        var value: String
        /// The office that recorded it.
        var owner: String
        /// A category of data, or `identity`, `consent`, `referral`, `conference`, `own`; `told` in confidence.
        var category: String
        /// Who may read it, where that is not a matter of offices.
        var holders: Set<String> = []
        /// Whether a view shows it to those who may see it.
        var isShown: Bool
        /// How the office that looks on stands to the case, and what is open to it.
        var standing: Standing
        var opening: Opening

        /// Whether an office may see it.
        func isVisible(to office: String) -> Bool {
            let isParty = office == "job-centre" || office == "social-office"
            let watches = office == "social-office"
            let isEngaged = !watches || standing == .engaged
            switch category {
            case "told": return false
            case "identity": return isEngaged || standing == .addressed
            case "referral": return isParty && (isEngaged || standing == .addressed)
            case "consent", "conference": return isParty && isEngaged
            case "own": return office == owner && isEngaged
            default: return isEngaged && (office == owner || (watches && opening.open.contains(category)))
            }
        }
    }

    var standing: Standing
    var opening: Opening

    /// Every opening where something can be seen, and both ends where nothing should be.
    static let all: [PlantedCase] =
        Opening.allCases.map { PlantedCase(standing: .engaged, opening: $0) }
        + Standing.allCases.filter { $0 != .engaged }.flatMap { standing in
            [Opening.nothing, .everything].map { PlantedCase(standing: standing, opening: $0) }
        }

    var name: String { "\(standing.rawValue)-\(opening.rawValue)" }
    var caseId: String { id("case") }

    func id(_ name: String) -> String { HouseholdStory.id("planted \(self.name) \(name)") }

    /// The family name, which is searched for.
    var familyName: String { "Zqfamily" + letters }
    private var letters: String { name.filter(\.isLetter) }
}

/// The commands that make a planted case, and what was planted with them.
struct PlantedStory: Sendable {
    struct Step: Sendable {
        var office: String
        var command: String
        var body: JSON
    }

    let planted: PlantedCase
    let today: CalendarDate
    private(set) var steps: [Step] = []
    private(set) var plants: [PlantedCase.Plant] = []

    init(_ planted: PlantedCase, today: CalendarDate, area: String) {
        self.planted = planted
        self.today = today
        open(area)
        consent()
        jobCentre()
        placements()
        youthOffice()
        if planted.standing == .engaged { socialOffice() }
        between()
        if planted.standing == .left {
            add(
                "social-office", "disengage-office",
                ["office": "social-office", "reason": plant("social-office", "own", "left", isShown: false)], on: -1)
        }
    }

    // MARK: Words

    /// A new planted value.
    private mutating func plant(_ owner: String, _ category: String, _ field: String, isShown: Bool = true) -> JSON {
        let value = "Zq-\(field)-of-\(owner)-\(category)-in-\(planted.name)-qz"
        plants.append(
            PlantedCase.Plant(
                value: value, owner: owner, category: category, isShown: isShown, standing: planted.standing,
                opening: planted.opening))
        return .string(value)
    }

    private func day(_ offset: Int) -> JSON { .string((today + offset).description) }
    private func window(_ from: Int, _ to: Int) -> JSON { ["from": day(from), "to": day(to)] }
    private func id(_ name: String) -> JSON { .string(planted.id(name)) }

    private mutating func add(_ office: String, _ command: String, _ body: JSON, on offset: Int) {
        guard case .object(var members) = body else { return }
        members["effectiveOn"] = day(offset)
        steps.append(Step(office: office, command: command, body: .object(members)))
    }

    // MARK: Story

    private mutating func open(_ area: String) {
        let owner = planted.standing == .registered ? "social-office" : "job-centre"
        plants.append(
            PlantedCase.Plant(
                value: planted.familyName, owner: owner, category: "identity", isShown: true,
                standing: planted.standing, opening: planted.opening))
        // What it registered is not shown to an office that does not read the case.
        let isShown = planted.standing != .registered
        add(
            owner, "register-participant",
            [
                "givenName": plant(owner, "identity", "given"), "familyName": .string(planted.familyName),
                "bornOn": .string(
                    (today - 7000 - abs(planted.name.utf8.reduce(0) { $0 &* 31 &+ Int($1) } % 900)).description),
                "areaId": .string(area),
                "address": [
                    "street": plant(owner, "identity", "street"), "addition": plant(owner, "identity", "door"),
                ],
                "contact": ["email": plant(owner, "identity", "mail"), "note": plant(owner, "identity", "contact")],
                "schooling": plant(owner, "education", "school", isShown: isShown),
                "vocationalCertificate": plant(owner, "education", "vocation", isShown: isShown),
            ], on: -90)
        for office in ["job-centre", "youth-office"] {
            add(office, "engage-office", ["office": .string(office), "caseworker": .string("\(office)-1")], on: -89)
        }
        guard planted.standing == .engaged || planted.standing == .left else { return }
        var engagement: [String: JSON] = ["office": "social-office", "caseworker": "social-office-1"]
        if planted.opening == .legalBasis { engagement["legalBasis"] = plant("social-office", "identity", "law") }
        add("social-office", "engage-office", .object(engagement), on: -89)
    }

    private mutating func consent() {
        for (number, category) in planted.opening.categories.enumerated() {
            add(
                "job-centre", "grant-consent",
                [
                    "categories": [.string(category)], "recipients": ["social-office"],
                    "purpose": plant("job-centre", "consent", "purpose\(number)"),
                    "evidence": plant("job-centre", "consent", "paper\(number)"),
                ], on: -80)
        }
        guard planted.opening == .withdrawn else { return }
        add(
            "job-centre", "withdraw-consent", ["reason": plant("job-centre", "own", "withdrawal", isShown: false)],
            on: -1)
    }

    private mutating func jobCentre() {
        let office = "job-centre"
        add(
            office, "reassign-caseworker",
            [
                "office": .string(office), "caseworker": "job-centre-2",
                "handoverNote": plant(office, "own", "handover"),
            ], on: -70)
        add(
            office, "assess-potential",
            [
                "strengths": [plant(office, "employment", "strength")],
                "goals": [plant(office, "employment", "wish")],
                "obstacles": [plant(office, "employment", "obstacle")],
            ], on: -70)
        add(
            office, "draft-plan",
            ["planId": id("cooperation"), "kind": "cooperation", "goal": plant(office, "own", "goal")], on: -70)
        add(
            office, "add-measure",
            [
                "measureId": id("course"), "title": plant(office, "education", "course"), "strand": "education",
                "provider": plant(office, "education", "provider"), "window": window(-60, 40), "hoursPerWeek": 10,
            ], on: -70)
        add(
            office, "add-measure",
            [
                "measureId": id("coaching"), "title": plant(office, "employment", "coaching"), "strand": "employment",
                "window": window(-50, 20), "hoursPerWeek": 2,
            ], on: -70)
        add(office, "agree-plan", ["byWhom": plant(office, "own", "who")], on: -65)
        add(office, "start-measure", ["measureId": id("course"), "on": day(-60)], on: -60)
        add(office, "start-measure", ["measureId": id("coaching"), "on": day(-50)], on: -50)
        add(
            office, "pause-measure",
            ["measureId": id("course"), "on": day(-45), "reason": plant(office, "education", "pause")], on: -45)
        add(office, "resume-measure", ["measureId": id("course"), "on": day(-40)], on: -40)
        add(
            office, "abandon-measure",
            ["measureId": id("coaching"), "on": day(-30), "reason": plant(office, "employment", "abandoned")], on: -30)
        add(office, "review-plan", ["on": day(-20), "findings": plant(office, "own", "review")], on: -20)
        add(
            office, "complete-measure",
            [
                "measureId": id("course"), "on": day(-5), "outcome": plant(office, "education", "outcome"),
                "certificate": plant(office, "education", "certificate"),
            ], on: -5)
        appointment(office)
    }

    private mutating func appointment(_ office: String) {
        let start = office == "job-centre" ? 9 : office == "youth-office" ? 11 : 13
        add(
            office, "schedule-appointment",
            [
                "appointmentId": id("talk \(office)"),
                "at": .string("\(today + 7)T\(start < 10 ? "0" : "")\(start):00"),
                "minutes": 45, "place": plant(office, "own", "place"), "reason": plant(office, "own", "talk"),
            ], on: 0)
        add(
            office, "schedule-appointment",
            [
                "appointmentId": id("visit \(office)"),
                "at": .string("\(today + 9)T\(start < 10 ? "0" : "")\(start):00"),
                "minutes": 45, "place": plant(office, "own", "visit"),
            ], on: 0)
        add(
            office, "cancel-appointment",
            ["appointmentId": id("visit \(office)"), "reason": plant(office, "own", "cancelled")], on: 0)
    }

    private mutating func placements() {
        let office = "job-centre"
        add(
            office, "offer-placement",
            [
                "placementId": id("refused"), "employer": plant(office, "placement", "bakery"),
                "kind": "apprenticeship",
                "startsOn": day(30),
            ], on: -28)
        add(
            office, "refuse-placement",
            ["placementId": id("refused"), "reason": plant(office, "placement", "refusal")], on: -27)
        add(
            office, "offer-placement",
            [
                "placementId": id("kept"), "employer": plant(office, "placement", "workshop"), "kind": "job",
                "hoursPerWeek": 10, "startsOn": day(-20),
            ], on: -26)
        add(
            office, "accept-placement",
            ["placementId": id("kept"), "reason": plant(office, "placement", "acceptance")], on: -25)
        add(office, "start-placement", ["placementId": id("kept"), "on": day(-20)], on: -20)
        add(
            office, "end-placement",
            [
                "placementId": id("kept"), "on": day(-3), "reason": plant(office, "placement", "ending"),
                "incomeCover": [
                    "kind": plant(office, "benefits", "cover"), "from": day(-2),
                    "note": plant(office, "benefits", "covernote"),
                ],
            ], on: -3)
        add(
            office, "issue-voucher",
            [
                "voucherId": id("voucher"), "kind": "education",
                "scope": [
                    "goal": plant(office, "education", "vouchergoal"),
                    "region": plant(office, "education", "voucherregion"), "until": day(60),
                ],
            ], on: -10)
        add(
            office, "revoke-voucher",
            ["voucherId": id("voucher"), "reason": plant(office, "education", "voucherback")], on: -2)
    }

    private mutating func youthOffice() {
        let office = "youth-office"
        add(
            office, "reassign-caseworker",
            [
                "office": .string(office), "caseworker": "youth-office-2",
                "handoverNote": plant(office, "own", "handover"),
            ], on: -60)
        add(
            office, "draft-plan",
            ["planId": id("support"), "kind": "youth-support", "goal": plant(office, "youth-support", "goal")], on: -60)
        add(
            office, "add-measure",
            [
                "measureId": id("group"), "title": plant(office, "youth-support", "group"), "strand": "education",
                "provider": plant(office, "youth-support", "provider"), "window": window(-50, 50), "hoursPerWeek": 4,
            ], on: -60)
        add(office, "agree-plan", ["byWhom": plant(office, "youth-support", "guardian")], on: -55)
        add(office, "start-measure", ["measureId": id("group"), "on": day(-50)], on: -50)
        add(office, "review-plan", ["on": day(-15), "findings": plant(office, "youth-support", "review")], on: -15)
        add(
            office, "issue-voucher",
            [
                "voucherId": id("service"), "kind": "service",
                "scope": ["goal": plant(office, "benefits", "servicegoal"), "until": day(60)],
            ], on: -10)
        entrusted()
        appointment(office)
    }

    /// What was told to one employee in confidence, and what was handed over to another.
    private mutating func entrusted() {
        for (name, successor) in [("kept", String?.none), ("passed on", "youth-office-9")] {
            let value = "Zq-\(name)-told-in-\(planted.name)-qz"
            plants.append(
                PlantedCase.Plant(
                    value: value, owner: "youth-office", category: "told",
                    holders: Set(["youth-office-1", successor].compactMap(\.self)), isShown: true,
                    standing: planted.standing, opening: planted.opening))
            add(
                "youth-office", "entrust-note",
                ["noteId": id("note \(name)"), "text": .string(value), "toldBy": "participant"], on: -40)
            guard let successor else { continue }
            add(
                "youth-office", "hand-over-note",
                ["noteId": id("note \(name)"), "successor": .string(successor), "ground": "consent"], on: -10)
        }
    }

    private mutating func socialOffice() {
        let office = "social-office"
        add(
            office, "draft-plan",
            ["planId": id("participation"), "kind": "participation", "goal": plant(office, "own", "goal")], on: -60)
        add(
            office, "add-measure",
            [
                "measureId": id("debts"), "title": plant(office, "own", "debts"), "strand": "living-environment",
                "window": window(-50, 50), "hoursPerWeek": 1,
            ], on: -60)
        appointment(office)
    }

    /// What passes between the job centre and the social office, which the youth office has nothing to do with.
    private mutating func between() {
        guard planted.standing == .engaged || planted.standing == .addressed else { return }
        add(
            "job-centre", "request-referral",
            [
                "referralId": id("referral"), "to": "social-office",
                "service": plant("job-centre", "referral", "service"),
                "reason": plant("job-centre", "referral", "reason"), "legalBasis": "§ 69 SGB X",
                "categories": ["employment"],
            ], on: -20)
        guard planted.standing == .engaged else { return }
        add(
            "social-office", "accept-referral",
            ["referralId": id("referral"), "reason": plant("social-office", "referral", "answer")], on: -19)
        add(
            "social-office", "complete-referral",
            ["referralId": id("referral"), "result": plant("social-office", "referral", "result")], on: -10)
        guard planted.opening == .everything else { return }
        add(
            "job-centre", "call-conference",
            [
                "conferenceId": id("conference"), "participants": ["social-office"],
                "at": .string("\(today - 8)T14:00"), "place": plant("job-centre", "conference", "room"),
            ], on: -12)
        add(
            "job-centre", "minute-conference",
            [
                "conferenceId": id("conference"), "minutes": plant("job-centre", "conference", "minutes"),
                "agreements": [
                    ["office": "social-office", "what": plant("job-centre", "conference", "agreed"), "by": day(20)]
                ],
            ], on: -8)
    }
}
