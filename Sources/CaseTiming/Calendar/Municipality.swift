/// A municipality as far as its public holidays differ from those of its Land.
public struct Municipality: Hashable, Sendable {
    /// Why it is not known which holidays a municipality has.
    public enum Unknown: Error, Hashable, Sendable {
        /// Its official key belongs to another Land.
        case keyOfAnotherLand
        /// Nothing is recorded of it, and its Land's local holidays depend on counts of each municipality.
        case notRecorded
    }

    /// Stands for any municipality of a Land that has the holiday which Catholic municipalities there have.
    public static let catholic = "catholic-majority"
    /// Stands for any municipality of a Land that has no holidays of its own.
    public static let other = "other"

    /// What it was asked for by.
    public let name: String
    /// What is recorded of it.
    let entries: [LocalHolidayEntry]

    /// The municipality of that name, or of that official key (AGS, eight digits), in a Land; or one of the two words
    /// ``catholic`` and ``other`` for a municipality of that kind.
    ///
    /// Where a Land has no local holidays, any name will do. Saxony and Thuringia list the municipalities and parts of
    /// municipalities that have one, so any other name there has none. In Bavaria it follows from census counts, which
    /// are only partly recorded here: what is not is an error.
    public init(_ text: String, in land: Land) throws(Unknown) {
        name = text
        let isKey = text.utf8.count == 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard !isKey || text.hasPrefix(land.keyPrefix) else { throw .keyOfAnotherLand }
        let recorded = MunicipalityTable.entries.filter { $0.land == land }
        guard !recorded.isEmpty, text != Self.other else {
            entries = []
            return
        }
        if text == Self.catholic {
            let holiday: LocalHoliday = land == .bayern ? .assumption : .corpusChristi
            entries = [LocalHolidayEntry(holiday, land, name: text)]
            return
        }
        let wanted = text.lowercased()
        entries = recorded.filter { entry in
            isKey ? entry.key.map(text.hasPrefix) ?? false : entry.name?.lowercased() == wanted
        }
        // Parts of Saxon municipalities have a holiday that others of the same municipality have not: a key does not say.
        let isUndecided = land == .bayern || land == .sachsen && isKey && text.hasPrefix("14625")
        if entries.isEmpty, isUndecided { throw .notRecorded }
    }

    /// Whether it has a local holiday in a year.
    func observes(_ holiday: LocalHoliday, in year: Int) -> Bool {
        entries.contains { $0.holiday == holiday && $0.years.contains(year) }
    }
}

/// One line of the table of municipalities: that it has a local holiday in these years.
struct LocalHolidayEntry: Hashable, Sendable {
    let holiday: LocalHoliday?
    let land: Land
    let name: String?
    /// The official key, or the first digits of it that all municipalities of a district have.
    let key: String?
    let years: ClosedRange<Int>

    /// - Parameter holiday: `nil` where it is on record that there is none.
    init(
        _ holiday: LocalHoliday?, _ land: Land, name: String? = nil, key: String? = nil,
        from first: Int = HolidayCalendar.years.lowerBound, through last: Int = HolidayCalendar.years.upperBound
    ) {
        self.holiday = holiday
        self.land = land
        self.name = name
        self.key = key
        self.years = first...last
    }
}
