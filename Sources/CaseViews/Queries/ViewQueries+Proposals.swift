import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

extension ViewQueries {
    /// A page of alignment proposals, the latest first.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func proposals(_ query: ProposalQuery) async throws -> Viewed<Page<ProposalItem>> {
        let reading = try ViewReading(of: query.office, for: query.actor)
        let limit = min(max(1, query.limit), ProposalQuery.greatestLimit)
        let signature = query.signature
        let name = query.name.flatMap { FoldedName.searchQuery($0) }
        let place = try query.cursor.map { try FindingQuery.place(of: PageCursor($0, of: signature)) }
        // A name in which there is nothing to look for is nobody's.
        if query.name != nil, name == nil { return Viewed(Page(items: [], next: nil), position: try await position()) }
        let parameters: [any PostgresEncodable] =
            [
                query.office.rawValue, query.day.postgres, query.kind?.rawValue, query.state?.rawValue,
                query.area?.storable, query.actor.areas.map { $0.sorted() }, query.dueBefore?.postgres, limit + 1,
                query.proposedSince?.postgres,
            ] + AboutCases.parameters(status: query.status, caseworker: query.caseworker, name: name) + (place ?? [])
        let statement = ProposalStatements.statement(
            of: query.office, about: AboutCases(status: query.status, caseworker: query.caseworker, name: name),
            isContinued: place != nil)
        return try await read(reading, .forceCustom, [(statement, parameters)]) { answers in
            let rows = answers[0]
            let items = try rows.prefix(limit).compactMap { try ProposalItem($0, on: query.day) }
            guard rows.count > limit else { return Page(items: items, next: nil) }
            let last = rows[limit - 1]
            let next = PageCursor(
                place: [try last.requiredDay(2).description, try last.decode(0, as: UUID.self).uuidString])
            return Page(items: items, next: next.text(of: signature))
        }
    }
}

extension ProposalItem {
    /// Reads a row of ``ProposalStatements``; `nil` when there is nothing to see of it on the day.
    fileprivate init?(_ row: Row, on day: CalendarDate) throws {
        let document = Data(try row.decode(3, as: PostgresJSON.self).bytes)
        guard let proposal = try JSONDecoder().decode(StoredProposal.self, from: document).cut(on: day) else {
            return nil
        }
        self.init(proposal: proposal, area: try row.decode(1))
    }
}

extension ProposalQuery {
    /// What makes it this query and no other.
    fileprivate var signature: [String] {
        [
            "proposals", office.rawValue, actor.subject, kind?.rawValue ?? "", state?.rawValue ?? "", area ?? "",
            dueBefore?.description ?? "", proposedSince?.description ?? "", status?.rawValue ?? "",
            caseworker.map { "=" + $0 } ?? "", name.map { "=" + $0 } ?? "",
            actor.areas.map { "=" + $0.sorted().joined(separator: ",") } ?? "",
        ]
    }
}
