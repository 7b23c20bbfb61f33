import Ledger
import Postgres

extension CalendarDate {
    /// The same day as a parameter.
    var postgres: PostgresDate { PostgresDate(daysSince1970: Int32(clamping: daysSince1970)) }

    /// A day as it was read; `nil` for the days before and after all others.
    init?(_ date: PostgresDate) {
        guard date != .infinity, date != .negativeInfinity else { return nil }
        self.init(daysSince1970: Int(date.daysSince1970))
    }
}

extension CalendarMonth {
    /// The month's first day as a parameter.
    var postgres: PostgresDate { firstDay.postgres }
}

extension Row {
    /// Reads a day; NULL and infinity are `nil`.
    func day(_ column: Int) throws(PostgresError) -> CalendarDate? {
        try decode(column, as: PostgresDate?.self).flatMap { CalendarDate($0) }
    }

    /// Reads a day that has to be there.
    func requiredDay(_ column: Int) throws(PostgresError) -> CalendarDate {
        CalendarDate(daysSince1970: Int(try decode(column, as: PostgresDate.self).daysSince1970))
    }
}
