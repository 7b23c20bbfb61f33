import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Ledger
import PostgresLedger
import Testing

@Suite("The worker's proposals")
struct AlignmentTests {
    /// A household in which the job centre's measure ends before the youth office's begins.
    private struct Story {
        let desk: WorkerDesk
        let household = UUID()
        let adultMeasure = UUID()
        let youthMeasure = UUID()
        let adult: UUID
        let youth: UUID

        init() async throws {
            desk = try await WorkerDesk(today: "2026-03-02")
            adult = try await desk.makeCase(
                measure: adultMeasure, from: "2026-04-01", to: "2026-05-31", household: household)
            youth = try await desk.makeCase(
                measure: youthMeasure, from: "2026-08-01", to: "2026-09-30", household: household,
                by: WorkerDesk.youthOffice)
        }

        func state(_ id: UUID) async throws -> CaseState {
            try await desk.handler.cases.replay(.of(CaseEvent.self, id)).state
        }

        func proposals() async throws -> [AlignmentProposal] {
            try await (state(adult).alignments + state(youth).alignments)
        }

        func open() async throws -> AlignmentProposal? { try await proposals().first(where: \.isOpen) }

        func eventuallyOpen() async throws -> AlignmentProposal {
            try await desk.eventually("something is proposed") { try await open() != nil }
            guard let proposal = try await open() else { throw NeverHappened(what: "a proposal") }
            return proposal
        }

        func events(_ type: String) async throws -> Int {
            let all = try await desk.store.read(after: 0, limit: 10_000)
            return all.count { $0.type == type }
        }
    }

    @Test("what lies one after another is proposed, accepted, moved and in step")
    func acceptance() async throws {
        let story = try await Story()
        try await story.desk.withWorkers {
            let proposal = try await story.eventuallyOpen()
            #expect(proposal.parties == [.youthOffice] && proposal.shifts.map(\.days) == [-89])
            #expect(proposal.kinds == [.sequence] && proposal.answerDue == "2026-03-16")
            try await story.desk.send(
                .acceptAlignment(AcceptAlignment(proposalId: proposal.proposalId)), to: story.youth,
                by: WorkerDesk.youthOffice)
            try await story.desk.eventually("the finding is closed") {
                try await story.desk.findings(ofHousehold: story.household).open.isEmpty
            }
            try await story.desk.settle()
        }
        let youth = try await story.state(story.youth)
        #expect(youth.measure(story.youthMeasure)?.window.first == "2026-05-04")
        #expect(youth.commitments.map(\.status) == [.open] && youth.alignments.map(\.status) == [.accepted])
        #expect(try await story.events("AlignmentProposed") == 1)
        let report = try await ViewVerification.compareWithReplay(
            pool: story.desk.pool, store: story.desk.store, vault: story.desk.vault)
        #expect(report.damages.isEmpty)
    }

    @Test("how long measures overlap, when an answer is due and which office moves is for the worker's settings to say")
    func terms() async throws {
        let story = try await Story()
        let terms = AlignmentTerms(
            overlapDays: 7, answerDays: 5, offices: [.youthOffice: OfficeCapacity(weight: 2)])
        try await story.desk.run([story.desk.makeWorker(terms: terms)]) {
            let proposal = try await story.eventuallyOpen()
            // 61 days lie between the two, and the job centre's weigh less.
            #expect(proposal.parties == [.jobCentre] && proposal.shifts.map(\.days) == [68])
            #expect(proposal.answerDue == "2026-03-07")
        }
    }

    @Test("workers that come and go propose once")
    func restarts() async throws {
        let story = try await Story()
        for _ in 0..<6 {
            try await story.desk.withWorkers(3) { try await Task.sleep(for: .milliseconds(Int.random(in: 0...300))) }
        }
        try await story.desk.withWorkers(3) {
            _ = try await story.eventuallyOpen()
            try await story.desk.settle()
        }
        #expect(try await story.events("AlignmentProposed") == 1)
    }

    @Test("what is declined comes again only when something has changed")
    func refusal() async throws {
        let story = try await Story()
        try await story.desk.withWorkers {
            let proposal = try await story.eventuallyOpen()
            try await story.desk.send(
                .declineAlignment(DeclineAlignment(proposalId: proposal.proposalId, reason: "no place")),
                to: story.youth, by: WorkerDesk.youthOffice)
            for day in 3...9 {
                story.desk.time.today = ("2026-03-01" as CalendarDate) + day
                try await story.desk.settle()
            }
            #expect(try await story.events("AlignmentProposed") == 1)
            try await story.desk.send(
                .reviseMeasure(
                    ReviseMeasure(measureId: story.youthMeasure, window: Window(from: "2026-07-01", to: "2026-08-31"))),
                to: story.youth, by: WorkerDesk.youthOffice)
            let second = try await story.eventuallyOpen()
            #expect(second.proposalId != proposal.proposalId && second.shifts.map(\.days) == [-58])
        }
    }

    @Test("what is not answered lapses on its day, after weeks of rest too, once")
    func lapse() async throws {
        let story = try await Story()
        var proposal: AlignmentProposal?
        try await story.desk.withWorkers {
            proposal = try await story.eventuallyOpen()
            story.desk.time.today = "2026-03-16"
            try await story.desk.settle()
            #expect(try await story.open() != nil)
        }
        // Nobody works for a month.
        story.desk.time.today = "2026-04-20"
        try await story.desk.withWorkers(2) {
            try await story.desk.eventually("it lapses") { try await story.events("AlignmentLapsed") == 1 }
            try await story.desk.settle()
            for day in 21...28 {
                story.desk.time.today = ("2026-04-01" as CalendarDate) + (day - 1)
                try await story.desk.settle()
            }
        }
        let youth = try await story.state(story.youth)
        let id = try #require(proposal).proposalId
        let lapsed = try #require(youth.alignment(id))
        #expect(lapsed.outcome == .lapsed(on: "2026-03-17", unanswered: [.youthOffice]))
        #expect(try await story.events("AlignmentLapsed") == 1)
        #expect(try await story.events("AlignmentProposed") == 1)
    }

    @Test("what changes meanwhile makes it stale, and something else is proposed")
    func staleness() async throws {
        let story = try await Story()
        try await story.desk.withWorkers {
            let first = try await story.eventuallyOpen()
            try await story.desk.send(
                .reviseMeasure(
                    ReviseMeasure(measureId: story.adultMeasure, window: Window(from: "2026-04-15", to: "2026-06-14"))),
                to: story.adult)
            try await story.desk.eventually("another is proposed") {
                try await story.open().map { $0.proposalId != first.proposalId } ?? false
            }
            let stale = try #require(try await story.state(story.youth).alignment(first.proposalId))
            #expect(stale.status == .stale)
            guard case .outdated(_, let reason)? = stale.outcome else { return }
            #expect(reason == "The measure of the job centre from 2026-04-01 to 2026-05-31 was changed.")
            #expect(try await story.open()?.shifts.map(\.days) == [-75])
        }
    }

    @Test("what cannot be brought into step is told, once, until that changes")
    func contradiction() async throws {
        let story = try await Story()
        try await story.desk.send(.startMeasure(StartMeasure(measureId: story.adultMeasure)), to: story.adult)
        try await story.desk.send(
            .reviseMeasure(ReviseMeasure(measureId: story.youthMeasure, earliestStart: "2026-06-01")), to: story.youth,
            by: WorkerDesk.youthOffice)
        try await story.desk.withWorkers {
            try await story.desk.eventually("it is told") { try await story.events("AlignmentContradicted") > 0 }
            try await story.desk.settle()
            for day in 3...6 {
                story.desk.time.today = ("2026-03-01" as CalendarDate) + day
                try await story.desk.settle()
            }
            let told = try #require(try await story.proposals().first)
            #expect(told.status == .contradiction && told.contradiction.count == 1)
            // Both cases tell it, by one command.
            #expect(try await story.events("AlignmentContradicted") == 2)
            try await story.desk.send(
                .reviseMeasure(ReviseMeasure(measureId: story.youthMeasure, remove: [.earliestStart])), to: story.youth,
                by: WorkerDesk.youthOffice)
            let proposal = try await story.eventuallyOpen()
            #expect(proposal.parties == [.youthOffice])
            #expect(try await story.state(story.adult).alignment(told.proposalId)?.status == .stale)
        }
    }
}
