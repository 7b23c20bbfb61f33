import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Plans and measures.
extension HouseholdStory {
    /// How a measure ends.
    enum Ending {
        /// As planned; usually with the certificate there is for it.
        case completed
        /// Given up after that share of its days, in percent.
        case abandoned(after: Int)
        /// It ended as planned, and nobody recorded it.
        case unrecorded
    }

    mutating func assess(_ person: Person, on day: CalendarDate) {
        script.note(
            "assess-potential", for: person, by: .jobCentre, on: day,
            [
                "strengths": .texts(Array(random.shuffled(Self.strengths).prefix(random.int(1...3)))),
                "goals": .texts([random.pick(Self.goals)]),
                "obstacles": .texts(Array(random.shuffled(Self.obstacles).prefix(random.int(0...2)))),
                "level": .number(person.vocationalCertificate == nil ? random.int(1...2) : random.int(3...5)),
                "occupationsSought": .texts([
                    person.vocationalCertificate == nil ? person.occupation.helper : person.occupation.skilled
                ]),
            ])
    }

    mutating func draft(_ track: Track, on day: CalendarDate, through last: CalendarDate? = nil) {
        let review =
            switch track.office {
            case .jobCentre: 6
            case .youthOffice: random.pick([3, 6])
            case .socialOffice: random.pick([12, 24])
            }
        script.note(
            "draft-plan", for: track.person, by: track.office, on: day,
            [
                "planId": .id(track.planID), "kind": .text(track.planKind), "goal": .text(random.pick(Self.goals)),
                "reviewEvery": .number(review), "from": last == nil ? .absent : .day(day), "to": .day(last),
            ])
    }

    private mutating func agree(_ track: inout Track, on day: CalendarDate) {
        track.isAgreed = true
        let byWhom = track.person.place == .child ? "Sorgeberechtigte" : "Teilnehmende Person selbst"
        script.note(
            "agree-plan", for: track.person, by: track.office, on: day,
            ["planId": .id(track.planID), "participantAgreedOn": .day(day), "byWhom": .text(byWhom)])
    }

    /// Plans a measure for a number of days and, as far as they have come, starts and ends it. With its first measure the
    /// plan is agreed.
    @discardableResult
    mutating func run(
        _ kind: MeasureKind, in track: inout Track, from first: CalendarDate, days: Int, addedOn: CalendarDate,
        ending: Ending = .completed, limits: (earliest: CalendarDate, latest: CalendarDate)? = nil
    ) -> StoryMeasure {
        var measure = StoryMeasure(
            id: track.nextMeasureID(), person: track.person, office: track.office, first: first,
            last: first + (days - 1), addedOn: addedOn, endedOn: first + (days - 1), isAbandoned: false)
        let hours = random.int(kind.hours)
        script.note(
            "add-measure", for: track.person, by: track.office, on: addedOn,
            [
                "measureId": .id(measure.id), "planId": .id(track.planID),
                "title": .text(kind.title(for: track.person.occupation)), "strand": .text(kind.strand.rawValue),
                "orientation": .text(kind.orientation.rawValue), "solidarity": .text(kind.solidarity.rawValue),
                "provider": random.chance(88) ? .id(kind.provider.id) : .text(kind.provider.profile.name),
                "window": ["from": .day(measure.first), "to": .day(measure.last)], "hoursPerWeek": .number(hours),
                "weeklySlots": slots(hoursPerWeek: hours), "earliestStart": .day(limits?.earliest),
                "latestEnd": .day(limits?.latest),
            ])
        if !track.isAgreed { agree(&track, on: min(addedOn + random.int(0...3), first)) }
        let startedOn = first + (random.chance(12) && days > 28 ? random.int(1...6) : 0)
        let last = track.leavesOn.map { min($0, measure.last) } ?? measure.last
        guard startedOn < last else {
            track.isLeftOpen = true
            return measure
        }
        script.note(
            "start-measure", for: track.person, by: track.office, on: startedOn,
            ["measureId": .id(measure.id), "on": .day(startedOn)])
        finish(&measure, kind, in: &track, startedOn: startedOn, by: last, ending)
        return measure
    }

    private mutating func finish(
        _ measure: inout StoryMeasure, _ kind: MeasureKind, in track: inout Track, startedOn: CalendarDate,
        by last: CalendarDate, _ ending: Ending
    ) {
        var ending = ending
        measure.endedOn = last
        if case .abandoned(let percent) = ending {
            measure.endedOn = min(last, startedOn + max(3, (measure.last - startedOn) * percent / 100))
        } else if last < measure.last {
            ending = .abandoned(after: 100)
        }
        switch ending {
        case .completed:
            let hasCertificate = kind.certificate != nil && random.chance(82)
            script.note(
                "complete-measure", for: track.person, by: track.office, on: measure.endedOn,
                [
                    "measureId": .id(measure.id), "on": .day(measure.endedOn),
                    "outcome": .text(random.pick(Self.outcomes)),
                    "certificate": hasCertificate ? .text(kind.certificate) : .absent,
                ])
        case .abandoned:
            measure.isAbandoned = true
            let reason = last < measure.last ? "Wegzug aus dem Programmgebiet" : random.pick(Self.reasonsToAbandon)
            script.note(
                "abandon-measure", for: track.person, by: track.office, on: measure.endedOn,
                ["measureId": .id(measure.id), "on": .day(measure.endedOn), "reason": .text(reason)])
        case .unrecorded:
            track.isLeftOpen = true
        }
    }

    /// Relates two measures as soon as both are planned; the second may be another member's.
    mutating func relate(
        _ first: StoryMeasure, _ relation: RelationKind, _ second: StoryMeasure, tolerance: Int = 0,
        minDays: Int? = nil
    ) {
        script.note(
            "relate-measures", for: first.person, by: first.office, on: max(first.addedOn, second.addedOn),
            [
                "first": .id(first.id), "second": .id(second.id), "relation": .text(relation.rawValue),
                "minDays": .number(minDays), "tolerance": tolerance > 0 ? .number(tolerance) : .absent,
            ])
    }

    /// The hours of a course that meets in the mornings; of others the hours are arranged as they come.
    private mutating func slots(hoursPerWeek: Int) -> Field {
        guard hoursPerWeek % 5 == 0, hoursPerWeek <= 30 else { return .absent }
        let until = 8 + hoursPerWeek / 5
        return .list(
            (1...5).map { weekday in
                [
                    "weekday": .number(weekday), "from": "08:00",
                    "to": .text(until < 10 ? "0\(until):00" : "\(until):00"),
                ]
            })
    }

    private static let strengths = [
        "Spricht mehrere Sprachen", "Hat jahrelang Angehörige gepflegt", "Handwerklich geschickt", "Zuverlässig",
        "Kann gut mit Kindern", "Kocht für große Runden", "Kennt viele im Quartier", "Lernt schnell am Gerät",
    ]

    private static let goals = [
        "Ich will eine Arbeit, von der wir leben können", "Ich möchte meinen Abschluss nachholen",
        "Ich will wieder unter Leute kommen", "Ich möchte etwas mit den Händen machen",
        "Ich will, dass meine Kinder in der Schule mitkommen", "Ich möchte eine Ausbildung anfangen und fertig machen",
        "Ich will ohne Schulden ins neue Jahr", "Ich möchte in meinem alten Beruf arbeiten",
    ]

    private static let obstacles = [
        "Kein Kita-Platz am Nachmittag", "Deutsch reicht für die Prüfung noch nicht", "Zeugnisse nicht anerkannt",
        "Schulden bei zwei Gläubigern", "Kein Führerschein", "Pflegt die Mutter", "Lange nicht gearbeitet",
    ]

    private static let outcomes = [
        "Ziel erreicht", "Ziel erreicht, nächster Schritt besprochen", "Mit gutem Erfolg teilgenommen",
        "Regelmäßig teilgenommen",
    ]

    private static let reasonsToAbandon = [
        "Kinderbetreuung fiel weg", "Überforderung mit dem Umfang", "Krankheit", "Arbeit aufgenommen",
        "Passte nicht zum Ziel", "Kam nach mehreren Einladungen nicht mehr",
    ]
}
