/// One line of the table of public holidays: what is a holiday, where, in which years, and by which law.
public struct HolidayRule: Hashable, Sendable {
    /// The holiday's name as the law has it, in German.
    public let name: String
    /// On which day it falls.
    public let day: HolidayDay
    /// In which Länder.
    public let laender: [Land]
    /// In which years, the first and the last both included.
    public let years: ClosedRange<Int>
    /// Which municipalities of those Länder, if not all.
    public let local: LocalHoliday?
    private let law: String?

    /// A holiday of these Länder.
    ///
    /// - Parameter law: the law and paragraph, where it is not simply the Land's list of holidays
    ///   (``Land/holidayAct``).
    init(
        _ name: String, _ day: HolidayDay, in laender: [Land], from first: Int = HolidayCalendar.years.lowerBound,
        through last: Int = HolidayCalendar.years.upperBound, only local: LocalHoliday? = nil, law: String? = nil
    ) {
        self.name = name
        self.day = day
        self.laender = laender
        self.years = first...last
        self.local = local
        self.law = law
    }

    /// The law and paragraph that make it a holiday in a Land.
    public func source(in land: Land) -> String { law ?? land.holidayAct }
}

/// A public holiday that only some municipalities of a Land have.
public enum LocalHoliday: String, CaseIterable, Hashable, Sendable {
    /// Augsburger Friedensfest, 8 August.
    case peaceFestival
    /// Mariä Himmelfahrt, 15 August, in Bavarian municipalities with more Catholics than Protestants.
    case assumption
    /// Fronleichnam in some municipalities of Saxony and Thuringia.
    case corpusChristi
}
