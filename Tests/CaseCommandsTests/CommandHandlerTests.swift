import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Logging
import Testing

@Suite("The way of a command")
struct CommandHandlerTests {
    @Test("a command answers where its events went")
    func receipt() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let receipt = try await desk.send(Desk.plan(), to: id)
        #expect(receipt.version == 3)
        #expect(receipt.position == 4, "area, registration and engagement came before")
        #expect(receipt.events.map(\.type) == ["PlanDrafted"])
        #expect(!receipt.isReplay)
    }

    @Test("the same identifier answers the first result, whatever came in between")
    func replay() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let key = UUID()
        let plan = Desk.plan()
        let first = try await desk.send(plan, to: id, id: key)
        try await desk.send(.closeCase(CloseCase(reason: "moved away")), to: id)
        for somebody in [desk, desk.colleague()] {
            let again = try await somebody.send(plan, to: id, id: key)
            #expect(again.isReplay)
            #expect(again.version == first.version && again.position == first.position && again.events == first.events)
        }
        #expect(try await desk.store.read(after: 0, limit: 100).count == 5)
    }

    @Test("a replay is found even when the expected version no longer holds")
    func replayWithExpectedVersion() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let key = UUID()
        let plan = Desk.plan()
        try await desk.send(plan, to: id, id: key, expecting: 2)
        #expect(try await desk.send(plan, to: id, id: key, expecting: 2).isReplay)
    }

    @Test("the same identifier with another request is refused and changes nothing")
    func keyReuse() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let key = UUID()
        let plan = Desk.plan()
        try await desk.send(plan, to: id, id: key)
        let head = try await desk.store.head()
        await #expect(throws: CommandFailure.keyReused) { try await desk.send(Desk.plan(), to: id, id: key) }
        let colleague = Actor(subject: "jc-2", role: .caseworker, office: .jobCentre)
        await #expect(throws: CommandFailure.keyReused) { try await desk.send(plan, to: id, by: colleague, id: key) }
        #expect(try await desk.store.head() == head)
    }

    @Test("an expected version that does not hold is named, and nothing is tried again")
    func versionConflict() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        await #expect(throws: CommandFailure.versionConflict(current: 2)) {
            try await desk.send(Desk.plan(), to: id, expecting: 1)
        }
    }

    @Test("a stale memory neither refuses nor conflicts")
    func staleMemory() async throws {
        let desk = try Desk()
        let colleague = desk.colleague()
        let id = try await desk.makeCase()
        let plan = UUID()
        try await colleague.send(Desk.plan(plan), to: id)
        // The first desk remembers version 2, without the plan.
        let window = Window(from: "2026-03-10", to: "2026-04-10")
        let measure = AddMeasure(
            measureId: UUID(), strand: .education, window: window)
        #expect(try await desk.send(.addMeasure(measure), to: id).version == 4)
        // And the colleague remembers version 3, without the measure.
        #expect(try await colleague.send(.agreePlan(AgreePlan(planId: plan)), to: id).version == 5)
    }

    @Test("after a conflict only what is new is read, and a demanded version is not tried again")
    func tails() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let store = TailNotingStore(inner: desk.store)
        let noon = LedgerClock { Instant(microsecondsSince1970: Int64(Desk.today.daysSince1970) * 86_400_000_000) }
        let stale = CommandHandler(
            store: store, appender: store, vault: desk.vault, clock: noon, logger: Logger(label: "test"))
        func send(_ command: CaseCommand, expecting: Int? = nil) async throws -> CommandReceipt {
            try await stale.handle(
                CommandRequest(
                    target: .caseFile(id, command), expectedVersion: expecting, actor: Desk.jobCentre))
        }
        let plan = UUID()
        _ = try await send(Desk.plan(plan))
        #expect(store.reads(of: .of(CaseEvent.self, id)) == [0])
        // Somebody else is faster: the memory lags behind by one event.
        let window = Window(from: "2026-03-10", to: "2026-04-10")
        let measure = { CaseCommand.addMeasure(AddMeasure(measureId: UUID(), strand: .education, window: window)) }
        try await desk.send(measure(), to: id)
        #expect(try await send(measure()).version == 5)
        #expect(store.reads(of: .of(CaseEvent.self, id)) == [0, 3])
        #expect(store.appends == 3, "the first, the one in conflict, the one decided anew")

        try await desk.send(measure(), to: id)
        // The version that the memory holds is demanded and does not hold any more.
        await #expect(throws: CommandFailure.versionConflict(current: 6)) {
            _ = try await send(measure(), expecting: 5)
        }
        #expect(store.appends == 4)
        #expect(try await desk.store.read(.of(CaseEvent.self, id)).count == 6)
    }

    @Test("what the domain refuses, or the actor may not know of, changes nothing")
    func refusals() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let head = try await desk.store.head()
        await #expect(throws: CommandFailure.notFound) {
            try await desk.send(Desk.plan(), to: id, by: Desk.youthOffice)
        }
        await #expect(throws: CommandFailure.notFound) { try await desk.send(Desk.plan(), to: UUID()) }
        await #expect {
            try await desk.send(.registerParticipant(Desk.person), to: id)
        } throws: {
            guard case .rejected(let rejection)? = $0 as? CommandFailure else { return false }
            return rejection.rule == "already-registered"
        }
        await #expect {
            try await desk.send(Desk.engagement, to: id, by: Desk.youthOffice)
        } throws: {
            guard case .forbidden? = $0 as? CommandFailure else { return false }
            return true
        }
        #expect(try await desk.store.head() == head)
    }

    @Test("the last place of an offer goes to exactly one of many simultaneous takers")
    func lastPlace() async throws {
        let desk = try Desk()
        let offer = UUID()
        _ = try await desk.makeCase()
        _ = try await desk.handler.handle(
            CommandRequest(
                target: .offer(
                    offer, .publishOffer(PublishOffer(title: "Welder", kind: .job, capacity: 1, areaId: "gallus"))),
                actor: Desk.administrator))
        var takers: [(case: UUID, placement: UUID, desk: Desk)] = []
        for _ in 0..<8 {
            let taker = (case: try await desk.makeCase(), placement: UUID(), desk: desk.colleague())
            try await desk.send(
                .offerPlacement(OfferPlacement(placementId: taker.placement, offerId: offer, kind: .job)),
                to: taker.case)
            takers.append(taker)
        }
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for taker in takers {
                group.addTask {
                    let command = CaseCommand.acceptPlacement(AcceptPlacement(placementId: taker.placement))
                    return (try? await taker.desk.send(command, to: taker.case)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(accepted == 1)
        let state = try await desk.handler.offers.replay(.of(OfferEvent.self, offer)).state
        #expect(state.freePlaces == 0 && state.taken.count == 1)
    }

    @Test("two members join one household at the same moment")
    func household() async throws {
        let desk = try Desk()
        let household = UUID()
        let members = [try await desk.makeCase(), try await desk.makeCase()]
        await withTaskGroup(of: Void.self) { group in
            for member in members {
                group.addTask {
                    _ = try? await desk.colleague().send(
                        .joinHousehold(JoinHousehold(householdId: household, role: .adult)), to: member)
                }
            }
        }
        let state = try await desk.handler.households.replay(.of(HouseholdEvent.self, household)).state
        #expect(Set(state.members.keys) == Set(members))
    }

    @Test("of two contradictory relations recorded at the same moment, one is refused")
    func contradictoryRelations() async throws {
        for _ in 0..<10 {
            let desk = try Desk()
            let household = UUID()
            let members = [try await desk.makeCase(), try await desk.makeCase()]
            let measures = [UUID(), UUID()]
            for (member, measure) in zip(members, measures) {
                try await desk.send(.joinHousehold(JoinHousehold(householdId: household)), to: member)
                try await desk.send(Desk.plan(), to: member)
                let window = Window(from: "2026-03-10", to: "2026-04-10")
                try await desk.send(
                    .addMeasure(AddMeasure(measureId: measure, strand: .education, window: window)), to: member)
            }
            // Each after the other.
            let relations = [
                RelateMeasures(first: measures[0], second: measures[1], relation: .before),
                RelateMeasures(first: measures[1], second: measures[0], relation: .before),
            ]
            let recorded = await withTaskGroup(of: Bool.self) { group in
                for (member, relation) in zip(members, relations) {
                    group.addTask {
                        (try? await desk.colleague().send(.relateMeasures(relation), to: member)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(recorded == 1)
        }
    }

    @Test("personal data reaches the ledger sealed only")
    func sealing() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        try await desk.send(Desk.plan(), to: id)
        for event in try await desk.store.read(after: 0, limit: 100) {
            for bytes in [event.payload, event.metadata, event.personal ?? []] {
                #expect(!String(decoding: bytes, as: UTF8.self).contains("Planted"))
                #expect(!String(decoding: bytes, as: UTF8.self).contains("Secretname"))
            }
        }
        #expect(
            try await desk.handler.cases.replay(.of(CaseEvent.self, id)).state.participant?.personal?.givenName
                == "Planted")
    }
}
