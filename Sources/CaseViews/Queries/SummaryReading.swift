import CaseFile
import CaseTiming
import Ledger
import Postgres

extension SummaryReport {
    private typealias Counts = [SummaryIndicator: Int]

    private struct Place: Hashable {
        var area: String
        var month: CalendarMonth
    }

    /// Puts a summary together from the areas and the counts that ``SummaryStatements`` answer, with small cells suppressed.
    init(_ query: SummaryQuery, areas published: Rows, counts rows: Rows) throws {
        var counts: [Place: [Office?: Counts]] = [:]
        for row in rows {
            guard let indicator = SummaryIndicator(rawValue: try row.decode(3, as: String.self)) else { continue }
            let office = try row.decode(2, as: String?.self).flatMap { Office(rawValue: $0) }
            let place = Place(area: try row.decode(0), month: try row.requiredDay(1).month)
            counts[place, default: [:]][office, default: [:]][indicator] = try row.decode(4, as: Int.self)
        }
        asOf = query.today
        let lastMonth = min(query.to, query.today.month)
        let months = query.from <= lastMonth ? Array(query.from...lastMonth) : []
        let smallCells = SmallCells(own: query.actor.office)
        areas = try published.map { row in
            let areaId = try row.decode(0, as: String.self)
            let summaries = months.flatMap { month in
                let counted = counts[Place(area: areaId, month: month)] ?? [:]
                return Self.rows(of: month, smallCells.suppress(Self.complete(counted)), query.office)
            }
            return AreaSummary(
                areaId: areaId, name: try row.decode(1), region: try row.decode(2), municipality: try row.decode(3),
                rows: summaries)
        }
    }

    private static let offices: [Office?] = Office.allCases + [nil]

    /// A row for every office and for all together, also where there is nothing to count.
    private static func complete(_ counts: [Office?: Counts]) -> [Office?: Counts] {
        offices.reduce(into: [:]) { $0[$1] = counts[$1] ?? [:] }
    }

    private static func rows(
        of month: CalendarMonth, _ cells: [Office?: [SummaryIndicator: SummaryCell]], _ only: Office?
    ) -> [SummaryRow] {
        offices.filter { only == nil || $0 == only }.map {
            SummaryRow(month: month, office: $0, cells: cells[$0] ?? [:])
        }
    }
}
