import CaseTiming
import Foundation
import Ledger

/// A household's timeline as it could come out of anything that was recorded, the unlikely included.
struct RandomTimeline {
    let timeline: Timeline
    let today: CalendarDate
    let thresholds: TimingThresholds

    static let epoch: CalendarDate = "2026-01-01"

    /// Days lie within half a year of each other, so that everything meets everything else.
    static func make(_ generator: inout SeededGenerator) -> RandomTimeline {
        let members = ["ada", "ben", "cem"].prefix(generator.integer(1...3)).map(id)
        let plans = (0..<generator.integer(0...4)).map { number in
            let from = day(&generator)
            return PlanPeriod(
                id: id("plan \(number)"), caseID: generator.one(of: members),
                office: generator.one(of: Office.allCases), inForceFrom: from,
                through: generator.happens(50) ? from + generator.integer(-5...160) : nil)
        }
        let measures = (0..<generator.integer(0...6)).map { number in
            let window = range(&generator)
            return TimedMeasure(
                id: id("measure \(number)"), caseID: generator.one(of: members),
                office: generator.one(of: Office.allCases), window: window,
                progress: progress(&generator, window),
                pauses: generator.happens(20) ? [range(&generator), range(&generator)] : [],
                hoursPerWeek: generator.happens(60) ? Double(generator.integer(1...60)) / 2 : nil,
                isAgreed: generator.happens(80))
        }
        let relations = (0..<(measures.isEmpty ? 0 : generator.integer(0...2))).map { _ in
            let least = generator.integer(-10...30)
            return RelatedMeasures(
                relation: TemporalRelation(
                    first: generator.one(of: measures).id, second: generator.one(of: measures).id,
                    kind: generator.one(of: RelationKind.allCases), minDays: least,
                    maxDays: generator.happens(40) ? least + generator.integer(0...30) : nil,
                    tolerance: generator.integer(0...15)),
                recordedIn: generator.one(of: members))
        }
        return RandomTimeline(
            timeline: Timeline(
                scope: members.count == 1 ? .singleCase(members[0]) : .household(id("household")), members: members,
                plans: plans, measures: measures, relations: relations,
                people: members.filter { _ in generator.happens(80) }.map { person($0, &generator) },
                schedules: measures.filter { _ in generator.happens(60) }.map { measure in
                    MeasureSchedule(
                        measure: measure.id,
                        times: (0...generator.integer(0...2)).map { _ in
                            let hour = generator.integer(8...16)
                            return MeasureSchedule.Time(
                                weekday: generator.integer(1...7),
                                minutes: hour * 60..<(hour + generator.integer(1...4)) * 60)
                        })
                },
                appointments: (0..<generator.integer(0...5)).map { number in
                    TimedAppointment(
                        id: id("appointment \(number)"), caseID: generator.one(of: members),
                        office: generator.one(of: Office.allCases), day: epoch + generator.integer(-10...10),
                        minute: generator.integer(0...23) * 60, minutes: generator.integer(1...20) * 60)
                },
                placements: (0..<generator.integer(0...3)).map {
                    placement($0, generator.one(of: members), &generator)
                },
                reviews: (0..<generator.integer(0...2)).map { number in
                    PlanReviewDue(
                        plan: id("plan \(number)"), caseID: generator.one(of: members),
                        office: generator.one(of: Office.allCases), on: day(&generator))
                },
                referrals: (0..<generator.integer(0...1)).map { number in
                    let accepted = day(&generator)
                    return AcceptedReferral(
                        id: id("referral \(number)"), caseID: generator.one(of: members),
                        from: generator.one(of: Office.allCases), acceptedOn: accepted,
                        completedOn: generator.happens(50) ? accepted + generator.integer(0...60) : nil)
                },
                deadlines: (0..<generator.integer(0...2)).map { number in
                    let end = day(&generator)
                    return TimedDeadline(
                        id: id("deadline \(number)"), caseID: generator.one(of: members),
                        office: generator.one(of: Office.allCases), subject: id("plan \(number)"), title: "A rule",
                        period: "decide", source: "§ 1 X", endsOn: end,
                        formerEnds: generator.happens(30) ? [end - 7] : [])
                }),
            today: day(&generator),
            thresholds: TimingThresholds(
                gapDays: generator.integer(0...40), sequenceHorizonMonths: generator.integer(0...14),
                weeklyHours: Double(generator.integer(5...40)),
                offices: generator.happens(50)
                    ? [.youthOffice: OfficeThresholds(reviewDays: 3, deadlineDays: 4, handoverDays: 5, ageDays: 40)]
                    : [.jobCentre: OfficeThresholds(reviewDays: 0, handoverDays: 60, incomeDays: 5)]))
    }

    private static func person(_ caseID: UUID, _ generator: inout SeededGenerator) -> TimedPerson {
        let age = generator.one(of: [3, 18, 21, 25, 27])
        return TimedPerson(
            caseID: caseID, part: generator.one(of: [.adult, .young, nil]),
            bornOn: generator.happens(90) ? (epoch + generator.integer(-200...400)).adding(months: -12 * age) : nil,
            engaged: Dictionary(
                uniqueKeysWithValues: Office.allCases.filter { _ in generator.happens(60) }.map {
                    ($0, day(&generator))
                }),
            departures: generator.happens(50)
                ? [
                    TimedPerson.Departure(
                        office: generator.one(of: Office.allCases), until: day(&generator),
                        successor: generator.happens(30) ? .jobCentre : nil)
                ] : [])
    }

    private static func placement(
        _ number: Int, _ caseID: UUID, _ generator: inout SeededGenerator
    ) -> TimedPlacement {
        let days = range(&generator)
        let progress = generator.one(of: [TimedPlacement.Progress.accepted, .running, .ended])
        return TimedPlacement(
            id: id("placement \(number)"), caseID: caseID, office: .jobCentre,
            first: generator.happens(90) ? days.first : nil,
            last: progress == .ended || generator.happens(60) ? days.last : nil, progress: progress,
            hoursPerWeek: generator.happens(70) ? Double(generator.integer(5...45)) : nil,
            incomeFrom: progress == .ended && generator.happens(40) ? days.last + generator.integer(0...30) : nil)
    }

    private static func day(_ generator: inout SeededGenerator) -> CalendarDate {
        epoch + generator.integer(-90...90)
    }

    private static func range(_ generator: inout SeededGenerator) -> DayRange {
        let first = day(&generator)
        return DayRange(first: first, atLeastTo: first + generator.integer(0...generator.one(of: [5, 40, 120])))
    }

    private static func progress(_ generator: inout SeededGenerator, _ window: DayRange) -> MeasureProgress {
        let since = generator.happens(60) ? window.first + generator.integer(-3...10) : day(&generator)
        let on = since + generator.integer(0...60)
        switch generator.integer(0...8) {
        case 0...3: return .planned
        case 4...5: return .running(since: since)
        case 6: return .paused(since: since, on: on)
        case 7: return .completed(from: since, on: on)
        default: return .abandoned(from: generator.happens(50) ? since : nil, on: on)
        }
    }
}

extension Timeline {
    func shuffled(_ generator: inout SeededGenerator) -> Timeline {
        Timeline(
            scope: scope, members: members.shuffled(using: &generator), plans: plans.shuffled(using: &generator),
            measures: measures.shuffled(using: &generator), relations: relations.shuffled(using: &generator),
            people: people.shuffled(using: &generator), schedules: schedules.shuffled(using: &generator),
            appointments: appointments.shuffled(using: &generator), placements: placements.shuffled(using: &generator),
            reviews: reviews.shuffled(using: &generator), referrals: referrals.shuffled(using: &generator),
            deadlines: deadlines.shuffled(using: &generator))
    }

    /// Without days of birth: a year has not always as many days.
    var ageless: Timeline {
        Timeline(
            scope: scope, members: members, plans: plans, measures: measures, relations: relations,
            people: people.map {
                TimedPerson(caseID: $0.caseID, part: $0.part, engaged: $0.engaged, departures: $0.departures)
            }, schedules: schedules, appointments: appointments, placements: placements, reviews: reviews,
            referrals: referrals, deadlines: deadlines)
    }

    func shifted(by days: Int) -> Timeline {
        Timeline(
            scope: scope, members: members,
            plans: plans.map {
                PlanPeriod(
                    id: $0.id, caseID: $0.caseID, office: $0.office,
                    inForceFrom: $0.inForceFrom + days, through: $0.through.map { $0 + days })
            },
            measures: measures.map {
                TimedMeasure(
                    id: $0.id, caseID: $0.caseID, office: $0.office, window: $0.window.shifted(by: days),
                    progress: $0.progress.shifted(by: days), pauses: $0.pauses.map { $0.shifted(by: days) },
                    hoursPerWeek: $0.hoursPerWeek, isAgreed: $0.isAgreed)
            },
            relations: relations,
            people: people.map {
                TimedPerson(
                    caseID: $0.caseID, part: $0.part, bornOn: $0.bornOn.map { $0 + days },
                    engaged: $0.engaged.mapValues { $0 + days },
                    departures: $0.departures.map {
                        TimedPerson.Departure(office: $0.office, until: $0.until + days, successor: $0.successor)
                    })
            }, schedules: schedules,
            appointments: appointments.map {
                TimedAppointment(
                    id: $0.id, caseID: $0.caseID, office: $0.office, day: $0.day + days, minute: $0.minute,
                    minutes: $0.minutes)
            },
            placements: placements.map {
                TimedPlacement(
                    id: $0.id, caseID: $0.caseID, office: $0.office, first: $0.first.map { $0 + days },
                    last: $0.last.map { $0 + days }, progress: $0.progress, hoursPerWeek: $0.hoursPerWeek,
                    incomeFrom: $0.incomeFrom.map { $0 + days })
            },
            reviews: reviews.map {
                PlanReviewDue(plan: $0.plan, caseID: $0.caseID, office: $0.office, on: $0.on + days)
            },
            referrals: referrals.map {
                AcceptedReferral(
                    id: $0.id, caseID: $0.caseID, from: $0.from, acceptedOn: $0.acceptedOn + days,
                    completedOn: $0.completedOn.map { $0 + days })
            },
            deadlines: deadlines.map {
                TimedDeadline(
                    id: $0.id, caseID: $0.caseID, office: $0.office, subject: $0.subject, title: $0.title,
                    period: $0.period, source: $0.source, endsOn: $0.endsOn + days,
                    formerEnds: $0.formerEnds.map { $0 + days })
            })
    }
}

extension MeasureProgress {
    fileprivate func shifted(by days: Int) -> MeasureProgress {
        switch self {
        case .planned: .planned
        case .running(let since): .running(since: since + days)
        case .paused(let since, let on): .paused(since: since + days, on: on + days)
        case .completed(let from, let on): .completed(from: from + days, on: on + days)
        case .abandoned(let from, let on): .abandoned(from: from.map { $0 + days }, on: on + days)
        }
    }
}

extension FindingReport {
    /// Every day in it later, those within keys and sentences included.
    func shifted(by days: Int) -> FindingReport {
        FindingReport(
            findings: findings.map {
                Finding(
                    key: Self.shifted($0.key, by: days), kind: $0.kind, owner: $0.owner, cases: $0.cases,
                    measures: $0.measures, offices: $0.offices, from: $0.from.map { $0 + days },
                    to: $0.to.map { $0 + days }, days: $0.days, explanation: Self.shifted($0.explanation, by: days),
                    grounds: $0.grounds)
            },
            nextChange: nextChange.map { $0 + days })
    }

    private static func shifted(_ text: String, by days: Int) -> String {
        text.replacing(/\b\d{4}-\d{2}(?:-\d{2})?\b/) { match in
            // A month is told without its days.
            let date = String(match.output) + (match.output.count == 7 ? "-01" : "")
            let shifted = CalendarDate(date).map { ($0 + days).description } ?? date
            return String(shifted.prefix(match.output.count))
        }
    }
}
