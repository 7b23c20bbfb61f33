import CaseTiming
import Foundation
import Ledger
import Postgres

extension FindingItem {
    /// Reads a row of ``FindingStatements``.
    init(_ row: Row, on day: CalendarDate) throws {
        id = try row.decode(0)
        let kindName = try row.decode(1, as: String.self)
        guard let kind = FindingKind(rawValue: kindName) else {
            throw PostgresError.decoding(PostgresError.DecodingFailure(column: 1, reason: "no kind of finding"))
        }
        self.kind = kind
        state = try row.decode(2, as: Bool.self) ? .open : .closed
        offices = try row.decode(3, as: [String].self).compactMap { Office(rawValue: $0) }
        cases = try row.decode(4)
        measures = try row.decode(5)
        from = try row.day(6)
        to = try row.day(7)
        explanation = try row.decode(9)
        openedOn = try row.requiredDay(10)
        closedOn = try row.day(11)
        area = try row.decode(12)
        let basis = try JSONDecoder().decode(FindingBasis.self, from: Data(try row.decode(13, as: String.self).utf8))
        grounds = basis.grounds
        events = basis.events
        let last = min(closedOn ?? day, day)
        let isDue = kind == .deadline || kind == .review
        // What is due today is not late; everything else counts its first day.
        days = try row.decode(8, as: Int?.self) ?? from.map { max(0, last - $0 + (isDue ? 0 : 1)) }
        standing = isDue && state == .open ? to.map { DeadlineStanding(of: $0, on: day) } : nil
    }
}
