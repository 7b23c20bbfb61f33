import CaseTiming
import Ledger
import Testing

@Suite struct SimultaneityTests {
    private func measure(
        _ office: Office, _ first: CalendarDate, _ last: CalendarDate, _ progress: MeasureProgress,
        pauses: [DayRange] = []
    ) -> TimedMeasure {
        TimedMeasure(
            id: id("\(office) \(first)"), caseID: id("ada"), office: office, window: days(first, last),
            progress: progress, pauses: pauses)
    }

    private let march = CalendarDate(stringLiteral: "2026-03-01").month
    private let april = CalendarDate(stringLiteral: "2026-04-01").month

    @Test func marksTheDaysOfEachMonth() {
        let activity = Simultaneity.activity(of: [
            measure(.jobCentre, "2026-03-30", "2026-04-02", .running(since: "2026-03-30"))
        ])
        #expect(
            activity == [
                ActivityMonth(month: march, office: .jobCentre, days: 0b11 << 29),
                ActivityMonth(month: april, office: .jobCentre, days: 0b11),
            ])
        let whole = Simultaneity.activity(of: [
            measure(.jobCentre, "2026-03-01", "2026-03-31", .running(since: "2026-03-01"))
        ])
        #expect(whole.map(\.days) == [.max >> 1])
    }

    @Test func onlyStartedMeasuresAreActive() {
        #expect(
            Simultaneity.activity(of: [
                measure(.jobCentre, "2026-03-01", "2026-03-31", .planned),
                measure(.jobCentre, "2026-03-01", "2026-03-31", .abandoned(from: nil, on: "2026-03-05")),
            ]) == [])
    }

    @Test func countsUntilTheRecordedEndAndWithoutPauses() {
        let activity = Simultaneity.activity(of: [
            measure(
                .jobCentre, "2026-03-01", "2026-03-31", .completed(from: "2026-03-03", on: "2026-03-08"),
                pauses: [days("2026-03-05", "2026-03-06")]),
            measure(.youthOffice, "2026-03-01", "2026-03-31", .paused(since: "2026-03-01", on: "2026-03-04")),
            measure(.socialOffice, "2026-03-01", "2026-03-31", .paused(since: "2026-03-01", on: "2026-03-01")),
        ])
        #expect(activity.map(\.days) == [0b1100_1100, 0b111])
        #expect(Simultaneity.byMonth(activity) == [march: Simultaneity(sharedDays: 1, activeDays: 6)])
    }

    @Test func isLimitedToAPeriod() {
        let measures = [measure(.jobCentre, "2026-03-01", "2026-04-30", .running(since: "2026-03-01"))]
        #expect(
            Simultaneity.activity(of: measures, within: days("2026-04-29", "2026-12-31")).map(\.days) == [0b11 << 28])
        #expect(Simultaneity.activity(of: measures, within: days("2026-05-01", "2026-12-31")) == [])
    }

    @Test func threeOfficesOnOneDayShareItOnce() {
        #expect(Simultaneity(counting: [0b111, 0b110, 0b100]) == Simultaneity(sharedDays: 2, activeDays: 3))
        #expect(Simultaneity(counting: []).ratio == nil)
        #expect(Simultaneity(counting: [0b1111, 0b1000]).ratio == 0.25)
        #expect(
            Simultaneity(counting: [0b1]) + Simultaneity(counting: [0b1, 0b1])
                == Simultaneity(sharedDays: 1, activeDays: 2))
    }

    @Test func equalsCountingDayByDay() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let timeline = RandomTimeline.make(&generator).timeline
            let activity = Simultaneity.activity(of: timeline.measures)
            #expect(activity == activity.sorted { ($0.month, $0.office) < ($1.month, $1.office) })
            var offices: [CalendarDate: Set<Office>] = [:]
            for measure in timeline.measures {
                for day in measure.activity.flatMap({ $0.first...$0.last }) {
                    offices[day, default: []].insert(measure.office)
                }
            }
            let byMonth = Dictionary(grouping: offices, by: \.key.month).mapValues { days in
                Simultaneity(sharedDays: days.count { $0.value.count > 1 }, activeDays: days.count)
            }
            #expect(Simultaneity.byMonth(activity) == byMonth)
        }
    }
}
