import CaseFile
import CaseTiming
import Foundation
import Ledger

/// One office asks another to act.
extension HouseholdStory {
    /// Of a hundred participants, for how many one office asks another. An assumption, as are the shares below.
    static let referralShare = 24
    /// Of a hundred referrals, how many are accepted in time, accepted late and declined; the rest waits for an answer.
    static let referralAnswers = (inTime: 66, late: 8, declined: 12)

    mutating func tellReferral(_ prospect: Prospect) {
        guard random.chance(Self.referralShare) else { return }
        let from = random.pick(prospect.inOrder)
        let others = Office.allCases.filter { $0 != from }.sorted()
        let to = random.pick(others)
        // Referrals are a matter of the last year; of closed cases, all of them came to an end.
        let first = max((prospect.offices[from] ?? today) + 10, prospect.last - 360)
        guard let day = workday(from: first, through: prospect.isClosed ? prospect.last - 80 : prospect.last - 1) else {
            return
        }
        let id = UUID(derivedFrom: prospect.person.id, "referral")
        let (service, reason) = random.pick(Self.services(of: to))
        script.note(
            "request-referral", for: prospect.person, by: from, on: day,
            [
                "referralId": .id(id), "to": .text(to.rawValue), "service": .text(service), "reason": .text(reason),
                "legalBasis": .text(from == .youthOffice ? "§ 64 SGB VIII" : "§ 69 SGB X"),
            ])
        answer(id, prospect, to, requestedOn: day, from: from)
    }

    private mutating func answer(
        _ id: UUID, _ prospect: Prospect, _ to: Office, requestedOn day: CalendarDate, from: Office
    ) {
        let (inTime, late, declined) = Self.referralAnswers
        let draw = random.below(100)
        switch draw {
        case ..<(inTime + late):
            let answeredOn = (day + (draw < inTime ? random.int(1...11) : random.int(16...30))).workday
            let completeBy = answeredOn + random.int(21...45)
            script.note(
                "accept-referral", for: prospect.person, by: to, on: answeredOn,
                [
                    "referralId": .id(id), "by": .text(script.caseworker(of: to).subject),
                    "completeBy": .day(completeBy),
                ])
            // One in five is done later than said.
            let doneOn = random.chance(80) ? answeredOn + random.int(7...20) : completeBy + random.int(1...10)
            guard prospect.isClosed || random.chance(85) else { return }
            script.note(
                "complete-referral", for: prospect.person, by: to,
                on: prospect.isClosed ? min(doneOn, prospect.last) : doneOn,
                [
                    "referralId": .id(id), "by": .text(script.caseworker(of: to).subject),
                    "result": .text(random.pick(Self.results)),
                ])
        case ..<(inTime + late + declined):
            script.note(
                "decline-referral", for: prospect.person, by: to, on: (day + random.int(2...11)).workday,
                [
                    "referralId": .id(id), "by": .text(script.caseworker(of: to).subject),
                    "reason": .text(random.pick(Self.reasonsToDecline)),
                ])
        default:
            // Nobody waits for ever.
            let withdrawnOn = (day + random.int(30...60)).workday
            script.note(
                "withdraw-referral", for: prospect.person, by: from, on: withdrawnOn,
                ["referralId": .id(id), "reason": "Keine Antwort; anders gelöst"])
        }
    }

    private static func services(of office: Office) -> [(service: String, reason: String)] {
        switch office {
        case .jobCentre:
            [("Berufsberatung", "Ausbildung zum Sommer gesucht"), ("Platz im Sprachkurs", "Deutsch vor dem Praktikum")]
        case .youthOffice:
            [
                ("Hilfe zur Erziehung", "Alleinerziehend und in Vollzeit im Kurs"),
                ("Jugendberufshilfe", "Zwei Ausbildungen abgebrochen"),
            ]
        case .socialOffice:
            [
                ("Schuldnerberatung", "Pfändung droht, der Lohn käme nicht an"),
                ("Wohnungssicherung", "Zwei Mieten im Rückstand"),
            ]
        }
    }

    private static let results = [
        "Beratung abgeschlossen, Vereinbarung liegt vor", "Platz ist zugesagt", "Ratenzahlung vereinbart",
        "Hilfe beginnt zum nächsten Ersten",
    ]
    private static let reasonsToDecline = ["Warteliste ist voll", "Eine andere Stelle ist zuständig"]
}
