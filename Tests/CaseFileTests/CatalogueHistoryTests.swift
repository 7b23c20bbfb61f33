import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

/// Random work on what is published and on households: whatever is asked in whatever order, what must always hold holds.
@Suite("Generated histories of offers, partners, areas, employment fields and households") struct CatalogueHistoryTests
{
    private static let seeds: Range<UInt64> = 0..<40
    private static let open: CalendarDate = "2026-01-05"

    @Test(arguments: seeds) func offersHoldTogether(_ seed: UInt64) throws {
        let history = try history(of: OfferDecider.self, seed, Self.offerCommand) { state in
            if let offer = state.published {
                #expect(state.taken.count <= offer.capacity && offer.capacity >= 1)
                if let first = offer.startsOn, let last = offer.endsOn { #expect(first <= last) }
            } else {
                #expect(state.taken.isEmpty && state.closedOn == nil)
            }
        }
        // Nobody takes a place of an offer that is full, and each is given back by who has it.
        var places: [OfferState.Place: Int] = [:]
        for fact in history {
            switch fact.event {
            case .placeTaken(let event):
                places[.init(caseId: event.caseId, placementId: event.placementId), default: 0] += 1
            case .placeReleased(let event):
                places[.init(caseId: event.caseId, placementId: event.placementId), default: 0] -= 1
            default: break
            }
            #expect(places.values.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test(arguments: seeds) func theLastPlaceGoesToOne(_ seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let capacity = 1 + generator.below(3)
        var offer = givenOffer(
            Past(
                event: .offerPublished(
                    OfferPublished(title: "Welding", kind: .job, capacity: capacity, employer: "Metallbau")))
        ).state
        var winners = 0
        for taker in (1...6).shuffled(using: &generator) {
            let command = OfferCommand.takePlace(TakePlace(caseId: id(taker), placementId: id(30 + taker)))
            guard let events = try? OfferDecider.decide(command, given: offer, in: context(on: Self.open)) else {
                continue
            }
            winners += events.count
            for event in events { OfferDecider.evolve(&offer, with: fact(event, on: Self.open, version: 2 + winners)) }
        }
        #expect(winners == capacity && offer.freePlaces == 0)
    }

    @Test(arguments: seeds) func partnersHoldTogether(_ seed: UInt64) throws {
        try history(of: PartnerDecider.self, seed, Self.partnerCommand) { state in
            if let partner = state.published {
                #expect(!partner.name.isEmpty)
                #expect(Set(partner.services).count == partner.services.count)
            } else {
                #expect(state.closedOn == nil)
            }
        }
    }

    @Test(arguments: seeds) func areasHoldTogether(_ seed: UInt64) throws {
        try history(of: AreaDecider.self, seed, Self.areaCommand) { state in
            #expect(state.published == state.versions.last)
            #expect(state.versions.map(\.from) == state.versions.map(\.from).sorted())
            if state.published == nil { #expect(state.closedOn == nil) }
        }
    }

    @Test(arguments: seeds) func employmentFieldsHoldTogether(_ seed: UInt64) throws {
        let history = try history(of: EmploymentFieldDecider.self, seed, Self.fieldCommand) { state in
            #expect(state.tasks.allSatisfy { $0 == $1.task })
            if state.published == nil { #expect(state.tasks.isEmpty && state.closedOn == nil) }
        }
        // A warning follows what it warns of, and changes nothing.
        for (before, after) in zip(history, history.dropFirst()) {
            guard case .employmentFieldWarned = after.event else { continue }
            switch before.event {
            case .employmentFieldPublished, .employmentFieldChanged: break
            case .employmentFieldClosed, .employmentFieldWarned: Issue.record("a warning of nothing")
            }
        }
    }

    @Test(arguments: seeds) func householdsHoldTogether(_ seed: UInt64) throws {
        let history = try history(of: HouseholdDecider.self, seed, Self.householdCommand) { _ in }
        var members: Set<UUID> = []
        for fact in history {
            switch fact.event {
            case .memberAdmitted(let event): #expect(members.insert(event.caseId).inserted)
            case .memberDismissed(let event): #expect(members.remove(event.caseId) != nil)
            case .findingOpened, .findingUpdated, .findingClosed: break
            }
        }
    }

    /// The generator would prove nothing if it never came past the first rules.
    @Test func reachEveryCommand() throws {
        #expect(try unreached(of: OfferDecider.self, Self.offerCommand).isEmpty)
        #expect(try unreached(of: PartnerDecider.self, Self.partnerCommand).isEmpty)
        #expect(try unreached(of: AreaDecider.self, Self.areaCommand).isEmpty)
        #expect(try unreached(of: EmploymentFieldDecider.self, Self.fieldCommand).isEmpty)
        #expect(try unreached(of: HouseholdDecider.self, Self.householdCommand).isEmpty)
    }

    // MARK: Playing

    @discardableResult
    private func history<D: Decider>(
        of decider: D.Type, _ seed: UInt64, _ command: (inout SplitMix) -> D.Command,
        _ check: (D.State) throws -> Void
    ) throws -> [Fact<D.Event, Authorship>]
    where
        D.Authorship == Authorship, D.Context == DecisionContext, D.Event: Equatable, D.State: Equatable,
        D.Command: CommandFamily
    {
        var accepted: Set<String>?
        return try history(of: D.self, seed, command, accepting: &accepted, check)
    }

    /// The names of the commands of which none was ever accepted.
    private func unreached<D: Decider>(
        of decider: D.Type, _ command: (inout SplitMix) -> D.Command
    ) throws -> Set<String>
    where
        D.Authorship == Authorship, D.Context == DecisionContext, D.Event: Equatable, D.State: Equatable,
        D.Command: CommandFamily
    {
        var accepted: Set<String>? = []
        for seed in Self.seeds { try history(of: D.self, seed, command, accepting: &accepted) { _ in } }
        return Set(D.Command.kinds.map(\.name)).subtracting(accepted ?? [])
    }

    /// Plays commands, keeps what is decided and checks the state after each.
    @discardableResult
    private func history<D: Decider>(
        of decider: D.Type, _ seed: UInt64, _ command: (inout SplitMix) -> D.Command,
        accepting accepted: inout Set<String>?,
        _ check: (D.State) throws -> Void
    ) throws -> [Fact<D.Event, Authorship>]
    where
        D.Authorship == Authorship, D.Context == DecisionContext, D.Event: Equatable, D.State: Equatable,
        D.Command: CommandFamily
    {
        var generator = SplitMix(state: seed)
        var state = D.initial
        var facts: [Fact<D.Event, Authorship>] = []
        for _ in 0..<300 {
            let command = command(&generator)
            let context = context(on: Self.open + generator.below(60))
            let first = decide(D.self, command, given: state, in: context)
            #expect(first == decide(D.self, command, given: state, in: context))
            guard case .success(let events) = first, !events.isEmpty else { continue }
            accepted?.insert(command.name)
            for event in events {
                facts.append(fact(event, on: context.effectiveOn, version: facts.count + 1))
                D.evolve(&state, with: facts[facts.count - 1])
            }
            try check(state)
            // Whoever asks for the same again gets nothing new.
            if case .success(let again) = decide(D.self, command, given: state, in: context) {
                #expect(again == [], "\(command)")
            }
        }
        #expect(facts.reduce(into: D.initial) { D.evolve(&$0, with: $1) } == state)
        // History is never rejected, not even one that no decider wrote.
        _ = facts.shuffled(using: &generator).reduce(into: D.initial) { D.evolve(&$0, with: $1) }
        return facts
    }

    private func decide<D: Decider>(
        _ decider: D.Type, _ command: D.Command, given state: D.State, in context: DecisionContext
    ) -> Result<[D.Event], Rejection> where D.Context == DecisionContext {
        do throws(Rejection) {
            return .success(try D.decide(command, given: state, in: context))
        } catch {
            return .failure(error)
        }
    }

    private func fact<Event>(_ event: Event, on day: CalendarDate, version: Int) -> Fact<Event, Authorship> {
        Fact(
            event, authorship: Actor.jobCentre.authorship(), effectiveOn: day,
            recordedAt: Instant(microsecondsSince1970: Int64(version)), version: version, position: Position(version))
    }

    private func context(on day: CalendarDate) -> DecisionContext {
        var surroundings = Surroundings.publishedArea
        let partner = Surroundings.publishedPartner.provider
        surroundings.provider = partner
        if let partner { surroundings.partners = [id(60): partner, id(61): partner] }
        return DecisionContext(actor: .jobCentre, effectiveOn: day, today: "2026-06-30", surroundings: surroundings)
    }

    // MARK: Commands

    private static func day(_ generator: inout SplitMix) -> CalendarDate { open + generator.below(120) }

    private static func maybe<Value>(_ generator: inout SplitMix, _ value: (inout SplitMix) -> Value) -> Value? {
        generator.below(2) == 0 ? value(&generator) : nil
    }

    private static func words(_ generator: inout SplitMix) -> [String] {
        ["a", "b", "c", "a"].filter { _ in Bool.random(using: &generator) }
    }

    /// What closes something comes seldom, or nothing would ever be changed.
    private static let rarely = 40

    private static func offerCommand(_ generator: inout SplitMix) -> OfferCommand {
        if generator.below(rarely) == 0 { return .closeOffer(CloseOffer()) }
        switch generator.below(6) {
        case 0:
            return .publishOffer(
                PublishOffer(
                    title: "Welding", kind: .job, capacity: generator.below(4),
                    partnerId: maybe(&generator) { _ in id(60) },
                    startsOn: maybe(&generator, day), endsOn: maybe(&generator, day)))
        case 1:
            return .changeOffer(
                ChangeOffer(
                    title: maybe(&generator) { ["Welding", "Painting", " "][$0.below(3)] },
                    capacity: maybe(&generator) { $0.below(5) }, startsOn: maybe(&generator, day),
                    endsOn: maybe(&generator, day), openUntil: maybe(&generator, day),
                    remove: RemovableOfferDetail.allCases.filter { _ in generator.below(4) == 0 }))
        case 2, 3: return .takePlace(place(&generator))
        default:
            let place = place(&generator)
            return .releasePlace(ReleasePlace(caseId: place.caseId, placementId: place.placementId))
        }
    }

    private static func place(_ generator: inout SplitMix) -> TakePlace {
        let number = 1 + generator.below(5)
        return TakePlace(caseId: id(number), placementId: id(30 + number))
    }

    private static func partnerCommand(_ generator: inout SplitMix) -> PartnerCommand {
        if generator.below(rarely) == 0 { return .closePartner(ClosePartner()) }
        let name = ["Werkhof", "Kulturhaus", ""][generator.below(3)]
        let sector = Sector.allCases[generator.below(Sector.allCases.count)]
        return generator.below(4) == 0
            ? .publishPartner(PublishPartner(name: name, sector: sector, services: maybe(&generator, words)))
            : .changePartner(
                ChangePartner(
                    name: maybe(&generator) { _ in name }, sector: maybe(&generator) { _ in sector },
                    services: maybe(&generator, words), areaIds: maybe(&generator, words)))
    }

    private static func areaCommand(_ generator: inout SplitMix) -> AreaCommand {
        if generator.below(rarely) == 0 { return .closeArea(CloseArea()) }
        let name = ["Gallus", "Nordend", " "][generator.below(3)]
        let land = ["HE", "DE-BY", "XX"][generator.below(3)]
        return generator.below(4) == 0
            ? .publishArea(PublishArea(name: name, land: maybe(&generator) { _ in land }, from: maybe(&generator, day)))
            : .changeArea(
                ChangeArea(
                    name: maybe(&generator) { _ in name }, region: maybe(&generator) { _ in "Rhein-Main" },
                    land: maybe(&generator) { _ in land }, from: maybe(&generator, day),
                    remove: RemovableAreaDetail.allCases.filter { _ in generator.below(4) == 0 }))
    }

    private static func fieldCommand(_ generator: inout SplitMix) -> EmploymentFieldCommand {
        if generator.below(rarely) == 0 { return .closeEmploymentField(CloseEmploymentField()) }
        // The third is nobody's.
        let partner = { (generator: inout SplitMix) in id(60 + generator.below(3)) }
        if generator.below(4) == 0 {
            return .publishEmploymentField(
                PublishEmploymentField(
                    name: "Repair", areaIds: maybe(&generator, words), openedBy: maybe(&generator, partner),
                    qualifiedBy: maybe(&generator) { [partner(&$0)] }))
        }
        let tasks = (0..<generator.below(3)).map { _ in
            FieldTaskState(
                task: FieldTask.allCases[generator.below(FieldTask.allCases.count)],
                state: FieldTaskState.Progress.allCases[generator.below(3)])
        }
        return .changeEmploymentField(
            ChangeEmploymentField(
                name: maybe(&generator) { ["Repair", "Care", ""][$0.below(3)] },
                occupations: maybe(&generator) { [["25102"], ["x"]][$0.below(2)] },
                openedBy: maybe(&generator, partner),
                qualifiedBy: maybe(&generator) { [partner(&$0)] }, tasks: tasks))
    }

    private static func householdCommand(_ generator: inout SplitMix) -> HouseholdCommand {
        let member = id(1 + generator.below(4))
        let finding = Finding(
            key: "sequence:\(generator.below(3))", kind: .sequence, owner: .household(householdId), cases: [member],
            measures: [], offices: [.jobCentre], from: open, to: nil, days: generator.below(3), explanation: "apart")
        return switch generator.below(6) {
        case 0, 1: .admitMember(AdmitMember(caseId: member, role: .adult))
        case 2: .dismissMember(DismissMember(caseId: member))
        case 3: .openFinding(OpenFinding(finding: finding))
        case 4: .updateFinding(UpdateFinding(finding: finding))
        default: .closeFinding(CloseFinding(key: finding.key))
        }
    }
}
