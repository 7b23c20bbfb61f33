import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@Suite("A proposal in all the cases it concerns")
struct AlignmentStreamsTests {
    /// Two members of a household, each with one measure of another office, and a proposal to move both.
    private struct Story {
        let desk: Desk
        let house = UUID()
        let proposal = UUID()
        var adult = UUID()
        var youth = UUID()
        let adultMeasure = UUID()
        let youthMeasure = UUID()

        static let worker = Actor(subject: "timing", role: .worker)

        init() async throws {
            desk = try Desk()
            adult = try await member(.jobCentre, by: Desk.jobCentre, measure: adultMeasure, "2026-04-01", "2026-05-31")
            youth = try await member(
                .youthOffice, by: Desk.youthOffice, measure: youthMeasure, "2026-08-01", "2026-09-30")
            _ = try await desk.handler.handle(
                CommandRequest(
                    target: .caseFile(
                        adult,
                        .proposeAlignment(
                            ProposeAlignment(
                                proposalId: proposal,
                                shifts: [
                                    ProposeAlignment.Shift(measureId: adultMeasure, days: 31),
                                    ProposeAlignment.Shift(measureId: youthMeasure, days: -59),
                                ]))), actor: Self.worker))
        }

        private func member(
            _ office: Office, by actor: Actor, measure: UUID, _ from: CalendarDate, _ to: CalendarDate
        ) async throws -> UUID {
            let id = UUID()
            _ = try? await desk.handler.handle(
                CommandRequest(
                    target: .area("gallus", .publishArea(PublishArea(name: "Gallus"))), actor: Desk.administrator))
            try await desk.send(.registerParticipant(Desk.person), to: id, by: actor)
            try await desk.send(
                .engageOffice(EngageOffice(office: office, legalBasis: "§ 69 SGB X")), to: id, by: actor)
            try await desk.send(Desk.plan(), to: id, by: actor)
            try await desk.send(
                .addMeasure(AddMeasure(measureId: measure, strand: .education, window: Window(from: from, to: to))),
                to: id, by: actor)
            try await desk.send(.joinHousehold(JoinHousehold(householdId: house, role: .adult)), to: id, by: actor)
            return id
        }

        var accepting: CaseCommand { .acceptAlignment(AcceptAlignment(proposalId: proposal)) }

        func state(_ id: UUID) async throws -> CaseState {
            try await desk.handler.cases.replay(.of(CaseEvent.self, id)).state
        }

        /// What became of the proposal, the same in both cases.
        func outcome(_ id: UUID? = nil) async throws -> AlignmentProposal.Status? {
            let copies = try await [state(adult), state(youth)].map { $0.alignment(id ?? proposal) }
            #expect(copies[0] == copies[1])
            return copies[0]?.status
        }

        func rejection(_ body: () async throws -> Void) async -> String? {
            do {
                try await body()
                return nil
            } catch {
                if case .rejected(let rejection)? = error as? CommandFailure { return rejection.rule }
                return "\(error)"
            }
        }
    }

    @Test("all measures move in one append, and each acceptance is a commitment")
    func agreement() async throws {
        let story = try await Story()
        #expect(try await story.outcome() == .open)
        try await story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
        #expect(try await story.outcome() == .open)
        #expect(try await story.state(story.adult).measure(story.adultMeasure)?.window.first == "2026-04-01")
        let before = try await story.desk.store.head()
        let receipt = try await story.desk.send(story.accepting, to: story.youth, by: Desk.youthOffice)
        #expect(
            receipt.events.map(\.type) == ["AlignmentAccepted", "AlignmentAgreed", "MeasureRevised", "CommitmentMade"])
        let appended = try await story.desk.store.read(after: before, limit: 20)
        #expect(Set(appended.map(\.commandID)).count == 1 && Set(appended.map(\.stream)).count == 2)
        #expect(appended.count { $0.type == "MeasureRevised" } == 2)
        #expect(appended.count { $0.type == "CommitmentMade" } == 2)
        #expect(try await story.outcome() == .accepted)
        let (adult, youth) = try await (story.state(story.adult), story.state(story.youth))
        #expect(adult.measure(story.adultMeasure)?.window.first == "2026-05-02")
        #expect(youth.measure(story.youthMeasure)?.window.first == "2026-06-03")
        #expect(adult.commitments.map(\.office) == [.jobCentre] && youth.commitments.map(\.office) == [.youthOffice])
        // Answering again changes nothing.
        let head = try await story.desk.store.head()
        try await story.desk.send(story.accepting, to: story.youth, by: Desk.youthOffice)
        #expect(try await story.desk.store.head() == head)
        // The word is kept as any other.
        let commitment = try #require(youth.commitments.first)
        try await story.desk.send(
            .withdrawCommitment(WithdrawCommitment(commitmentId: commitment.commitmentId)), to: story.youth,
            by: Desk.youthOffice)
    }

    @Test("two offices that accept at the same moment agree once")
    func together() async throws {
        for _ in 0..<20 {
            let story = try await Story()
            let colleague = story.desk.colleague()
            async let one: CommandReceipt = story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
            async let other: CommandReceipt = colleague.send(story.accepting, to: story.youth, by: Desk.youthOffice)
            _ = try await (one, other)
            #expect(try await story.outcome() == .accepted)
            let all = try await story.desk.store.read(after: 0, limit: 1000)
            #expect(all.count { $0.type == "AlignmentAgreed" } == 2 && all.count { $0.type == "MeasureRevised" } == 2)
        }
    }

    @Test("what changes at the same moment is not overlooked")
    func changeMeanwhile() async throws {
        for _ in 0..<20 {
            let story = try await Story()
            try await story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
            let colleague = story.desk.colleague()
            let revising = CaseCommand.reviseMeasure(
                ReviseMeasure(measureId: story.adultMeasure, window: Window(from: "2026-04-02", to: "2026-06-01")))
            async let revised: CommandReceipt = colleague.send(revising, to: story.adult, by: Desk.jobCentre)
            let refused = await story.rejection {
                try await story.desk.send(story.accepting, to: story.youth, by: Desk.youthOffice)
            }
            _ = try await revised
            let window = try await story.state(story.adult).measure(story.adultMeasure)?.window.first
            // Whichever came first: either all moved, and then the office moved its own again, or nothing did.
            #expect(window == "2026-04-02")
            let moved = try await story.state(story.youth).measure(story.youthMeasure)?.window.first
            #expect(moved == (refused == nil ? "2026-06-03" : "2026-08-01"))
            #expect(refused == nil || refused == "alignment-stale")
        }
    }

    @Test("who declines ends it in both cases")
    func refusal() async throws {
        let story = try await Story()
        try await story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
        try await story.desk.send(
            .declineAlignment(DeclineAlignment(proposalId: story.proposal, reason: "school", ground: .participant)),
            to: story.youth, by: Desk.youthOffice)
        #expect(try await story.outcome() == .declined)
        #expect(try await story.state(story.adult).measure(story.adultMeasure)?.window.first == "2026-04-01")
        let refused = await story.rejection {
            try await story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
        }
        #expect(refused == "alignment-settled")
    }

    @Test("a counter takes its place in both cases, and the others answer anew")
    func counter() async throws {
        let story = try await Story()
        let counter = UUID()
        try await story.desk.send(story.accepting, to: story.adult, by: Desk.jobCentre)
        try await story.desk.send(
            .counterAlignment(
                CounterAlignment(
                    proposalId: story.proposal, counterId: counter,
                    shifts: [ProposeAlignment.Shift(measureId: story.youthMeasure, days: -50)], reason: "exams")),
            to: story.youth, by: Desk.youthOffice)
        #expect(try await story.outcome() == .countered)
        #expect(try await story.outcome(counter) == .open)
        try await story.desk.send(
            .acceptAlignment(AcceptAlignment(proposalId: counter)), to: story.adult, by: Desk.jobCentre)
        #expect(try await story.outcome(counter) == .accepted)
        #expect(try await story.state(story.youth).measure(story.youthMeasure)?.window.first == "2026-06-12")
        #expect(try await story.state(story.adult).measure(story.adultMeasure)?.window.first == "2026-05-02")
    }

    @Test("there is one open proposal in a household, wherever it was made")
    func oneAtATime() async throws {
        let story = try await Story()
        let refused = await story.rejection {
            try await story.desk.send(
                .proposeAlignment(
                    ProposeAlignment(
                        proposalId: UUID(), shifts: [ProposeAlignment.Shift(measureId: story.youthMeasure, days: 7)])),
                to: story.youth, by: Desk.youthOffice)
        }
        #expect(refused == "alignment-under-way")
    }

    @Test("who leaves the household makes it stale for all")
    func leaving() async throws {
        let story = try await Story()
        try await story.desk.send(.leaveHousehold(LeaveHousehold()), to: story.youth, by: Desk.youthOffice)
        #expect(try await story.outcome() == .stale)
    }
}
