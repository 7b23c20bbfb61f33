import CaseFile
import CaseTiming
import Foundation
import Ledger

/// An office's ordinary work with a person, from the day on which it begins, to its end or to today.
extension HouseholdStory {
    /// Tells one office's work.
    ///
    /// - Returns: the day on which nothing remained open, or `nil` when something still runs today.
    mutating func follow(_ track: inout Track, from day: CalendarDate) -> CalendarDate? {
        switch track.office {
        case .jobCentre: followJobCentre(&track, from: day)
        case .youthOffice, .socialOffice: followSupport(&track, from: day)
        }
    }

    // MARK: Youth office and social office

    private func supportKinds(_ track: Track) -> [MeasureKind] {
        switch (track.office, track.person.place) {
        case (.youthOffice, .child): MeasureKind.childSupport
        case (.youthOffice, _): MeasureKind.youthSupport
        case (_, .child), (_, .youth): MeasureKind.educationPackage + MeasureKind.participation.suffix(2)
        default: MeasureKind.participation
        }
    }

    private mutating func followSupport(_ track: inout Track, from day: CalendarDate) -> CalendarDate? {
        let drafted = (day + random.int(5...21)).workday
        var first = (drafted + random.int(7...30)).courseStart
        let kinds = random.shuffled(supportKinds(track))
        draft(track, on: drafted)
        var addedOn = drafted
        for (index, kind) in (kinds + kinds).enumerated() {
            guard isStillHere(track, on: first), addedOn <= today else {
                return track.isLeftOpen ? nil : track.leavesOn
            }
            let measure = run(
                kind, in: &track, from: first, days: random.int(kind.weeks) * 7 - 3, addedOn: addedOn,
                ending: usualEnding())
            guard measure.endedOn < today else { return nil }
            if track.leavesOn == measure.endedOn || random.chance(index == 0 ? 10 : 22) {
                return track.isLeftOpen ? nil : measure.endedOn
            }
            (addedOn, first) = next(after: measure)
        }
        return nil
    }

    // MARK: Job centre

    private mutating func followJobCentre(_ track: inout Track, from day: CalendarDate) -> CalendarDate? {
        let assessed = (day + random.int(2...14)).workday
        let drafted = (assessed + random.int(1...12)).workday
        assess(track.person, on: assessed)
        draft(track, on: drafted)
        var addedOn = drafted
        var first = (drafted + random.int(5...24)).courseStart
        for (index, kind) in jobCentrePath(track.person, on: day).enumerated() {
            guard isStillHere(track, on: first), addedOn <= today else {
                return track.isLeftOpen ? nil : track.leavesOn
            }
            let measure = run(
                kind, in: &track, from: first, days: random.int(kind.weeks) * 7 - 3, addedOn: addedOn,
                ending: usualEnding())
            guard measure.endedOn < today else { return nil }
            if track.leavesOn == measure.endedOn { return track.isLeftOpen ? nil : measure.endedOn }
            (addedOn, first) = next(after: measure)
            guard !measure.isAbandoned, index > 0 || random.chance(30) else { continue }
            if let (settled, isKept) = seekWork(&track, after: measure.endedOn) {
                guard settled < today else { return nil }
                if isKept || track.leavesOn == settled { return track.isLeftOpen ? nil : settled }
                first = max(first, (settled + random.int(5...30)).courseStart)
                addedOn = max(addedOn, min(first - 3, settled + 2))
            }
        }
        return nil
    }

    /// The steps that are planned one after another: German, orientation, training, and again.
    mutating func jobCentrePath(_ person: Person, on day: CalendarDate) -> [MeasureKind] {
        if person.age(on: day) < 22 {
            return random.shuffled(MeasureKind.youthTraining) + [random.pick(MeasureKind.training)]
        }
        var path: [MeasureKind] = person.needsGerman ? Array(MeasureKind.language.prefix(2)) : []
        if random.chance(70) { path.append(random.pick(MeasureKind.orientation)) }
        path.append(random.pick(MeasureKind.training))
        path += [random.pick(MeasureKind.orientation), random.pick(MeasureKind.training)]
        path += random.shuffled(MeasureKind.orientation + MeasureKind.training)
        return path
    }

    /// One to three offers after a step is done.
    ///
    /// - Returns: when the last of them was settled and whether work was kept, or `nil` when none came to a contract.
    mutating func seekWork(_ track: inout Track, after day: CalendarDate) -> (settled: CalendarDate, isKept: Bool)? {
        var day = day
        for _ in 1...random.int(1...3) {
            day = (day + random.int(3...16)).workday
            let startsOn = (day + 15).jobStart
            guard day <= today, isStillHere(track, on: startsOn) else { return nil }
            let kind = placementKind(track.person, on: day)
            let answer = usualAnswer()
            let settled = place(
                &track, kind, on: day, startsOn: startsOn, hours: random.pick([20, 25, 30, 35, 39]), answer: answer)
            guard answer.isTaken else {
                day = settled
                continue
            }
            if case .kept = answer { return (accompany(&track, from: startsOn, to: settled), true) }
            return (settled, false)
        }
        return nil
    }

    /// Most people who begin to work have somebody beside them for the first months.
    private mutating func accompany(
        _ track: inout Track, from startsOn: CalendarDate, to settled: CalendarDate
    ) -> CalendarDate {
        guard random.chance(75), isStillHere(track, on: startsOn + 14) else { return settled }
        let kind = MeasureKind.inWork[track.person.age(on: startsOn) < 25 ? 1 : 0]
        let measure = run(
            kind, in: &track, from: startsOn, days: random.int(kind.weeks) * 7, addedOn: startsOn - 4)
        return max(settled, measure.endedOn)
    }

    private mutating func placementKind(_ person: Person, on day: CalendarDate) -> PlacementKind {
        if person.age(on: day) < 22 { return random.chance(70) ? .apprenticeship : .job }
        return random.pick(weighted: [(.job, 66), (.subsidised, 16), (.workOpportunity, 12), (.apprenticeship, 6)])
    }

    private mutating func usualAnswer() -> Answer {
        switch random.below(100) {
        case ..<32: .refused(forImportantReason: random.chance(40))
        case ..<40: .lapsed
        case ..<64: .endedEarly(after: random.int(9...130), withIncomeCover: random.chance(55))
        default: .kept(days: random.int(180...420))
        }
    }

    // MARK: Both

    /// The work of the years before something that is told separately: measures one after another, some offers that came
    /// to nothing or ended early, and everything over by a day.
    mutating func fill(_ track: inout Track, _ kinds: [MeasureKind], from day: CalendarDate, until last: CalendarDate) {
        var addedOn = day
        var first = (day + random.int(5...20)).courseStart
        for kind in kinds + kinds + kinds {
            let days = min(random.int(kind.weeks) * 7 - 3, last - first)
            guard days > 20 else { return }
            let measure = run(
                kind, in: &track, from: first, days: days, addedOn: addedOn,
                ending: random.chance(18) ? .abandoned(after: random.int(20...80)) : .completed)
            (addedOn, first) = next(after: measure)
            guard track.office == .jobCentre, random.chance(45) else { continue }
            let offeredOn = (measure.endedOn + random.int(2...12)).workday
            let startsOn = (offeredOn + 15).jobStart
            guard startsOn + 40 < last else { continue }
            let answer: Answer =
                random.chance(50)
                ? .refused(forImportantReason: random.chance(40))
                : .endedEarly(
                    after: random.int(10...min(150, last - startsOn - 10)), withIncomeCover: random.chance(55))
            let settled = place(
                &track, placementKind(track.person, on: offeredOn), on: offeredOn, startsOn: startsOn,
                hours: random.pick([20, 30, 39]), answer: answer)
            first = max(first, (settled + random.int(4...25)).courseStart)
            addedOn = max(addedOn, min(first - 3, settled + 2))
        }
    }

    private mutating func usualEnding() -> Ending {
        switch random.below(100) {
        case ..<16: .abandoned(after: random.int(10...75))
        case ..<18: .unrecorded
        default: .completed
        }
    }

    /// When the next measure is planned and when it begins; after one that was given up it takes longer.
    private mutating func next(after measure: StoryMeasure) -> (addedOn: CalendarDate, first: CalendarDate) {
        let pause =
            measure.isAbandoned
            ? random.int(10...50) : random.pick(weighted: [(random.int(3...21), 84), (random.int(29...70), 16)])
        let first = (measure.endedOn + pause).courseStart
        let plannedAhead = measure.isAbandoned ? first - random.int(3...9) : first - random.int(5...35)
        return (max(measure.addedOn + 8, plannedAhead).workday, first)
    }

    private func isStillHere(_ track: Track, on day: CalendarDate) -> Bool {
        track.leavesOn.map { day + 7 < $0 } ?? true
    }
}
