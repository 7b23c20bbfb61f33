import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Placements by the job centre.
extension HouseholdStory {
    /// How an offered placement goes.
    enum Answer {
        case kept(days: Int)
        case endedEarly(after: Int, withIncomeCover: Bool)
        case refused(forImportantReason: Bool)
        /// Nobody answered in time, or has answered so far.
        case lapsed
    }

    /// Offers a placement and lets it go the given way.
    ///
    /// - Parameter endsOn: the last day of the contract, if it is fixed-term.
    /// - Returns: the day on which the matter is settled, after today when it still runs.
    mutating func place(
        _ track: inout Track, _ kind: PlacementKind, on day: CalendarDate, startsOn: CalendarDate,
        hours: Int, answer: Answer
    ) -> CalendarDate {
        let id = track.nextPlacementID()
        let answerDue = day + 14
        let answeredOn = (day + random.int(1...9)).workday
        let isTaken = answer.isTaken
        let offer = isTaken ? takePlace(of: kind) : nil
        let occupation = offer?.occupation ?? track.person.occupation
        let isTrained = kind == .apprenticeship || track.person.vocationalCertificate != nil
        let cents = kind == .apprenticeship ? 620 : occupation.wage
        let endsOn: CalendarDate? =
            switch kind {
            case .job: random.chance(50) ? startsOn.adding(months: random.pick([6, 9, 12])) - 1 : nil
            case .apprenticeship: startsOn.adding(months: 36) - 1
            case .subsidised: startsOn.adding(months: 24) - 1
            case .workOpportunity: startsOn.adding(months: 6) - 1
            }
        script.note(
            "offer-placement", for: track.person, by: .jobCentre, on: day,
            [
                "placementId": .id(id), "offerId": offer.map { .id($0.id) } ?? .absent,
                "employer": offer == nil ? .text(random.pick(occupation.employers)) : .absent,
                "occupation": .text(isTrained ? occupation.skilled : occupation.helper),
                "employmentField": .text(occupation.field), "kind": .text(kind.rawValue),
                "wage": ["amount": .text(Self.monthlyWage(cents: cents, hours: hours)), "currency": "EUR"],
                "hoursPerWeek": .number(hours), "startsOn": .day(startsOn), "endsOn": .day(endsOn),
                "answerDue": .day(answerDue),
            ])
        switch answer {
        case .lapsed:
            track.isLeftOpen = true
            return answerDue + 1
        case .refused(let isImportant):
            if !isImportant, answeredOn <= today { record.refusals.append((track.person.index, answeredOn)) }
            script.note(
                "refuse-placement", for: track.person, by: .jobCentre, on: answeredOn,
                [
                    "placementId": .id(id), "importantReasonClaimed": .flag(isImportant),
                    "reason": .text(random.pick(isImportant ? Self.importantReasons : Self.reasonsToRefuse)),
                ])
            return answeredOn
        case .kept(let days):
            accept(id, track, on: answeredOn, startsOn: startsOn)
            let last = track.leavesOn.map { min($0, startsOn + days) } ?? startsOn + days
            let isOver = endsOn.map { $0 <= last } ?? false
            take(id, kind, track, on: answeredOn, from: startsOn, to: endsOn, endedOn: isOver ? endsOn : track.leavesOn)
            // A permanent job that is kept does not end within this story, whatever the story looks at next.
            guard let endsOn, endsOn <= last else {
                if let leavesOn = track.leavesOn {
                    end(id, track, on: leavesOn, reason: "Wegzug aus dem Programmgebiet", cover: nil)
                } else {
                    track.isLeftOpen = true
                }
                return last
            }
            end(id, track, on: endsOn, reason: "Befristung abgelaufen", cover: endsOn + 1)
            return endsOn
        case .endedEarly(let days, let withIncomeCover):
            accept(id, track, on: answeredOn, startsOn: startsOn)
            let last = track.leavesOn.map { min($0, startsOn + days) } ?? startsOn + days
            take(id, kind, track, on: answeredOn, from: startsOn, to: endsOn, endedOn: last)
            end(
                id, track, on: last, reason: random.pick(Self.reasonsToEnd), cover: withIncomeCover ? last + 1 : nil)
            return last
        }
    }

    private mutating func accept(_ id: UUID, _ track: Track, on day: CalendarDate, startsOn: CalendarDate) {
        script.note("accept-placement", for: track.person, by: .jobCentre, on: day, ["placementId": .id(id)])
        script.note(
            "start-placement", for: track.person, by: .jobCentre, on: startsOn,
            ["placementId": .id(id), "on": .day(startsOn)])
    }

    /// Keeps what was taken for what is told later.
    private mutating func take(
        _ id: UUID, _ kind: PlacementKind, _ track: Track, on day: CalendarDate, from startsOn: CalendarDate,
        to endsOn: CalendarDate?, endedOn: CalendarDate?
    ) {
        guard day <= today else { return }
        record.employments.append(
            StoryRecord.Employment(
                person: track.person, id: id, kind: kind, acceptedOn: day, startsOn: startsOn, endsOn: endsOn,
                endedOn: endedOn))
    }

    private mutating func end(
        _ id: UUID, _ track: Track, on day: CalendarDate, reason: String, cover: CalendarDate?
    ) {
        script.note(
            "end-placement", for: track.person, by: .jobCentre, on: day,
            [
                "placementId": .id(id), "on": .day(day), "reason": .text(reason),
                "incomeCover": cover.map {
                    ["kind": .text(random.pick(["unemployment-benefit", "citizens-benefit"])), "from": .day($0)]
                } ?? .absent,
            ])
    }

    /// This household's place of a kind among the published offers, once; without one an employer is named instead.
    private mutating func takePlace(of kind: PlacementKind) -> OfferPool.Offer? {
        guard !takenPlaces.contains(kind), random.chance(80) else { return nil }
        takenPlaces.insert(kind)
        return region.offers.place(of: kind, for: number)
    }

    /// Euro a month, from cents an hour: 13 weeks are a quarter.
    private static func monthlyWage(cents: Int, hours: Int) -> String {
        let monthly = cents * hours * 13 / 3
        let rest = monthly % 100
        return "\(monthly / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static let importantReasons = [
        "Keine Kinderbetreuung zu den Arbeitszeiten", "Pflege eines Angehörigen", "Gesundheitlich nicht möglich",
    ]
    private static let reasonsToRefuse = [
        "Weg zu weit", "Schichtarbeit", "Lohn deckt die Miete nicht", "Möchte erst die Prüfung machen",
    ]
    private static let reasonsToEnd = [
        "Kündigung in der Probezeit", "Einvernehmlich beendet", "Betrieb hat den Auftrag verloren",
        "Von der Person selbst beendet",
    ]
}

extension HouseholdStory.Answer {
    /// Whether the place is taken.
    var isTaken: Bool {
        switch self {
        case .kept, .endedEarly: true
        case .refused, .lapsed: false
        }
    }
}
