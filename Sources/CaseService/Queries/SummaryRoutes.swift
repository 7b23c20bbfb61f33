import CaseFile
import CaseTiming
import CaseViews
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// What supervisors compare: programme areas side by side, in JSON or as a table.
struct SummaryRoutes: Sendable {
    /// More months are refused: twenty years.
    private static let greatestSpan = 240

    let queries: any CaseQueries
    let reader: ViewReader
    let clock: LedgerClock

    var operations: [Operation] {
        [
            operation(
                "/v1/summary/areas", id: "summary", summary: "All programme areas side by side, by month and office.",
                parameters: []),
            operation(
                "/v1/summary/areas/{areaId}", id: "areaSummary", summary: "One programme area, by month and office.",
                parameters: [.path("areaId", .slug, "The programme area.", example: Example.area)]),
        ]
    }

    private func operation(
        _ path: String, id: String, summary: String, parameters: [Operation.Parameter]
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, tag: "summary", summary: summary,
            notes:
                "JSON, or `text/csv` where `Accept` asks for it. Counts of other offices that could tell of fewer than "
                + "five people are suppressed.",
            access: .action(.summary),
            parameters: parameters + [
                .query("from", .month, "The first month; eleven before the last unless stated.", example: "2025-04"),
                .query("to", .month, "The last month, the present one unless stated.", example: "2026-03"),
                .query("office", .office, "Only this office's rows."),
            ] + ViewReader.parameters,
            answers: [
                Operation.Answer(
                    status: 200, description: "The numbers.",
                    content: [
                        ("application/json", ["$ref": "#/components/schemas/SummaryReport"]),
                        ("text/csv", ["type": "string"]),
                    ],
                    headers: [("View-Position", "The position of the last event that the answer contains.")])
            ], problems: [.malformed, .notFound]
        ) { request in
            let query = try query(of: request)
            let report = try await reader.read(request.query) { try await queries.summary(query) }
            if query.area != nil, report.value.areas.isEmpty { throw Problem.notFound }
            guard Self.wantsTable(request.request) else {
                return try ViewReader.response(report.value, at: report.position)
            }
            return ViewReader.response(
                ByteBuffer(string: report.value.csv), "text/csv; charset=utf-8; header=present", at: report.position)
        }
    }

    private func query(of request: ServiceRequest) throws -> SummaryQuery {
        let area = request.context.parameters.get("areaId")
        if let area, !TextFormats.isSlug(area) { throw Problem.notFound }
        let to = request.query.month("to") ?? clock.today.month
        let from = request.query.month("from") ?? to.advanced(by: -11)
        guard from <= to, from.distance(to: to) < Self.greatestSpan else {
            throw Problem.malformed(
                "The months are the wrong way round, or too many.",
                [
                    .init(
                        place: .parameter("from"),
                        detail: "has to lie before to, by at most \(Self.greatestSpan) months")
                ])
        }
        return SummaryQuery(
            actor: try request.actor, today: clock.today, from: from, to: to, office: request.query.office("office"),
            area: area)
    }

    /// Whether `Accept` names CSV before, or with more weight than, JSON.
    private static func wantsTable(_ request: Request) -> Bool {
        let ranges = (request.headers[.accept] ?? "").lowercased().split(separator: ",").map { range in
            let parts = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (type: parts.first ?? "", weight: weight)
        }
        let table = ranges.filter { $0.type == "text/csv" }.map(\.weight).max() ?? 0
        let json = ranges.filter { $0.type == "application/json" }.map(\.weight).max() ?? 0
        return table > 0 && table >= json
    }
}
