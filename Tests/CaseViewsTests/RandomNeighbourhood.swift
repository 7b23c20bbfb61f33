import CaseFile
import CaseTiming
import Foundation
import Ledger

@testable import CaseViews

/// Cases and households at random, appended as commands would: what belongs together in one step.
struct RandomNeighbourhood {
    let desk: LedgerDesk
    private(set) var cases: [UUID] = []
    private(set) var households: [UUID] = []
    private var versions: [StreamName: Int] = [:]
    private var kept: Set<UUID> = []
    private var merged: [(double: UUID, survivor: UUID)] = []

    init(_ desk: LedgerDesk) {
        self.desk = desk
    }

    static let areas = ["gallus", "nordend"]

    /// Publishes the areas and registers so many households of one to four people.
    mutating func settle(households count: Int) async throws {
        for area in Self.areas where versions.isEmpty { try await desk.publish(area) }
        for _ in 0..<count { try await settle() }
    }

    /// One household, or somebody who lives alone.
    mutating func settle() async throws {
        let house = Bool.random() ? UUID() : nil
        var measures: [UUID] = []
        var members: [UUID] = []
        for index in 0..<(house == nil ? 1 : Int.random(in: 1...4)) {
            var story = CaseStory.registered(
                given: ["Mira", "Yara", "Jörg", "Zoë-Marie"].randomElement() ?? "Mira",
                family: ["Müller", "O'Neill", "Çelik", "de la Cruz"].randomElement() ?? "Müller",
                bornOn: CalendarDate(daysSince1970: Int.random(in: 3_000...17_000)),
                area: Self.areas.randomElement() ?? "gallus",
                engaged: Office.allCases.filter { _ in Int.random(in: 0..<3) > 0 },
                legalBasis: Bool.random() ? "law" : nil)
            for office in Office.allCases where story.state.isEngaged(office) && Bool.random() {
                measures.append(
                    story.givenPlan(
                        .participation, of: office, goal: "goal \(index)", title: "title", started: Bool.random()
                    ).measure)
            }
            if let house {
                story.given(.householdJoined(HouseholdJoined(householdId: house, role: index == 0 ? .adult : .youth)))
            }
            try await append(story.events.map(\.event), to: story.id)
            if let house {
                try await append([HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: story.id))], to: house)
            }
            cases.append(story.id)
            members.append(story.id)
        }
        guard let house else { return }
        households.append(house)
        if let measure = measures.first, Bool.random() {
            let finding = Finding(
                key: "sequence", kind: .sequence, owner: .household(house), cases: members.sorted(),
                measures: [measure],
                offices: [.jobCentre, .youthOffice], from: "2026-02-01", to: nil, days: nil, explanation: "out of step")
            try await append([HouseholdEvent.findingOpened(FindingOpened(finding: finding, occurrence: 1))], to: house)
        }
    }

    /// Nothing more happens to somebody.
    mutating func leave(_ id: UUID) {
        cases.removeAll { $0 == id }
        merged.removeAll { $0.double == id || $0.survivor == id }
    }

    /// Somebody's case is never merged into another one.
    mutating func keep(_ id: UUID) { kept.insert(id) }

    /// Something happens to somebody who is there.
    mutating func stir() async throws {
        guard let id = cases.randomElement() else { return }
        switch Int.random(in: 0..<7) {
        case 6: try await merge()
        case 0: try await settle()
        case 1:
            try await append(
                [CaseEvent.officeEngaged(OfficeEngaged(office: Office.allCases.randomElement() ?? .jobCentre))], to: id)
        case 2:
            try await append(
                [
                    CaseEvent.consentGranted(
                        ConsentGranted(categories: [.timing, .education], recipients: [.youthOffice], purpose: "p"))
                ], to: id)
        case 4:
            try await append(
                [
                    CaseEvent.referralRequested(
                        ReferralRequested(
                            referralId: UUID(), from: .jobCentre, to: Office.allCases.randomElement() ?? .socialOffice,
                            service: "s", legalBasis: Bool.random() ? "law" : nil,
                            categories: [[.education], [.timing, .education], [.health]].randomElement() ?? [.timing],
                            answerDue: "2026-02-01"))
                ], to: id)
        case 3:
            try await append(
                [
                    CaseEvent.potentialAssessed(
                        PotentialAssessed(
                            level: Int.random(in: 1...8), occupationsSought: ["\"a\\b\"", "c,d"], personal: nil))
                ], to: id)
        default: try await append([CaseEvent.caseClosed(CaseClosed())], to: id)
        }
    }

    /// One case is merged into another, or taken out again.
    private mutating func merge() async throws {
        if let pair = merged.randomElement(), Bool.random() {
            merged.removeAll { $0.double == pair.double }
            try await append([CaseEvent.caseUnmerged(CaseUnmerged(from: pair.survivor))], to: pair.double)
            try await append([CaseEvent.caseReleased(CaseReleased(caseId: pair.double))], to: pair.survivor)
            return
        }
        // As the domain has it: one level deep, and nobody who lives with others is left behind.
        let taken = merged.reduce(into: kept) { $0.formUnion([$1.double, $1.survivor]) }
        let free = cases.filter { !taken.contains($0) }
        guard let double = free.randomElement(),
            let survivor = cases.filter({ id in id != double && !merged.contains { $0.double == id } }).randomElement()
        else { return }
        merged.append((double, survivor))
        try await append([CaseEvent.caseMerged(CaseMerged(into: survivor))], to: double)
        try await append([CaseEvent.caseAbsorbed(CaseAbsorbed(caseId: double))], to: survivor)
    }

    private mutating func append<Event: EventFamily>(_ events: [Event], to id: UUID) async throws {
        let stream = StreamName(category: Event.category, id: id.uuidString.lowercased())
        try await desk.append(events, to: stream, at: versions[stream, default: 0])
        versions[stream, default: 0] += events.count
    }
}
