import CaseFile
import CaseTiming
import CaseViews
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// How far offices act at the same time in a case, a household or a programme area, and would if the open proposals were
/// accepted.
struct SimultaneityRoutes: Sendable {
    /// More months are refused: ten years.
    private static let greatestSpan = 120

    let queries: any CaseQueries
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock

    var operations: [Operation] { [ofCase, ofArea] }

    private static let months: [Operation.Parameter] = [
        .query("from", .month, "The first month, the present one unless stated.", example: "2026-03"),
        .query("to", .month, "The last month; eleven after the first unless stated.", example: "2027-02"),
    ]

    private static let explanation =
        "Days on which at least two offices are active (`sharedDays`), of those on which at least one is (`activeDays`): as "
        + "`recorded` up to today, as `planned`, and `ifAccepted`: with the measures where open proposals would move them."

    private var ofCase: Operation {
        Operation(
            method: .get, path: "/v1/cases/{caseId}/simultaneity", id: "simultaneity", tag: "timing",
            summary: "How far offices act at the same time, month by month, and would if open proposals were accepted.",
            notes: Self.explanation
                + " Measures of which the office may not know when they are do not count; `isPartial` says so.",
            access: .action(.timeline),
            parameters: [
                .path("caseId", .identifier, "The case.", example: "0198c0de-0000-7000-8000-000000000001"),
                .query(
                    "of", .choice(["case", "household"]),
                    "The case alone, or all members of its household in whose cases the office is engaged; `case` unless "
                        + "stated."),
            ] + Self.months + ViewReader.parameters,
            answers: [ViewReader.answer("The months.", ["$ref": "#/components/schemas/SimultaneityReport"])],
            problems: [.malformed, .notFound]
        ) { request in
            let (actor, id) = (try request.actor, try request.identifier("caseId"))
            guard let office = actor.office else { throw Problem.notFound }
            let query = SimultaneityQuery(
                office: office, actor: actor, caseId: id, ofHousehold: request.query.text("of") == "household",
                day: clock.today, months: try months(of: request.query))
            let found = try await reader.read(request.query) { try await queries.simultaneity(query) }
            guard let report = found.value else { throw Problem.notFound }
            try await reader.within(reader.timeLimit) {
                try await reads.record(
                    CaseRead(
                        caseID: id, view: "simultaneity", actor: actor, at: clock.now, position: found.position,
                        reason: nil, requestID: request.context.requestID))
            }
            return ViewReader.response(
                ByteBuffer(bytes: JSONWriter.bytes(of: Self.document(report))), "application/json", at: found.position)
        }
    }

    private var ofArea: Operation {
        Operation(
            method: .get, path: "/v1/summary/areas/{areaId}/simultaneity", id: "areaSimultaneity", tag: "summary",
            summary: "How far offices act at the same time in an area, and would if open proposals were accepted.",
            notes: Self.explanation
                + " The days of all `cases` and of all `households` of the area are added up. What could tell of fewer than "
                + "five people is `null` and named in `suppressed`, also where two of the three differ in few cases only.",
            access: .action(.summary),
            parameters: [.path("areaId", .slug, "The programme area.", example: Example.area)] + Self.months
                + ViewReader.parameters,
            answers: [ViewReader.answer("The months.", ["$ref": "#/components/schemas/AreaSimultaneity"])],
            problems: [.malformed, .notFound]
        ) { request in
            guard let area = request.context.parameters.get("areaId"), TextFormats.isSlug(area) else {
                throw Problem.notFound
            }
            let query = AreaSimultaneityQuery(
                actor: try request.actor, area: area, today: clock.today, months: try months(of: request.query))
            let found = try await reader.read(request.query) { try await queries.simultaneity(inArea: query) }
            guard let report = found.value else { throw Problem.notFound }
            return ViewReader.response(
                ByteBuffer(bytes: JSONWriter.bytes(of: Self.document(report))), "application/json", at: found.position)
        }
    }

    private func months(of query: QueryParameters) throws -> ClosedRange<CalendarMonth> {
        let from = query.month("from") ?? clock.today.month
        let to = query.month("to") ?? from.advanced(by: 11)
        guard from <= to, from.distance(to: to) < Self.greatestSpan else {
            throw Problem.malformed(
                "The months are the wrong way round, or too many.",
                [
                    .init(
                        place: .parameter("from"),
                        detail: "has to lie before to, by at most \(Self.greatestSpan) months")
                ])
        }
        return from...to
    }

    // MARK: Documents

    private static func document(_ report: SimultaneityReport) -> JSONValue {
        .fields([
            ("asOf", .text(report.asOf)), ("cases", .list(report.cases, JSONValue.id)),
            ("proposals", .list(report.proposals, JSONValue.id)), ("isPartial", .boolean(report.isPartial)),
            (
                "items",
                .list(report.months) { month in
                    .fields([
                        ("month", .text(month.month)), ("recorded", days(month.recorded)),
                        ("planned", days(month.planned)), ("ifAccepted", days(month.ifAccepted)),
                    ])
                }
            ),
        ])
    }

    private static func days(_ days: Simultaneity) -> JSONValue {
        .fields([
            ("sharedDays", .whole(days.sharedDays)), ("activeDays", .whole(days.activeDays)),
            ("ratio", ratio(days.ratio)),
        ])
    }

    private static func document(_ report: AreaSimultaneity) -> JSONValue {
        .fields([
            ("asOf", .text(report.asOf)), ("areaId", .string(report.areaId)), ("name", .text(report.name)),
            (
                "items",
                .list(report.months) { month in
                    .fields([
                        ("month", .text(month.month)), ("cases", counted(month, .cases)),
                        ("households", counted(month, .households)), ("suppressed", .words(suppressed(month))),
                    ])
                }
            ),
        ])
    }

    private static func counted(_ month: AreaSimultaneity.Month, _ unit: AreaSimultaneity.Unit) -> JSONValue {
        .fields(
            AreaSimultaneity.Layer.allCases.map { layer in
                let days = month.days[unit]?[layer]
                return (
                    layer.rawValue,
                    .fields([
                        ("sharedDays", number(days?.shared)), ("activeDays", number(days?.active)),
                        ("ratio", ratio(days?.ratio)),
                    ])
                )
            })
    }

    private static func suppressed(_ month: AreaSimultaneity.Month) -> [String] {
        AreaSimultaneity.Unit.allCases.flatMap { unit in
            AreaSimultaneity.Layer.allCases.flatMap { layer -> [String] in
                let days = month.days[unit]?[layer]
                return [("sharedDays", days?.shared), ("activeDays", days?.active)].filter { $0.1 == .suppressed }
                    .map { "\(unit.rawValue).\(layer.rawValue).\($0.0)" }
            }
        }
    }

    private static func number(_ cell: SummaryCell?) -> JSONValue {
        switch cell {
        case .count(let count): .whole(count)
        case .suppressed: .null
        case nil: .whole(0)
        }
    }

    /// Four decimal places; nothing where no day is active.
    private static func ratio(_ ratio: Double?) -> JSONValue? {
        ratio.map { .decimal(($0 * 10_000).rounded() / 10_000) }
    }
}
