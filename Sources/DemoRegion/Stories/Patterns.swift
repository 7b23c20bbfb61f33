import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What each pattern tells of a household.
extension HouseholdStory {
    // MARK: Three years of ordinary work

    mutating func tellHistory() {
        let entry = seasonalDay(from: region.beganOn + 10, through: today - 60)
        for person in members { tellOrdinary(person, entry: entry) }
    }

    /// A person's way through one to three offices, closed when nothing is left to do.
    private mutating func tellOrdinary(
        _ person: Person, entry: CalendarDate, leavesOn: CalendarDate? = nil
    ) {
        let entered = min((entry + (person.index == 0 ? 0 : random.int(0...75))).workday, today - 2)
        let offices = offices(for: person, on: entered)
        enter(person, by: offices[0], on: entered)
        consent(
            of: person, to: offices[0], for: offices.count > 1 ? Array(offices.dropFirst()) : [otherOffice(offices[0])],
            on: entered)
        var settled: [CalendarDate?] = []
        for (index, office) in offices.enumerated() {
            let day = index == 0 ? entered : (entered + random.int(3...100)).workday
            if let leavesOn, leavesOn <= day + 30 { continue }
            guard day <= today else { continue }
            engage(office, for: person, on: day)
            var track = Track(person: person, office: office, leavesOn: leavesOn)
            settled.append(follow(&track, from: day))
        }
        let ends = settled.compactMap(\.self)
        guard ends.count == settled.count, let last = ends.max() else { return }
        close(person, by: offices[0], on: (last + random.int(4...20)).workday, hasLeft: leavesOn != nil)
    }

    private mutating func close(_ person: Person, by office: Office, on day: CalendarDate, hasLeft: Bool) {
        guard hasLeft || random.chance(80) else { return }
        record.closedOn[person.index] = day
        script.note(
            "close-case", for: person, by: office, on: day,
            ["reason": .text(hasLeft ? "Umzug in eine andere Stadt" : "Ziele des Plans erreicht")])
    }

    /// The offices that work with a person; the first one registers.
    private mutating func offices(for person: Person, on day: CalendarDate) -> [Office] {
        switch person.age(on: day) {
        case ..<15: random.chance(75) ? [.youthOffice] : [.socialOffice]
        case ..<18:
            random.pick(weighted: [([.youthOffice], 55), ([.youthOffice, .jobCentre], 35), ([.socialOffice], 10)])
        case ..<25:
            random.pick(weighted: [
                ([.jobCentre], 30), ([.youthOffice], 22), ([.youthOffice, .jobCentre], 30),
                ([.jobCentre, .youthOffice, .socialOffice], 8), ([.jobCentre, .socialOffice], 10),
            ])
        case ..<62:
            random.pick(weighted: [([.jobCentre], 58), ([.jobCentre, .socialOffice], 30), ([.socialOffice], 12)])
        default: [.socialOffice]
        }
    }

    private func otherOffice(_ office: Office) -> Office { office == .jobCentre ? .socialOffice : .jobCentre }

    /// A working day, more likely in the months in which people come: with the year's beginning and the school year's.
    private mutating func seasonalDay(from first: CalendarDate, through last: CalendarDate) -> CalendarDate {
        let weights = [13, 12, 11, 9, 9, 8, 6, 10, 14, 12, 9, 5]
        for _ in 0..<20 {
            let day = first + random.below(last - first + 1)
            if random.below(14) < weights[day.components.month - 1] { return min(day.workday, last) }
        }
        return first
    }

    // MARK: In step, and one after another

    /// Two people, or one person with two offices, whose measures have to do with each other.
    private var pair: (first: Person, firstOffice: Office, second: Person, secondOffice: Office) {
        let first = members[0]
        if let youth = members.first(where: { $0.place == .youth || $0.place == .child }) {
            return (first, .jobCentre, youth, .youthOffice)
        }
        return (first, .jobCentre, members.count > 1 ? members[1] : first, .socialOffice)
    }

    /// Brings both in, with the first one's work of up to three years behind them, over before `day`.
    private mutating func enterPair(before day: CalendarDate) -> (first: Track, second: Track) {
        let (first, firstOffice, second, secondOffice) = pair
        let entered = seasonalDay(from: region.beganOn + 10, through: day - 90)
        enter(first, by: firstOffice, on: entered)
        consent(of: first, to: firstOffice, for: [secondOffice], on: entered + 1)
        if second.index != first.index {
            enter(second, by: secondOffice, on: entered + 9)
            consent(of: second, to: secondOffice, for: [firstOffice], on: entered + 10)
        } else {
            engage(secondOffice, for: second, on: entered + 9)
        }
        return (begin(first, on: entered, until: day - 6), Track(person: second, office: secondOffice, leavesOn: nil))
    }

    /// The job centre's work with a person from the assessment on, as far as it goes before `last`.
    private mutating func begin(_ person: Person, on entered: CalendarDate, until last: CalendarDate) -> Track {
        var track = Track(person: person, office: .jobCentre, leavesOn: nil)
        assess(person, on: (entered + 3).workday)
        draft(track, on: (entered + 6).workday)
        let path = jobCentrePath(person, on: entered)
        fill(&track, path, from: (entered + 6).workday, until: last)
        return track
    }

    private mutating func tellOthers(than tracks: [Track], arePlanned: Bool) {
        let told = Set(tracks.map(\.person.index))
        for person in members where !told.contains(person.index) {
            if arePlanned {
                tellOrdinary(person, entry: seasonalDay(from: region.beganOn + 10, through: today - 60))
            } else {
                // Nothing of theirs may bring the two offices together.
                let day = (today - random.int(40...90)).workday
                enter(person, by: person.isGrownUp ? .jobCentre : .youthOffice, on: day)
                if person.isGrownUp { assess(person, on: day + 6) }
            }
        }
    }

    private func secondKinds(_ track: Track) -> [MeasureKind] {
        guard track.office == .youthOffice else { return MeasureKind.participation }
        return track.person.place == .child ? MeasureKind.childSupport : MeasureKind.youthSupport
    }

    mutating func tellInStep() {
        let started = (today - random.int(35...80)).courseStart
        var (first, second) = enterPair(before: started)
        let days = random.int(140...230)
        let addedOn = (started - random.int(12...20)).workday
        draft(second, on: addedOn)
        consentToPlanTogether(first, second, on: addedOn)
        let ours = run(random.pick(MeasureKind.training), in: &first, from: started, days: days, addedOn: addedOn)
        let theirs = run(
            random.pick(secondKinds(second)), in: &second, from: started + random.pick([0, 0, 7]),
            days: days - random.int(0...7), addedOn: addedOn + 1)
        if random.chance(60) {
            relate(ours, .concurrent, theirs, tolerance: 14)
        } else {
            relate(ours, .concurrentWithStart, theirs, tolerance: 10)
        }
        tellOthers(than: [first, second], arePlanned: true)
    }

    mutating func tellOneAfterAnother(isRelated: Bool) {
        let started = (today - random.int(50...85)).courseStart
        var (first, second) = enterPair(before: started)
        let ends = today + random.int(8...40)
        let ours = run(
            random.pick(MeasureKind.training), in: &first, from: started, days: ends - started + 1,
            addedOn: started - 12)
        let drafted = (today - random.int(6...16)).workday
        draft(second, on: min(drafted, today - 4))
        consentToPlanTogether(first, second, on: today - 4)
        let planned = (ends + random.int(16...60)).courseStart
        let theirs = run(
            random.pick(secondKinds(second)), in: &second, from: planned, days: random.int(120...200),
            addedOn: today - 4, limits: (today + 14, planned + 260))
        if isRelated { relate(ours, .concurrent, theirs, tolerance: 7) }
        if random.chance(50) {
            // The job for afterwards is there already.
            _ = place(
                &first, .job, on: today - random.int(12...18), startsOn: ends.jobStart, hours: 30,
                answer: .kept(days: 300))
        }
        tellOthers(than: [first, second], arePlanned: false)
    }

    // MARK: Gaps and violated relations

    mutating func tellGap() {
        let person = members[0]
        let ended = today - random.int(33...85)
        let entered = seasonalDay(from: region.beganOn + 10, through: ended - 130)
        enter(person, by: .jobCentre, on: entered)
        consent(of: person, to: .jobCentre, for: [.socialOffice], on: entered + 2)
        let first = (ended - random.int(60...90)).courseStart
        var track = begin(person, on: entered, until: first - 6)
        run(
            random.pick(person.needsGerman ? MeasureKind.language : MeasureKind.orientation), in: &track, from: first,
            days: ended - first + 1, addedOn: (first - 10).workday,
            ending: random.chance(40) ? .abandoned(after: 90) : .completed)
        let refused = (ended + random.int(5...14)).workday
        _ = place(
            &track, .job, on: refused, startsOn: (refused + 20).jobStart, hours: random.pick([20, 30]),
            answer: .refused(forImportantReason: random.chance(40)))
        if random.chance(50) {
            // Offered these days, and not answered yet.
            _ = place(
                &track, .subsidised, on: today - random.int(2...8), startsOn: (today + 20).jobStart, hours: 30,
                answer: .lapsed)
        } else {
            run(
                random.pick(MeasureKind.training), in: &track, from: (today + random.int(9...35)).courseStart,
                days: random.int(84...140), addedOn: (today - random.int(3...12)).workday)
        }
        tellOthers(than: [track], arePlanned: true)
    }

    mutating func tellRelationViolated() {
        let started = (today - random.int(40...75)).courseStart
        var (first, second) = enterPair(before: started)
        let ends = today + random.int(25...50)
        let ours = run(
            random.pick(MeasureKind.language), in: &first, from: started, days: ends - started + 1,
            addedOn: started - 12)
        let addedOn = (today - random.int(8...14)).workday
        if random.chance(50) {
            // The course was to be over before the training begins.
            let training = run(
                random.pick(MeasureKind.training), in: &first, from: (ends - random.int(10...21)).courseStart,
                days: random.int(90...150), addedOn: min(addedOn, today - 3))
            relate(ours, .before, training)
        } else {
            // Both were to begin in the same week.
            draft(second, on: min(addedOn, today - 6))
            consentToPlanTogether(first, second, on: today - 5)
            let theirs = run(
                random.pick(secondKinds(second)), in: &second, from: (today + random.int(5...20)).courseStart,
                days: random.int(100...180), addedOn: today - 5)
            relate(ours, .concurrentWithStart, theirs, tolerance: 7)
        }
        tellOthers(than: [first, second], arePlanned: true)
    }

    // MARK: Placements

    mutating func tellKept() {
        let person = members[0]
        let entered = (today - random.int(520...720)).workday
        enter(person, by: .jobCentre, on: entered)
        consent(of: person, to: .jobCentre, for: [.socialOffice], on: entered + 2)
        var track = Track(person: person, office: .jobCentre, leavesOn: nil)
        let startsOn = (today - random.int(230...290)).jobStart
        let coached = startsOn + random.int(120...180)
        assess(person, on: entered + 4)
        draft(track, on: entered + 7, through: coached)
        let kind = random.pick(person.needsGerman ? MeasureKind.language : MeasureKind.orientation)
        let first = run(
            kind, in: &track, from: (entered + 20).courseStart, days: random.int(70...100), addedOn: entered + 7)
        let trained = (first.endedOn + random.int(5...20)).courseStart
        run(
            MeasureKind.training[0], in: &track, from: trained, days: max(40, startsOn - trained - 10),
            addedOn: trained - 9)
        let refused = startsOn - random.int(40...50)
        _ = place(
            &track, .job, on: refused, startsOn: refused + 25, hours: 20, answer: .refused(forImportantReason: true))
        _ = place(&track, .job, on: startsOn - 24, startsOn: startsOn, hours: 35, answer: .kept(days: 1000))
        run(MeasureKind.inWork[0], in: &track, from: startsOn, days: coached - startsOn + 1, addedOn: startsOn - 4)
        tellOthers(than: [track], arePlanned: true)
    }

    mutating func tellRefusals() {
        let person = members[0]
        let entered = (today - random.int(260...380)).workday
        enter(person, by: .jobCentre, on: entered)
        var track = Track(person: person, office: .jobCentre, leavesOn: nil)
        assess(person, on: entered + 4)
        draft(track, on: entered + 7)
        let first = (entered + 18).courseStart
        run(MeasureKind.orientation[0], in: &track, from: first, days: random.int(60...80), addedOn: entered + 7)
        var day = first + 100
        for isImportant in [false, true, false] {
            day =
                place(
                    &track, .job, on: day.workday, startsOn: (day + 20).jobStart, hours: 30,
                    answer: .refused(forImportantReason: isImportant)) + random.int(8...14)
        }
        _ = place(&track, .subsidised, on: day.workday, startsOn: (day + 20).jobStart, hours: 25, answer: .lapsed)
        let answered = place(
            &track, .job, on: (today - random.int(40...55)).workday, startsOn: today.jobStart, hours: 20,
            answer: .refused(forImportantReason: false))
        let coaching = min(answered + 3, today - random.int(10...30)).courseStart
        run(MeasureKind.orientation[1], in: &track, from: coaching, days: 75, addedOn: coaching - 8)
        tellOthers(than: [track], arePlanned: true)
    }

    // MARK: Beginning and end

    mutating func tellMovedAway() {
        let entry = seasonalDay(from: region.beganOn + 10, through: today - 330)
        let leavesOn = (entry + random.int(200...310)).workday
        for person in members { tellOrdinary(person, entry: entry, leavesOn: leavesOn) }
    }

    mutating func tellNewcomers() {
        let entered = (today - random.int(6...20)).workday
        for person in members {
            let offices = offices(for: person, on: entered)
            enter(person, by: offices[0], on: min(entered + person.index % 3, today - 2))
            if offices[0] == .jobCentre, random.chance(60) { assess(person, on: today - 1) }
        }
    }
}
