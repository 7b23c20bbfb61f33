import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Synchronization

@testable import CaseService
@testable import CaseViews

/// Views that answer what a test puts into them.
final class FakeQueries: CaseQueries {
    struct Contents: Sendable {
        var position: Position = 7
        var failure: (any Error)?
        var delay: Duration = .zero
        var files: [UUID: OfficeCaseFile] = [:]
        var timelines: [UUID: CaseTimeline] = [:]
        var areas: [AreaSummary] = []
        var lastWorklist: WorklistQuery?
        var candidates: [Candidate] = []
        var lastCandidates: CandidateQuery?
        var catalogue: [any CatalogueItem] = []
        var lastCatalogue: CatalogueQuery?
        var lastFindings: FindingQuery?
        var lastProposals: ProposalQuery?
        var calendar: [CalendarEntry] = []
        var lastCalendar: CalendarQuery?
        var simultaneity: SimultaneityReport?
        var lastSimultaneity: SimultaneityQuery?
        var areaSimultaneity: AreaSimultaneity?
        var lastAreaSimultaneity: AreaSimultaneityQuery?
        var lastSummary: SummaryQuery?
    }

    private let contents = Mutex(Contents())

    func change(_ change: (inout Contents) -> Void) { contents.withLock { change(&$0) } }
    var now: Contents { contents.withLock { $0 } }

    func position() async throws -> Position { try await answered { $0.position } }

    func wait(for position: Position, timeout: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + timeout
        repeat {
            if now.position >= position { return true }
            try await Task.sleep(for: .milliseconds(5))
        } while ContinuousClock.now < deadline
        return false
    }

    func worklist(_ query: WorklistQuery) async throws -> Viewed<CaseViews.Page<WorklistItem>> {
        change { $0.lastWorklist = query }
        if query.cursor == "nonsense" { throw ViewQueryError.invalidCursor }
        return try await answered { Viewed(Page(items: [], next: "more"), position: $0.position) }
    }

    func caseFile(
        _ id: UUID, for office: Office, actor: CaseFile.Actor, on day: CalendarDate
    ) async throws -> Viewed<OfficeCaseFile?> {
        try await answered { Viewed($0.files[id], position: $0.position) }
    }

    func timeline(
        _ id: UUID, for office: Office, actor: CaseFile.Actor, on day: CalendarDate
    ) async throws -> Viewed<CaseTimeline?> {
        try await answered { Viewed($0.timelines[id], position: $0.position) }
    }

    func candidates(_ query: CandidateQuery) async throws -> Viewed<[Candidate]> {
        change { $0.lastCandidates = query }
        return try await answered { Viewed($0.candidates, position: $0.position) }
    }

    func catalogue<Item: CatalogueItem>(
        _ items: Item.Type, _ query: CatalogueQuery
    ) async throws -> Viewed<CaseViews.Page<Item>> {
        change { $0.lastCatalogue = query }
        return try await answered { contents in
            Viewed(Page(items: contents.catalogue.compactMap { $0 as? Item }, next: nil), position: contents.position)
        }
    }

    func catalogueItem<Item: CatalogueItem>(
        _ item: Item.Type, _ id: String, actor: CaseFile.Actor
    ) async throws -> Viewed<Item?> {
        try await answered { contents in
            Viewed(contents.catalogue.compactMap { $0 as? Item }.first, position: contents.position)
        }
    }

    func findings(_ query: FindingQuery) async throws -> Viewed<CaseViews.Page<FindingItem>> {
        change { $0.lastFindings = query }
        return try await answered { Viewed(Page(items: [], next: nil), position: $0.position) }
    }

    func proposals(_ query: ProposalQuery) async throws -> Viewed<CaseViews.Page<ProposalItem>> {
        change { $0.lastProposals = query }
        return try await answered { Viewed(Page(items: [], next: nil), position: $0.position) }
    }

    func calendar(_ query: CalendarQuery) async throws -> Viewed<[CalendarEntry]> {
        change { $0.lastCalendar = query }
        return try await answered { Viewed($0.calendar, position: $0.position) }
    }

    func simultaneity(_ query: SimultaneityQuery) async throws -> Viewed<SimultaneityReport?> {
        change { $0.lastSimultaneity = query }
        return try await answered { Viewed($0.simultaneity, position: $0.position) }
    }

    func simultaneity(inArea query: AreaSimultaneityQuery) async throws -> Viewed<AreaSimultaneity?> {
        change { $0.lastAreaSimultaneity = query }
        return try await answered { Viewed($0.areaSimultaneity, position: $0.position) }
    }

    func summary(_ query: SummaryQuery) async throws -> Viewed<SummaryReport> {
        change { $0.lastSummary = query }
        return try await answered { contents in
            Viewed(
                SummaryReport(
                    asOf: query.today, areas: contents.areas.filter { $0.areaId == query.area ?? $0.areaId }),
                position: contents.position)
        }
    }

    private func answered<Value>(_ value: (Contents) -> Value) async throws -> Value {
        let now = now
        if now.delay > .zero { try await Task.sleep(for: now.delay) }
        if let failure = now.failure { throw failure }
        return value(now)
    }
}

/// A command handler that always fails in the same way.
struct FailingHandler: CommandHandling {
    let failure: CommandFailure
    func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt { throw failure }
}
