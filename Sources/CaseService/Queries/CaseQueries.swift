public import CaseFile
public import CaseTiming
public import CaseViews
public import Foundation
public import Ledger

/// What the service asks of the offices' views: `ViewQueries`, or something that stands for it in a test.
public protocol CaseQueries: Sendable {
    /// The position that the views have reached.
    func position() async throws -> Position
    /// Waits until the views have reached a position; `false` when they did not within `timeout`.
    func wait(for position: Position, timeout: Duration) async throws -> Bool
    /// An office's cases.
    func worklist(_ query: WorklistQuery) async throws -> Viewed<CaseViews.Page<WorklistItem>>
    /// A case as an office may see it; nothing if it is unknown or not visible.
    func caseFile(
        _ id: UUID, for office: Office, actor: CaseFile.Actor, on day: CalendarDate
    ) async throws -> Viewed<OfficeCaseFile?>
    /// A case over time as an office may see it; nothing if it is unknown or not visible.
    func timeline(
        _ id: UUID, for office: Office, actor: CaseFile.Actor, on day: CalendarDate
    ) async throws -> Viewed<CaseTimeline?>
    /// Those of an office's cases that may be about the same person.
    func candidates(_ query: CandidateQuery) async throws -> Viewed<[Candidate]>
    /// What is out of step, as far as an office may know of it.
    func findings(_ query: FindingQuery) async throws -> Viewed<CaseViews.Page<FindingItem>>
    /// What is proposed to bring measures into step, as far as an office may know of it.
    func proposals(_ query: ProposalQuery) async throws -> Viewed<CaseViews.Page<ProposalItem>>
    /// A page of offers, partners, areas or employment fields.
    func catalogue<Item: CatalogueItem>(
        _ items: Item.Type, _ query: CatalogueQuery
    ) async throws -> Viewed<CaseViews.Page<Item>>
    /// One of them; nothing if it is unknown or not in one of the actor's areas.
    func catalogueItem<Item: CatalogueItem>(
        _ item: Item.Type, _ id: String, actor: CaseFile.Actor
    ) async throws -> Viewed<Item?>
    /// What a caseworker has in the calendar.
    func calendar(_ query: CalendarQuery) async throws -> Viewed<[CalendarEntry]>
    /// How far offices act at the same time in a case or household; nothing if it is unknown or not visible.
    func simultaneity(_ query: SimultaneityQuery) async throws -> Viewed<SimultaneityReport?>
    /// How far offices act at the same time in a programme area; nothing if it is unknown or not one of the actor's.
    func simultaneity(inArea query: AreaSimultaneityQuery) async throws -> Viewed<AreaSimultaneity?>
    /// The numbers of programme areas by month and office.
    func summary(_ query: SummaryQuery) async throws -> Viewed<SummaryReport>
}
