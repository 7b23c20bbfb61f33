import Foundation
import Ledger

/// Finds the stretches of days on which what a participant does comes to more hours a week than there are.
///
/// Counted are the weekly hours of measures that run or are planned, on the days on which they are expected to run (to
/// their window's end, and when that has passed while they run, until their end is recorded; not on days of an interruption
/// that is over), and of accepted placements on theirs. Measures and placements without known hours count nothing, and a
/// paused measure neither.
///
/// - Key `clash:hours:<case>:<first day>`: the measures alone come to more than the capacity.
/// - Key `clash:work:<case>:<first day>`: only together with placements they do, or several placements do. It is told apart,
///   since who may see measures may not see placements.
///
/// Days on which one of these holds and that follow each other are one stretch. It is found as soon as it is known, and no
/// longer once its last day has passed.
struct OverloadRule {
    let today: CalendarDate
    /// Hours a week that are still in step.
    let capacity: Double

    private struct Load {
        let id: UUID
        let caseID: UUID
        let office: Office
        let isWork: Bool
        let hours: Double
        let days: [DayRange]
    }

    /// Consecutive days of the same excess, with all that takes part in it and the loads of its fullest days.
    private struct Stretch {
        var days: DayRange
        let isWork: Bool
        var parts: [Load]
        var peak: [Load]
    }

    func report(_ timeline: Timeline) -> FindingReport {
        let loads = timeline.measures.compactMap(load) + timeline.placements.compactMap(load)
        var findings: [Finding] = []
        var changes = loads.flatMap { $0.days.map { $0.last + 1 } }
        changes += timeline.measures.filter { $0.hoursPerWeek != nil && $0.isOpen }.map { $0.window.last + 1 }
        for (caseID, loads) in Dictionary(grouping: loads, by: \.caseID) {
            let stretches = stretches(of: loads.sorted { $0.id < $1.id })
            findings += stretches.filter { $0.days.last >= today }.map { finding(caseID, $0) }
            // One also ends where an excess of another kind begins.
            changes += stretches.map { $0.days.last + 1 }
        }
        return FindingReport(findings: findings, nextChange: changes.filter { $0 > today && $0 < .openEnd }.min())
    }

    private func load(_ measure: TimedMeasure) -> Load? {
        guard let hours = measure.hoursPerWeek, hours > 0, measure.isExpected(on: today) else { return nil }
        let days = DaySet([measure.expectedDays(on: today)]).subtracting(DaySet(measure.pauses)).ranges
        return Load(
            id: measure.id, caseID: measure.caseID, office: measure.office, isWork: false, hours: hours, days: days)
    }

    private func load(_ placement: TimedPlacement) -> Load? {
        guard let hours = placement.hoursPerWeek, hours > 0, placement.progress != .ended, let first = placement.first
        else { return nil }
        let isOverdue = placement.progress == .running && placement.last.map { $0 < today } ?? false
        let days = DayRange(first: first, last: isOverdue ? .openEnd : placement.last ?? .openEnd)
        return Load(
            id: placement.id, caseID: placement.caseID, office: placement.office, isWork: true, hours: hours,
            days: days.map { [$0] } ?? [])
    }

    private func stretches(of loads: [Load]) -> [Stretch] {
        let edges = Set(loads.flatMap(\.days).flatMap { [$0.first, $0.last + 1] }).sorted()
        var found: [Stretch] = []
        for (first, next) in zip(edges, edges.dropFirst()) {
            let running = loads.filter { $0.days.contains { $0.contains(first) } }
            guard let excess = excess(of: running) else { continue }
            let days = DayRange(first: first, atLeastTo: next - 1)
            guard let last = found.last, last.isWork == excess.isWork, last.days.last + 1 == first else {
                found.append(Stretch(days: days, isWork: excess.isWork, parts: excess.loads, peak: excess.loads))
                continue
            }
            let known = Set(last.parts.map(\.id))
            found[found.count - 1].days = DayRange(first: last.days.first, atLeastTo: days.last)
            found[found.count - 1].parts += excess.loads.filter { !known.contains($0.id) }
            if hours(excess.loads) > hours(last.peak) { found[found.count - 1].peak = excess.loads }
        }
        return found
    }

    private func excess(of running: [Load]) -> (isWork: Bool, loads: [Load])? {
        let measures = running.filter { !$0.isWork }
        if exceeds(measures) { return (false, measures) }
        // One job of many hours is what its contract says; only beside something else it is too much.
        return running.count > 1 && exceeds(running) ? (true, running) : nil
    }

    private func hours(_ loads: [Load]) -> Double { loads.map(\.hours).reduce(0, +) }

    /// A sum of decimal fractions may miss the capacity by less than a second.
    private func exceeds(_ loads: [Load]) -> Bool { hours(loads) > capacity + 0.0001 }

    private func finding(_ caseID: UUID, _ stretch: Stretch) -> Finding {
        let isOpen = stretch.days.last == .openEnd
        let parts = stretch.parts.sorted { $0.id < $1.id }
        return Finding(
            key: "clash:\(stretch.isWork ? "work" : "hours"):\(caseID.uuidString.lowercased()):\(stretch.days.first)",
            kind: .clash, owner: .singleCase(caseID), cases: [caseID],
            measures: parts.filter { !$0.isWork }.map(\.id), offices: Set(parts.map(\.office)).sorted(),
            from: stretch.days.first, to: isOpen ? nil : stretch.days.last,
            days: isOpen ? nil : stretch.days.length,
            explanation: "From \(isOpen ? "\(stretch.days.first) on" : "\(stretch.days)") "
                + "\(stretch.isWork ? "measures and work" : "the measures") in this case come to as much as "
                + "\(Wording.hours(hours(stretch.peak))) a week: \(shares(stretch.peak)); more than "
                + "\(Wording.hours(capacity)) are out of step.",
            grounds: parts.filter(\.isWork).isEmpty
                ? nil
                : parts.map {
                    FindingGround($0.isWork ? .placement : .measure, in: caseID, id: $0.id, office: $0.office)
                })
    }

    /// "38.5 hours with the job centre, 14 hours with the youth office and 40 hours of work".
    private func shares(_ loads: [Load]) -> String {
        let byOffice = Dictionary(grouping: loads.filter { !$0.isWork }, by: \.office).sorted { $0.key < $1.key }
            .map { "\(Wording.hours(hours($0.value))) with the \($0.key.title)" }
        let work = loads.filter(\.isWork)
        return Wording.list(byOffice + (work.isEmpty ? [] : ["\(Wording.hours(hours(work))) of work"]))
    }
}
