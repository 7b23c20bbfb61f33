import CaseTiming
import Ledger
import Testing

@Suite struct PeriodTests {
    private static func end(
        _ event: CalendarDate, _ length: String, _ land: Land = .hessen, municipality: String? = nil,
        posted: Bool = false, start: Period.Start = .duringTheDay, moves: Bool = true
    ) throws -> CalendarDate {
        try period(event, length, land, municipality: municipality, posted: posted, start: start, moves: moves).end
    }

    private static func period(
        _ event: CalendarDate, _ length: String, _ land: Land = .hessen, municipality: String? = nil,
        posted: Bool = false, start: Period.Start = .duringTheDay, moves: Bool = true
    ) throws -> Period {
        try Period(
            from: event, isPosting: posted, start: start, lasting: try #require(PeriodLength(length)),
            movesToWorkingDay: moves,
            in: HolidayCalendar(
                land: land, municipality: try municipality.map { try Municipality($0, in: land) }))
    }

    // MARK: Decided and worked cases

    /// BSG, 6 May 2010, B 14 AS 12/09 R: posted on 26 September 2007, notified on Saturday, 29 September, for the third day
    /// is not moved; the month for the action ended on 29 October 2007.
    @Test func theThirdDayAfterPostingIsNotMovedFromASaturday() throws {
        let period = try Self.period("2007-09-26", "P1M", posted: true)
        #expect(period.event == "2007-09-29")
        #expect(period.end == "2007-10-29")
    }

    /// BG BAU, *Unfallversicherung A–Z*, "Frist": posted on 8 February 2021, notified on the 11th, the month ends on
    /// 11 March 2021.
    @Test func anObjectionIsDueAMonthAfterNotification() throws {
        let period = try Self.period("2021-02-08", "P1M", posted: true)
        #expect(period.event == "2021-02-11")
        #expect(period.end == "2021-03-11")
    }

    /// LSG Berlin-Brandenburg, 20 October 2022, L 16 KR 156/20: served on 8 December 2020, three months; 8 March is a
    /// holiday in Berlin and not in Brandenburg, where the court sits.
    @Test func thePlaceDecidesWhatIsAHoliday() throws {
        #expect(try Self.end("2020-12-08", "P3M", .brandenburg) == "2021-03-08")
        #expect(try Self.end("2020-12-08", "P3M", .berlin) == "2021-03-09")
    }

    /// BSG, 2 BU 184/94: a period that ended on 1 November ended then in Kassel, though All Saints' is a holiday in
    /// North Rhine-Westphalia.
    @Test func allSaintsIsNoHolidayInHessen() throws {
        #expect(try Self.end("1994-10-01", "P1M", .hessen) == "1994-11-01")
        #expect(try Self.end("1994-10-01", "P1M", .nordrheinWestfalen) == "1994-11-02")
    }

    /// BGH, 14 December 2005, IX ZB 198/04: served on 29 March 2004, two months end on the Saturday before Whitsun and so on
    /// Tuesday, 1 June; extended by a month, on 1 July.
    @Test func anExtensionIsCountedFromTheEndThatWasMoved() throws {
        let period = try Self.period("2004-03-29", "P2M")
        #expect(period.countedEnd == "2004-05-29")
        #expect(period.end == "2004-06-01")
        let month = try #require(PeriodLength("P1M"))
        let extended = try period.extended(by: month, in: HolidayCalendar(land: .hessen))
        #expect(extended.end == "2004-07-01")
        #expect(extended.steps.starts(with: period.steps))
    }

    /// Prütting/Wegen/Weinreich, BGB, § 193 Rn 4: served on 30 November, the month ends on Monday, 31 December, when the
    /// 30th is a Sunday (as in 2012), and two months end on 30 January.
    @Test func anEarlierMoveDoesNotMoveALaterEnd() throws {
        #expect(try Self.end("2012-11-30", "P1M") == "2012-12-31")
        #expect(try Self.end("2012-11-30", "P2M") == "2013-01-30")
    }

    /// Jansen, SGG, § 64 Rz 6: 1 March to 1 April; 31 January to the end of February, in leap years the 29th; Wednesday to
    /// Wednesday.
    @Test func monthsEndOnTheSameNumberOrElseTheLast() throws {
        #expect(try Self.period("2023-03-01", "P1M").countedEnd == "2023-04-01")
        #expect(try Self.period("2023-01-31", "P1M").countedEnd == "2023-02-28")
        #expect(try Self.period("2024-01-31", "P1M").countedEnd == "2024-02-29")
        #expect(try Self.end("2023-03-15", "P1W") == "2023-03-22")
    }

    // MARK: Rules

    @Test func sinceTheYear2025TheFourthDayCounts() throws {
        #expect(try Self.period("2024-12-31", "P1M", posted: true).event == "2025-01-03")
        #expect(try Self.period("2025-01-01", "P1M", posted: true).event == "2025-01-05")
    }

    @Test func aDayThatIsCountedEndsThePeriodADayEarlier() throws {
        func counted(_ event: CalendarDate, _ length: String) throws -> CalendarDate {
            try Self.end(event, length, start: .beginningOfTheDay, moves: false)
        }
        #expect(try counted("2026-01-01", "P6M") == "2026-06-30")
        #expect(try counted("2026-01-01", "P1Y") == "2026-12-31")
        #expect(try counted("2026-03-16", "P1M") == "2026-04-15")
        #expect(try counted("2026-01-31", "P1M") == "2026-02-28")
        #expect(try counted("2026-01-30", "P1M") == "2026-02-28")
        #expect(try counted("2026-01-29", "P1M") == "2026-02-28")
        #expect(try counted("2026-05-31", "P1M") == "2026-06-30")
        #expect(try counted("2026-03-02", "P1W") == "2026-03-08")
        #expect(try counted("2026-03-02", "P1D") == "2026-03-02")
        // Who is born on 29 February is a year older with the end of 28 February.
        #expect(try counted("2008-02-29", "P18Y") == "2026-02-28")
        #expect(try Self.end("2008-02-29", "P18Y", moves: false) == "2026-02-28")
    }

    @Test func anEndMovesOverEveryDayThatIsNone() throws {
        // Good Friday to Easter Monday, 2026.
        #expect(try Self.end("2026-03-03", "P1M") == "2026-04-07")
        #expect(try Self.end("2026-03-03", "P1M", moves: false) == "2026-04-03")
        // Christmas of 2026 and the weekend after it.
        #expect(try Self.end("2026-11-25", "P1M") == "2026-12-28")
        #expect(try Self.end("2026-08-01", "P1W", .bayern, municipality: "Augsburg") == "2026-08-10")
        #expect(try Self.end("2025-08-01", "P1W", .bayern, municipality: "Augsburg") == "2025-08-11")
        #expect(try Self.end("2025-08-01", "P1W", .bayern, municipality: "München") == "2025-08-08")
    }

    @Test func everyStepIsToldWithItsSource() throws {
        let period = try Self.period("2026-03-30", "P1M", .bayern, posted: true)
        #expect(
            period.steps.map(\.description) == [
                "Posted on 2026-03-30, it counts as notified on 2026-04-03, the fourth day after posting, whatever weekday that "
                    + "is. (§ 37 Abs. 2 SGB X since 2025-01-01; BSG, 6 May 2010, B 14 AS 12/09 R)",
                "The day of the event, 2026-04-03, is not counted: the period begins with 2026-04-04. (§ 26 Abs. 1 SGB X, "
                    + "§ 187 Abs. 1 BGB)",
                "1 month ends on the same-numbered day, 2026-05-03. (§ 188 Abs. 2 BGB)",
                "2026-05-03 is a Sunday: the period does not end then. (§ 26 Abs. 3 Satz 1 SGB X)",
                "The period ends at the end of Monday, 2026-05-04, the next working day. (§ 26 Abs. 3 Satz 1 SGB X)",
            ])
        let possible = try Self.period("2025-07-15", "P1M", .bayern)
        #expect(possible.end == "2025-08-15")
        #expect(possible.steps.contains { $0.sentence.contains("no municipality was named") })
        let feast = try Self.period("2026-05-04", "P1M", .hessen)
        #expect(feast.steps.contains { $0.sentence.contains("Fronleichnam") && $0.source.contains("HFeiertagsG") })
    }

    @Test func theCalendarIsNotStretchedBeyondItsYears() throws {
        #expect(throws: PeriodError.outsideCalendar("2041-01-15")) { try Self.end("2040-12-15", "P1M") }
        #expect(throws: PeriodError.outsideCalendar("1989-12-04")) { try Self.end("1989-12-01", "P3D") }
        #expect(throws: PeriodError.outsideCalendar("2041-01-01")) { try Self.end("2040-12-25", "P1W", .berlin) }
        #expect(try Self.end("2040-12-15", "P1M", moves: false) == "2041-01-15")
        #expect(throws: PeriodError.endless) { try Self.end("9990-01-01", "P100Y", moves: false) }
    }

    @Test(arguments: [
        ("P1D", 1, PeriodLength.Unit.days), ("P14D", 14, .days), ("P2W", 2, .weeks), ("P1M", 1, .months),
        ("P1Y", 1, .years), ("P1Y6M", 18, .months), ("P2Y0M", 24, .months), ("P007D", 7, .days),
    ])
    func lengthsAreReadAsISO8601(_ text: String, _ count: Int, _ unit: PeriodLength.Unit) {
        #expect(PeriodLength(text) == PeriodLength(count, unit))
    }

    @Test(arguments: [
        "", "P", "1M", "p1m", "P1", "PM", "P0D", "P0Y0M", "P-1D", "P+1D", "P1.5M", "P1,5M", "P1M1D", "P1M1Y", "P1W1D",
        "PT1H", "P1DT1H", "P1M ", " P1M", "P1X", "P101Y", "P99999999999D", "P1Y12M", "P١D",
    ])
    func whatIsNoLengthOfTheLawIsNone(_ text: String) {
        #expect(PeriodLength(text) == nil)
    }

    // MARK: Properties

    @Test(arguments: 0..<6) func periodsHoldWhatTheLawSays(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let event = CalendarDate(daysSince1970: generator.integer(7_305...24_500))
            let length = try #require(
                PeriodLength(generator.integer(1...30), generator.one(of: PeriodLength.Unit.allCases)))
            let calendar = HolidayCalendar(land: generator.one(of: Land.allCases))
            guard let period = try? Period(from: event, lasting: length, in: calendar) else {
                #expect(event + 10_950 > "2040-01-01")
                continue
            }
            #expect(calendar.isWorkingDay(period.end))
            #expect(period.end >= period.countedEnd)
            #expect(period.countedEnd.distance(to: period.end) <= 10)
            var day = period.countedEnd
            while day < period.end {
                #expect(!calendar.isWorkingDay(day))
                day = day + 1
            }
            switch length.unit {
            case .days: #expect(period.countedEnd - event == length.count)
            case .weeks: #expect(period.countedEnd - event == 7 * length.count)
            case .months, .years:
                let end = period.countedEnd
                #expect(end.components.day == event.components.day || (end + 1).components.day == 1)
                #expect(end.month.ordinal - event.month.ordinal == length.count * (length.unit == .years ? 12 : 1))
            }
            let fromNextMorning = try Period(
                from: event + 1, start: .beginningOfTheDay, lasting: length, movesToWorkingDay: false, in: calendar)
            if length.unit == .days || length.unit == .weeks {
                #expect(fromNextMorning.countedEnd == period.countedEnd)
            }
            let later = try? Period(from: event + 1, lasting: length, in: calendar)
            #expect(later.map { $0.end >= period.end } ?? true)
            let stays = try Period(from: event, lasting: length, movesToWorkingDay: false, in: calendar)
            #expect(stays.end == period.countedEnd)
        }
    }
}
