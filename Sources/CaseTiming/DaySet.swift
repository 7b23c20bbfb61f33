import Ledger

/// A set of days as ranges that are sorted and neither overlap nor touch.
struct DaySet: Equatable {
    private(set) var ranges: [DayRange] = []

    /// The days that lie in any of the ranges.
    init(_ ranges: some Sequence<DayRange>) {
        for range in ranges.sorted() {
            guard let previous = self.ranges.last, range.first <= previous.last + 1 else {
                self.ranges.append(range)
                continue
            }
            self.ranges[self.ranges.count - 1] = DayRange(
                first: previous.first, atLeastTo: max(previous.last, range.last))
        }
    }

    /// The days of this set that are not in the other.
    func subtracting(_ other: DaySet) -> DaySet {
        var result: [DayRange] = []
        var later = other.ranges[...]
        for range in ranges {
            var first = range.first
            while let taken = later.first, taken.last < first { later.removeFirst() }
            for taken in later {
                guard taken.first <= range.last else { break }
                if let free = DayRange(first: first, last: taken.first - 1) { result.append(free) }
                first = max(first, taken.last + 1)
            }
            if let free = DayRange(first: first, last: range.last) { result.append(free) }
        }
        return DaySet(result)
    }
}

extension CalendarDate {
    /// A day that stands for "no end is known"; far beyond the calendar, near enough for arithmetic.
    static let openEnd = CalendarDate(daysSince1970: .max / 4)
}
