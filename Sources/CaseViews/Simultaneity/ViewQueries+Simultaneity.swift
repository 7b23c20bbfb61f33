import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

extension ViewQueries {
    /// How far offices act at the same time in a case or its household, and would if the open proposals were accepted; the
    /// value is `nil` when the case is unknown or not visible to the actor, which cannot be told apart.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func simultaneity(_ query: SimultaneityQuery) async throws -> Viewed<SimultaneityReport?> {
        let reading = try ViewReading(of: query.office, for: query.actor)
        let parameters: [any PostgresEncodable] = [
            query.office.rawValue, query.caseId, query.day.postgres, query.actor.areas.map { $0.sorted() },
            query.ofHousehold,
        ]
        return try await read(reading, .auto, [(HouseholdStatements.files(of: query.office), parameters)]) { answers in
            let files = try answers[0].map {
                try Self.decode(StoredCaseFile.self, from: $0).cut(on: query.day)
            }.filter { $0.relation == .engaged }
            guard let own = files.first(where: { $0.caseId == query.caseId }) else { return nil }
            let members = query.ofHousehold ? own.household?.members.count ?? 1 : 1
            return SimultaneityReport(of: files, isWhole: files.count >= members, query)
        }
    }

    /// How far offices act at the same time in a programme area, and would if the open proposals were accepted, with small
    /// cells suppressed; the value is `nil` when the area is unknown or not one of the actor's.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func simultaneity(inArea query: AreaSimultaneityQuery) async throws -> Viewed<AreaSimultaneity?> {
        let own = query.actor.office
        let parameters: [any PostgresEncodable] = [
            query.area.storable, query.months.lowerBound.postgres, query.months.upperBound.postgres,
            query.today.postgres,
        ]
        return try await read(
            ViewReading(as: .summary, for: query.actor), .auto,
            [
                (AreaSimultaneityStatements.area, [query.area.storable, query.actor.areas.map { $0.sorted() }]),
                (AreaSimultaneityStatements.counts, parameters),
                (AreaSimultaneityStatements.differences, parameters + [own?.rawValue]),
            ]
        ) { answers in
            guard let area = answers[0].first else { return nil }
            let counted = try CountedSimultaneity.byMonth(counts: answers[1], differences: answers[2])
            return AreaSimultaneity(
                asOf: query.today, areaId: query.area, name: try area.decode(0),
                months: query.months.map { month in
                    let units = AreaSimultaneity.Unit.allCases.map { unit in
                        let counted = counted[month]?[unit] ?? CountedSimultaneity()
                        let layers = AreaSimultaneity.Layer.allCases.map { ($0, counted.days(in: $0, for: own)) }
                        return (unit, Dictionary(uniqueKeysWithValues: layers))
                    }
                    return AreaSimultaneity.Month(month: month, days: Dictionary(uniqueKeysWithValues: units))
                })
        }
    }
}

extension CountedSimultaneity {
    /// What ``AreaSimultaneityStatements`` answer, by month.
    fileprivate static func byMonth(
        counts rows: Rows, differences: Rows
    ) throws -> [CalendarMonth: [AreaSimultaneity.Unit: CountedSimultaneity]] {
        var counted: [CalendarMonth: [AreaSimultaneity.Unit: CountedSimultaneity]] = [:]
        for row in rows {
            let month = try row.requiredDay(0).month
            guard let unit = AreaSimultaneity.Unit(rawValue: try row.decode(1)),
                let layer = AreaSimultaneity.Layer(rawValue: try row.decode(2))
            else { continue }
            let office = try row.decode(3, as: String?.self).flatMap { Office(rawValue: $0) }
            counted[month, default: [:]][unit, default: CountedSimultaneity()].counts[layer, default: [:]][office] = [
                .active: Counts(units: try row.decode(4), days: try row.decode(5)),
                .shared: Counts(units: try row.decode(6), days: try row.decode(7)),
            ]
        }
        for row in differences {
            let month = try row.requiredDay(0).month
            guard let unit = AreaSimultaneity.Unit(rawValue: try row.decode(1)),
                let first = AreaSimultaneity.Layer(rawValue: try row.decode(2)),
                let second = AreaSimultaneity.Layer(rawValue: try row.decode(3))
            else { continue }
            for (kind, column) in [(Kind.active, 4), (.shared, 6)] {
                counted[month, default: [:]][unit, default: CountedSimultaneity()].differences.append(
                    Difference(
                        layers: [first, second], kind: kind, units: try row.decode(column),
                        unitsOfOthers: try row.decode(column + 1)))
            }
        }
        return counted
    }
}
