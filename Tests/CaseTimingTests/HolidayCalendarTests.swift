import Ledger
import Testing

@testable import CaseTiming

@Suite struct HolidayCalendarTests {
    /// Easter Sundays from the tables of the Physikalisch-Technische Bundesanstalt; earliest and latest are known extremes.
    @Test(
        arguments: [
            "1990-04-15", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2025-04-20", "2026-04-05",
            "2038-04-25",
            "2040-04-01", "1818-03-22", "1943-04-25", "2285-03-22",
        ] as [CalendarDate])
    func easterFallsWhereItShould(_ sunday: CalendarDate) {
        #expect(HolidayDay.easter(0).date(in: sunday.components.year) == sunday)
    }

    @Test func repentanceDayIsTheWednesdayBefore23November() throws {
        for year in 1990...2040 {
            let day = try #require(HolidayDay.repentanceDay.date(in: year))
            #expect(day.isoWeekday == 3)
            #expect((16...22).contains(day.components.day) && day.components.month == 11)
        }
        #expect(HolidayDay.repentanceDay.date(in: 2026) == "2026-11-18")
        #expect(HolidayDay.repentanceDay.date(in: 1994) == "1994-11-16")
    }

    /// How many days each Land's act lists for 2026; Brandenburg counts two Sundays.
    @Test(arguments: [
        (Land.badenWuerttemberg, 12), (.bayern, 12), (.berlin, 10), (.brandenburg, 12), (.bremen, 10), (.hamburg, 10),
        (.hessen, 10), (.mecklenburgVorpommern, 11), (.niedersachsen, 10), (.nordrheinWestfalen, 11),
        (.rheinlandPfalz, 11), (.saarland, 12), (.sachsen, 11), (.sachsenAnhalt, 11), (.schleswigHolstein, 10),
        (.thueringen, 11),
    ])
    func everyLandHasItsNumberOfHolidays(_ land: Land, _ count: Int) {
        #expect(HolidayCalendar(land: land).holidays(in: 2026).count == count)
    }

    @Test func holidaysBeginAndEndWithTheirLaw() {
        func holds(_ land: Land, _ day: CalendarDate) -> Bool { HolidayCalendar(land: land).holiday(on: day) != nil }
        #expect(holds(.hessen, "1990-06-17") && !holds(.hessen, "1991-06-17") && !holds(.sachsen, "1990-06-17"))
        #expect(holds(.hessen, "1990-10-03") && holds(.sachsen, "1990-10-03"))
        #expect(holds(.hessen, "1994-11-16") && !holds(.hessen, "1995-11-22") && holds(.sachsen, "1995-11-22"))
        #expect(!holds(.sachsenAnhalt, "1992-01-06") && holds(.sachsenAnhalt, "1993-01-06"))
        #expect(holds(.bayern, "2017-10-31") && !holds(.bayern, "2018-10-31") && holds(.sachsen, "2016-10-31"))
        for land in [Land.bremen, .hamburg, .niedersachsen, .schleswigHolstein] {
            #expect(!holds(land, "2016-10-31") && holds(land, "2017-10-31") && holds(land, "2018-10-31"))
        }
        #expect(!holds(.berlin, "2018-03-08") && holds(.berlin, "2019-03-08"))
        #expect(!holds(.mecklenburgVorpommern, "2022-03-08") && holds(.mecklenburgVorpommern, "2023-03-08"))
        #expect(!holds(.thueringen, "2018-09-20") && holds(.thueringen, "2019-09-20"))
        #expect(holds(.berlin, "2020-05-08") && !holds(.berlin, "2021-05-08") && holds(.berlin, "2025-05-08"))
        #expect(holds(.berlin, "2028-06-17") && !holds(.brandenburg, "2028-06-17"))
    }

    @Test func everyLineOfTheTableHasALawAndADayInEachOfItsYears() {
        for rule in HolidayTable.rules {
            #expect(!rule.laender.isEmpty && Set(rule.laender).count == rule.laender.count)
            #expect(HolidayCalendar.years.contains(rule.years.lowerBound))
            #expect(HolidayCalendar.years.contains(rule.years.upperBound))
            for land in rule.laender { #expect(!rule.source(in: land).isEmpty) }
            for year in rule.years { #expect(rule.day.date(in: year) != nil, "\(rule.name) \(year)") }
        }
    }

    @Test func noLandHasTheSameHolidayTwice() {
        for land in Land.allCases {
            for year in HolidayCalendar.years {
                let days = HolidayTable.rules
                    .filter { $0.laender.contains(land) && $0.years.contains(year) && $0.local == nil }
                    .map { [$0.name, $0.day.date(in: year)?.description ?? ""] }
                #expect(Set(days).count == days.count)
            }
        }
        let keys = Set(Land.allCases.map(\.keyPrefix))
        #expect(keys.count == 16 && keys.min() == "01" && keys.max() == "16")
    }

    @Test func workingDaysAreMondayToFridayWithoutHolidays() {
        let hessen = HolidayCalendar(land: .hessen)
        #expect(hessen.isWorkingDay("2026-06-03") && !hessen.isWorkingDay("2026-06-04"))
        #expect(!hessen.isWorkingDay("2026-06-06") && !hessen.isWorkingDay("2026-06-07"))
        #expect(hessen.firstWorkingDay(onOrAfter: "2026-04-03") == "2026-04-07")
        #expect(hessen.firstWorkingDay(onOrAfter: "2026-04-07") == "2026-04-07")
        #expect(HolidayCalendar(land: .niedersachsen).isWorkingDay("2026-06-04"))
    }

    // MARK: Municipalities

    private func isHoliday(_ day: CalendarDate, _ municipality: String, _ land: Land) throws -> Bool {
        HolidayCalendar(land: land, municipality: try Municipality(municipality, in: land)).holiday(on: day) != nil
    }

    @Test(
        arguments: [
            ("Augsburg", Land.bayern, "2026-08-08", true), ("09761000", .bayern, "2026-08-08", true),
            ("München", .bayern, "2026-08-08", false), ("Augsburg", .bayern, "2026-08-15", true),
            ("münchen", .bayern, "2026-08-15", true), ("Nürnberg", .bayern, "2026-08-15", false),
            ("09562000", .bayern, "2026-08-15", false), ("09184112", .bayern, "2026-08-15", true),
            ("09279112", .bayern, "2026-08-15", true), ("catholic-majority", .bayern, "2026-08-15", true),
            ("other", .bayern, "2026-08-15", false), ("catholic-majority", .bayern, "2026-08-08", false),
            ("Memmingerberg", .bayern, "2013-08-15", true), ("Memmingerberg", .bayern, "2014-08-15", false),
            ("Memmingerberg", .bayern, "2024-08-15", false), ("Memmingerberg", .bayern, "2025-08-15", true),
            ("Seßlach", .bayern, "2024-08-15", true), ("Seßlach", .bayern, "2025-08-15", false),
            ("Leipheim", .bayern, "2013-08-15", false), ("Leipheim", .bayern, "2014-08-15", true),
            ("Crostwitz", .sachsen, "2026-06-04", true), ("Dresden", .sachsen, "2026-06-04", false),
            ("Salzenforst (Bautzen)", .sachsen, "2026-06-04", true), ("Bautzen", .sachsen, "2026-06-04", false),
            ("Wartha (Königswartha)", .sachsen, "2026-06-04", false), ("14612000", .sachsen, "2026-06-04", false),
            ("Heilbad Heiligenstadt", .thueringen, "2026-06-04", true), ("16061045", .thueringen, "2026-06-04", true),
            ("16063032", .thueringen, "2026-06-04", true), ("Erfurt", .thueringen, "2026-06-04", false),
            ("Heyerode (Südeichsfeld)", .thueringen, "2026-06-04", false),
            ("catholic-majority", .sachsen, "1992-06-18", false),
            ("Frankfurt am Main", .hessen, "2026-08-15", false), ("06412000", .hessen, "2026-06-04", true),
        ] as [(String, Land, CalendarDate, Bool)])
    func municipalitiesHaveTheirOwnHolidays(
        _ municipality: String, _ land: Land, _ day: CalendarDate, _ expected: Bool
    ) throws {
        #expect(try isHoliday(day, municipality, land) == expected)
    }

    @Test func aMunicipalityThatIsNotOnRecordIsNotGuessed() {
        #expect(throws: Municipality.Unknown.notRecorded) { try Municipality("Ausburg", in: .bayern) }
        #expect(throws: Municipality.Unknown.notRecorded) { try Municipality("09471000", in: .bayern) }
        #expect(throws: Municipality.Unknown.notRecorded) { try Municipality("14625020", in: .sachsen) }
        #expect(throws: Municipality.Unknown.keyOfAnotherLand) { try Municipality("09761000", in: .hessen) }
    }

    @Test func withoutAMunicipalityItIsSaidThatSomeHaveAHoliday() {
        let bayern = HolidayCalendar(land: .bayern)
        #expect(bayern.isWorkingDay("2025-08-15"))
        #expect(bayern.possibleLocalHoliday(on: "2025-08-15")?.name == "Mariä Himmelfahrt")
        #expect(bayern.possibleLocalHoliday(on: "2025-08-14") == nil)
        #expect(HolidayCalendar(land: .hessen).possibleLocalHoliday(on: "2025-08-15") == nil)
    }
}
