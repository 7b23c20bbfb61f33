import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@Suite("Two cases of one person, in both streams")
struct MergingTests {
    private func state(_ desk: Desk, _ id: UUID) async throws -> CaseState {
        try await desk.handler.cases.current(.of(CaseEvent.self, id)).state
    }

    private func decide(_ desk: Desk, _ id: UUID, _ other: UUID, _ verdict: IdentityVerdict = .samePerson) async throws
    {
        try await desk.send(
            .decideIdentity(DecideIdentity(otherCaseId: other, verdict: verdict, reason: "Planted card")), to: id)
    }

    private func failure(_ desk: Desk, _ command: CaseCommand, to id: UUID, by actor: Actor = Desk.jobCentre) async
        -> CommandFailure?
    {
        do {
            try await desk.send(command, to: id, by: actor)
            return nil
        } catch {
            return error as? CommandFailure
        }
    }

    @Test("decided, merged and taken apart again, each time both in one append")
    func bothSides() async throws {
        let desk = try Desk()
        let (double, survivor) = (try await desk.makeCase(), try await desk.makeCase())
        try await decide(desk, double, survivor)
        #expect(try await state(desk, survivor).identityDecisions[double]?.verdict == .samePerson)

        let before = try await desk.store.head()
        let receipt = try await desk.send(.mergeCase(MergeCase(into: survivor, reason: "twice")), to: double)
        #expect(receipt.events.map(\.type) == ["CaseMerged"])
        let appended = try await desk.store.read(after: before, limit: 10)
        #expect(appended.map(\.type) == ["CaseMerged", "CaseAbsorbed"])
        #expect(Set(appended.map(\.commandID)).count == 1)
        #expect(try await state(desk, double).merging?.into == survivor)
        #expect(try await state(desk, survivor).absorbed.keys.sorted() == [double])

        let rejected = await failure(desk, Desk.plan(), to: double)
        #expect(rejected == .rejected(.caseMerged(into: survivor)))
        try await desk.send(Desk.plan(), to: survivor)

        try await desk.send(.unmergeCase(UnmergeCase(reason: "twins")), to: double)
        #expect(try await state(desk, survivor).absorbed.isEmpty)
        try await desk.send(Desk.plan(), to: double)
        try await decide(desk, survivor, double, .differentPersons)
        #expect(try await state(desk, double).identityDecisions[survivor]?.verdict == .differentPersons)
    }

    @Test("no reason and no name is in the readable part of any event")
    func nothingUnsealed() async throws {
        let desk = try Desk()
        let (double, survivor) = (try await desk.makeCase(), try await desk.makeCase())
        try await decide(desk, double, survivor)
        try await desk.send(.mergeCase(MergeCase(into: survivor, reason: "Planted merge")), to: double)
        try await desk.send(.unmergeCase(UnmergeCase(reason: "Planted unmerge")), to: double)
        let events = try await desk.store.read(after: 0, limit: 100)
        let told = events.filter { $0.type.hasPrefix("Identity") || $0.type.hasPrefix("Case") }
        #expect(told.count == 6)
        #expect(told.allSatisfy { $0.personal != nil })
        for event in events {
            #expect(!String(decoding: event.payload, as: UTF8.self).contains("Planted"), "\(event.type)")
            #expect(!String(decoding: event.personal ?? [], as: UTF8.self).contains("Planted"), "\(event.type)")
        }
    }

    @Test("a case that the office does not work in is answered as one that nobody ever heard of")
    func noTrace() async throws {
        let desk = try Desk()
        let own = try await desk.makeCase()
        let foreign = UUID()
        try await desk.send(.registerParticipant(Desk.person), to: foreign, by: Desk.youthOffice)
        for command: (UUID) -> CaseCommand in [
            { .decideIdentity(DecideIdentity(otherCaseId: $0, verdict: .samePerson, reason: "r")) },
            { .mergeCase(MergeCase(into: $0, reason: "r")) },
        ] {
            #expect(await failure(desk, command(foreign), to: own) == .notFound)
            #expect(await failure(desk, command(UUID()), to: own) == .notFound)
        }
        let itself = await failure(desk, .mergeCase(MergeCase(into: own, reason: "r")), to: own)
        #expect(itself == .rejected(.sameCase))
    }

    @Test("what happens in either case while it is decided counts")
    func raced() async throws {
        let desk = try Desk()
        let (double, survivor) = (try await desk.makeCase(), try await desk.makeCase())
        try await decide(desk, double, survivor)
        // This process knows both cases as they were; a colleague closes the one and goes on in the other.
        let colleague = desk.colleague()
        try await colleague.send(.closeCase(CloseCase()), to: survivor)
        let closed = await failure(desk, .mergeCase(MergeCase(into: survivor, reason: "r")), to: double)
        #expect(closed == .rejected(.survivorClosed))
        try await colleague.send(.reopenCase(ReopenCase()), to: survivor)
        async let merged: () = {
            _ = try? await desk.send(.mergeCase(MergeCase(into: survivor, reason: "r")), to: double)
        }()
        async let crossed: () = {
            _ = try? await colleague.send(.mergeCase(MergeCase(into: double, reason: "r")), to: survivor)
        }()
        _ = await (merged, crossed)
        let states = [try await state(desk, double), try await state(desk, survivor)]
        #expect(states.filter { $0.merging != nil }.count == 1, "two cases are never merged into one another")
        #expect(states.filter { $0.merging == nil }.map(\.absorbed.count) == [1])
    }

    @Test("the same command again answers the first result")
    func again() async throws {
        let desk = try Desk()
        let (double, survivor) = (try await desk.makeCase(), try await desk.makeCase())
        try await decide(desk, double, survivor)
        let key = UUID()
        let merging = CaseCommand.mergeCase(MergeCase(into: survivor, reason: "twice"))
        let first = try await desk.send(merging, to: double, id: key)
        let second = try await desk.colleague().send(merging, to: double, id: key)
        #expect(second.isReplay && second.events == first.events)
    }
}
