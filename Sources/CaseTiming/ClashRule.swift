import Foundation
import Ledger

/// Finds what two offices have set for the same participant at the same time.
///
/// - Two appointments of different offices that share a minute and wait for what becomes of them, key
///   `clash:<appointment>:<appointment>`.
/// - Two measures of different offices with weekly times that share a minute on a weekday of a day on which both are
///   expected to run, key `clash:<measure>:<measure>`. The finding is about all such days.
/// - An appointment and another office's measure with a weekly time then, key `clash:<appointment>:<measure>`.
///
/// Measures are expected while they run or are planned, as in ``OverloadRule``; public holidays are not looked at. Of two
/// identifiers of the same sort the lesser comes first. What has passed is no longer found. One office's own appointments
/// cannot clash: it is refused to schedule them.
struct ClashRule {
    let today: CalendarDate

    /// A measure that takes place at times of the week, on the days on which it is expected to run.
    private struct Weekly {
        let measure: TimedMeasure
        let days: DayRange
        let times: [MeasureSchedule.Time]
    }

    func report(_ timeline: Timeline) -> FindingReport {
        var findings: [Finding] = []
        var changes: [CalendarDate] = []
        let appointments = Dictionary(
            grouping: timeline.appointments.filter { $0.lastDay >= today }.sorted { $0.id < $1.id }, by: \.caseID)
        let measures = Dictionary(timeline.measures.map { ($0.id, $0) }) { first, _ in first }
        let weekly = Dictionary(
            grouping: timeline.schedules.compactMap { schedule in
                measures[schedule.measure].flatMap { self.weekly($0, schedule.times) }
            }.sorted { $0.measure.id < $1.measure.id }, by: \.measure.caseID)
        for caseID in timeline.members {
            let meetings = appointments[caseID] ?? []
            let times = weekly[caseID] ?? []
            changes += meetings.map { $0.lastDay + 1 } + times.map { $0.measure.window.last + 1 }
            for (index, one) in meetings.enumerated() {
                findings += meetings[(index + 1)...].compactMap { clash(one, $0) }
                findings += times.compactMap { clash(one, $0) }
            }
            for (index, one) in times.enumerated() {
                for other in times[(index + 1)...] {
                    guard let (finding, last) = clash(one, other) else { continue }
                    changes.append(last + 1)
                    if last >= today { findings.append(finding) }
                }
            }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func weekly(_ measure: TimedMeasure, _ times: [MeasureSchedule.Time]) -> Weekly? {
        guard !times.isEmpty, measure.isExpected(on: today) else { return nil }
        return Weekly(measure: measure, days: measure.expectedDays(on: today), times: times)
    }

    // MARK: Appointments

    private func clash(_ one: TimedAppointment, _ other: TimedAppointment) -> Finding? {
        guard one.office != other.office, one.span.overlaps(other.span) else { return nil }
        let (first, second) =
            (one.span.lowerBound, one.office) < (other.span.lowerBound, other.office)
            ? (one, other) : (other, one)
        return Finding(
            key: "clash:\(one.id.uuidString.lowercased()):\(other.id.uuidString.lowercased())", kind: .clash,
            owner: .singleCase(one.caseID), cases: [one.caseID], measures: [],
            offices: [one.office, other.office].sorted(), from: first.day, to: max(first.lastDay, second.lastDay),
            days: nil,
            explanation: "Two offices expect the participant at the same time: the \(first.office.title) on "
                + "\(Wording.time(of: first)), the \(second.office.title) on \(Wording.time(of: second)).",
            grounds: [ground(one), ground(other)])
    }

    private func clash(_ appointment: TimedAppointment, _ weekly: Weekly) -> Finding? {
        let measure = weekly.measure
        guard appointment.office != measure.office else { return nil }
        let day = (0...(appointment.lastDay - appointment.day)).map { appointment.day + $0 }.first { day in
            let midnight = day.daysSince1970 * 1440
            return weekly.days.contains(day)
                && weekly.times.contains { time in
                    time.weekday == day.isoWeekday
                        && appointment.span.overlaps(
                            (midnight + time.minutes.lowerBound)..<(midnight + time.minutes.upperBound))
                }
        }
        guard let day else { return nil }
        return Finding(
            key: "clash:\(appointment.id.uuidString.lowercased()):\(measure.id.uuidString.lowercased())", kind: .clash,
            owner: .singleCase(appointment.caseID), cases: [appointment.caseID], measures: [measure.id],
            offices: [appointment.office, measure.office].sorted(), from: day, to: appointment.lastDay, days: nil,
            explanation:
                "The \(appointment.office.title) expects the participant on \(Wording.time(of: appointment)), when "
                + "a measure of the \(measure.office.title) takes place.",
            grounds: [ground(appointment), .measure(measure)])
    }

    private func ground(_ appointment: TimedAppointment) -> FindingGround {
        FindingGround(.appointment, in: appointment.caseID, id: appointment.id, office: appointment.office)
    }

    // MARK: Weekly times

    /// The finding and the last of the days it is about.
    private func clash(_ one: Weekly, _ other: Weekly) -> (Finding, CalendarDate)? {
        guard one.measure.office != other.measure.office, let common = one.days.overlap(with: other.days) else {
            return nil
        }
        let shared = Set(
            one.times.flatMap { time in
                other.times.filter { $0.weekday == time.weekday && $0.minutes.overlaps(time.minutes) }.map(\.weekday)
            })
        let spans = shared.compactMap { occurrences(of: $0, in: common) }
        guard let first = spans.map(\.first).min(), let last = spans.map(\.last).max() else { return nil }
        let isOpen = common.last == .openEnd
        let measures = [one.measure, other.measure]
        let offices = measures.map(\.office).sorted()
        let finding = Finding(
            key: "clash:" + measures.map { $0.id.uuidString.lowercased() }.joined(separator: ":"), kind: .clash,
            owner: .singleCase(one.measure.caseID), cases: [one.measure.caseID], measures: measures.map(\.id),
            offices: offices, from: first, to: isOpen ? nil : last,
            days: isOpen ? nil : spans.map { ($0.last - $0.first) / 7 + 1 }.reduce(0, +),
            explanation:
                "Measures of the \(offices[0].title) and the \(offices[1].title) take place at the same time on "
                + Wording.list(shared.sorted().map(Wording.weekdays)) + ", from "
                + (isOpen ? "\(first) on." : "\(first) to \(last)."))
        return (finding, isOpen ? .openEnd : last)
    }

    /// The first and the last day of a weekday within a range, if there is one.
    private func occurrences(of weekday: Int, in range: DayRange) -> DayRange? {
        let first = range.first + (weekday - range.first.isoWeekday + 7) % 7
        guard first <= range.last else { return nil }
        return DayRange(first: first, last: range.last - (range.last - first) % 7)
    }
}
