import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

extension ViewQueries {
    /// What a caseworker has in the calendar, by case.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func calendar(_ query: CalendarQuery) async throws -> Viewed<[CalendarEntry]> {
        let reading = try ViewReading(of: query.office, for: query.actor)
        let parameters: [any PostgresEncodable] = [
            query.office.rawValue, query.actor.subject.storable, query.day.postgres,
            query.actor.areas.map { $0.sorted() }, CalendarStatements.limit,
        ]
        return try await read(reading, .auto, [(CalendarStatements.files(of: query.office), parameters)]) { answers in
            try answers[0].flatMap {
                try Self.decode(StoredCaseFile.self, from: $0).cut(on: query.day).calendarEntries(from: query.from)
            }
        }
    }
}
