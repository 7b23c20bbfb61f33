public import Ledger

/// How long records of a class have to be kept.
public struct RetentionTerms: Hashable, Sendable {
    /// From when on the time counts.
    public enum Beginning: Hashable, Sendable {
        /// From the day after the last record.
        case record
        /// From the end of the calendar year of the last record.
        case yearEnd
        /// From the day on which the person reaches an age, in years; or from the last record, if that is later.
        case age(Int)
    }

    /// The class of records: `benefits`.
    public var records: String
    /// How long they are kept.
    public var length: PeriodLength
    /// From when on.
    public var begins: Beginning
    /// Whether only records are meant that began before the person was of age.
    public var isOfMinors: Bool

    /// A time for which records have to be kept.
    public init(records: String, length: PeriodLength, begins: Beginning, isOfMinors: Bool = false) {
        self.records = records
        self.length = length
        self.begins = begins
        self.isOfMinors = isOfMinors
    }

    /// The last day on which records have to be kept whose last one is of that day, Europe/Berlin; `nil` when that cannot be
    /// said, because the person's age matters and is not known.
    public func lastDay(lastRecordOn day: CalendarDate, bornOn: CalendarDate?) -> CalendarDate? {
        let first: CalendarDate
        switch begins {
        case .record: first = day + 1
        case .yearEnd: first = CalendarMonth(ordinal: (day.month.ordinal / 12 + 1) * 12).firstDay
        case .age(let years):
            guard let bornOn else { return nil }
            first = max(bornOn.birthday(years), day + 1)
        }
        return length.after(first) - 1
    }
}
