import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import DemoRegion

/// That every query has something to show, and that nobody could take it for real.
@Suite struct DemoContentTests {
    let region = DemoRegion(seed: 1, today: "2026-11-23")
    let desk: Desk

    init() {
        var desk = Desk(today: region.today)
        for command in region.commands { desk.expectAccepted(command) }
        self.desk = desk
    }

    private var cases: [CaseState] { Array(desk.cases.values) }

    @Test func everyPatternShowsWhatItSays() {
        for number in 0..<region.households {
            let script = HouseholdScript(region: region, number: number)
            let kinds = Set(desk.findings(in: script.id).map(\.kind))
            switch Pattern.of(household: number, seed: region.seed) {
            case .oneAfterAnother, .relatedOneAfterAnother: #expect(kinds.contains(.sequence), "household \(number)")
            case .gap: #expect(kinds.contains(.gap), "household \(number)")
            case .relationViolated: #expect(kinds.contains(.relation), "household \(number)")
            // A youth among them may be near an age limit with nothing arranged.
            case .newcomers: #expect(kinds.isSubset(of: [.handover]), "household \(number)")
            case .inStep: #expect(kinds.isDisjoint(with: [.sequence, .relation]), "household \(number)")
            case .movedAway:
                let members = desk.households[script.id]?.members.keys.compactMap { desk.cases[$0] } ?? []
                #expect(members.contains { $0.isClosed }, "household \(number)")
            case .history, .kept, .refusals: break
            }
        }
    }

    @Test func mostCasesAreInStepAndManyAreNot() {
        let findings = desk.households.keys.flatMap { desk.findings(in: $0) }
        let counts = Dictionary(grouping: findings, by: \.kind).mapValues(\.count)
        #expect((12...50).contains(counts[.gap] ?? 0))
        #expect((8...30).contains(counts[.sequence] ?? 0))
        #expect((6...20).contains(counts[.relation] ?? 0))
    }

    @Test func measuresAreOfEveryKindAndInEveryState() {
        let measures = cases.flatMap(\.measures)
        #expect(Set(measures.map(\.strand)).count == 5)
        #expect(Set(measures.compactMap(\.orientation)).count == 2)
        #expect(Set(measures.compactMap(\.solidarity)).count == 2)
        #expect(Set(measures.map(\.office)).count == 3)
        let states = Dictionary(grouping: measures, by: \.status).mapValues(\.count)
        #expect((states[.planned] ?? 0) >= 15)
        #expect((states[.started] ?? 0) >= 60)
        #expect((states[.completed] ?? 0) >= 200)
        let abandoned = Double(states[.abandoned] ?? 0) / Double(measures.count)
        #expect((0.08...0.25).contains(abandoned))
        #expect(
            measures.contains {
                if case .completed(_, _, _?) = $0.end { true } else { false }
            })
    }

    @Test func placementsGoInEveryWay() {
        let placements = cases.flatMap(\.placements)
        let states = Dictionary(grouping: placements, by: \.status).mapValues(\.count)
        #expect((states[.refused] ?? 0) >= 30)
        #expect((states[.started] ?? 0) >= 15)
        #expect((states[.ended] ?? 0) >= 20)
        #expect(placements.contains { $0.status == .offered && $0.hasLapsed(on: region.today) })
        #expect(placements.contains { $0.end.map { $0.incomeCover == nil } ?? false })
        #expect(placements.contains { $0.end?.incomeCover != nil })
        #expect(placements.contains { $0.offerId != nil })
        #expect(Set(placements.map(\.kind)).count >= 3)
        #expect(desk.offers.values.contains { $0.freePlaces == 0 })
        #expect(desk.offers.values.contains { $0.taken.isEmpty })
    }

    @Test func consentsAreInForceWithdrawnAndExpired() {
        let consents = cases.flatMap(\.consents)
        #expect(consents.contains { !$0.withdrawals.isEmpty })
        #expect(consents.contains { $0.validUntil.map { $0 < region.today } ?? false })
        #expect(consents.contains { $0.withdrawals.isEmpty && ($0.validUntil.map { $0 > region.today } ?? true) })
        #expect(consents.contains { $0.categories == [.health] })
        let engagements = cases.flatMap(\.engagements.values)
        let withoutBasis = engagements.count { $0.legalBasis == nil }
        #expect((engagements.count / 20...engagements.count / 4).contains(withoutBasis))
        #expect(Set(engagements.map(\.office)).count == 3)
        #expect(Set(engagements.compactMap(\.caseworker)).count >= 9)
    }

    @Test func areasDifferInSizeAndPeopleInLanguageAndAge() {
        let areas = Dictionary(grouping: cases.compactMap(\.participant), by: \.areaId).mapValues(\.count)
        #expect(areas.count == 3)
        #expect(areas.max { $0.value < $1.value }?.key == "demo-musterquartier")
        #expect(areas.values.allSatisfy { $0 >= 20 })
        let languages = Set(cases.compactMap(\.participant).flatMap(\.languages))
        #expect(languages.count >= 6)
        #expect(Set(cases.compactMap { $0.participant?.schooling }).count >= 6)
        let roles = Dictionary(grouping: cases.compactMap { $0.household?.role }) { $0 }.mapValues(\.count)
        #expect((roles[.adult] ?? 0) == 80)
        #expect((roles[.youth] ?? 0) >= 25)
        #expect((roles[.child] ?? 0) >= 15)
        #expect((roles[.partner] ?? 0) >= 15)
        #expect(desk.households.values.contains { $0.members.count == 1 })
        #expect(desk.households.values.contains { $0.members.count >= 5 })
        #expect((8...60).contains(cases.count { $0.isClosed }))
    }

    @Test func everybodyIsMarkedAsInvented() throws {
        for participant in cases.compactMap(\.participant) {
            let person = try #require(participant.personal)
            #expect(person.familyName.hasSuffix(" (Demo)"))
            #expect(person.contact?.note == "invented")
            #expect(person.contact?.phone?.hasPrefix("+49 69 90009") ?? true)
            #expect(person.contact?.mobile?.hasPrefix("+49 171 39200") ?? true)
            #expect(person.contact?.email?.hasSuffix("@example.org") ?? true)
            #expect(person.address?.postalCode?.hasPrefix("00") ?? false)
            #expect(person.bornOn < region.today.adding(months: -12 * 5))
        }
        #expect(desk.areas.values.allSatisfy { $0.published?.name.hasSuffix("(invented demo area)") ?? false })
        #expect(desk.partners.values.allSatisfy { $0.published?.name.hasSuffix("(Demo)") ?? false })
        #expect(desk.offers.values.allSatisfy { $0.published?.title.hasSuffix("(Demo)") ?? false })
    }

    @Test func childrenHaveNoPlacementsAndWorkersAreOfWorkingAge() throws {
        for state in cases {
            let born = try #require(state.participant?.personal?.bornOn)
            for placement in state.placements {
                let age = (placement.offered.on - born) / 365
                #expect((15...66).contains(age))
            }
        }
    }
}
