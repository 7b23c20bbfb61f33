import CaseFile
import CaseTiming
import Foundation
import Ledger

/// How a person comes into the programme: registration, engagements, the household, consents.
extension HouseholdStory {
    /// Registers a person at an office that is responsible from that day, as a member of the household.
    mutating func enter(_ person: Person, by office: Office, on day: CalendarDate) {
        let (streets, postalCode) = area.address
        script.note(
            "register-participant", for: person, by: office, on: day,
            [
                "givenName": .text(person.givenName), "familyName": .text(person.familyName),
                "bornOn": .day(person.bornOn), "areaId": .text(area.id), "languages": .texts(person.languages),
                "address": [
                    "street": .text(streets[number % streets.count]),
                    "houseNumber": .text(String(1 + number * 7 % 140)), "postalCode": .text(postalCode),
                    "city": "Musterstadt",
                ],
                "contact": contact(of: person), "schooling": .text(person.schooling),
                "vocationalCertificate": .text(person.vocationalCertificate),
            ])
        engage(office, for: person, on: day)
        script.note(
            "join-household", for: person, by: office, on: day,
            ["householdId": .id(script.id), "role": .text(person.place.rawValue)])
    }

    /// Numbers of the ranges that the Bundesnetzagentur keeps free for films (Mitteilung 148/2021), a reserved domain, and
    /// the mark.
    private mutating func contact(of person: Person) -> Field {
        let landline = "+49 69 90009\(Self.digits(number * HouseholdComposition.largest % 1000, 3))"
        let mobile = "+49 171 39200\(Self.digits(random.below(100), 2))"
        let isReachable = person.place != .child
        return [
            "phone": .text(landline), "mobile": isReachable ? .text(mobile) : .absent,
            "email": isReachable && random.chance(60)
                ? .text("demo-\(number + 1)-\(person.index + 1)@example.org") : .absent,
            "note": "invented",
        ]
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    /// Makes an office responsible. One engagement in seven is on record without a legal basis, so that the other
    /// offices' timing stays hidden from it until there is a consent.
    mutating func engage(_ office: Office, for person: Person, on day: CalendarDate) {
        guard record.engagedOn[person.index]?[office] == nil else { return }
        record.engagedOn[person.index, default: [:]][office] = day
        let legalBasis =
            switch office {
            case .jobCentre: "§ 15 SGB II"
            case .youthOffice: person.age(on: day) < 18 ? "§ 27 SGB VIII" : "§ 41 SGB VIII"
            case .socialOffice: "§ 12 SGB XII"
            }
        script.note(
            "engage-office", for: person, by: office, on: day,
            [
                "office": .text(office.rawValue), "caseworker": .text(script.caseworker(of: office).subject),
                "legalBasis": random.chance(86) ? .text(legalBasis) : .absent,
            ])
    }

    /// What a person lets the other offices know. Most agree, some of them narrowly; some withdraw it, some let it expire.
    mutating func consent(of person: Person, to office: Office, for others: [Office], on day: CalendarDate) {
        guard !others.isEmpty, random.chance(78) else { return }
        let categories = random.pick(weighted: [
            (["timing", "education", "employment", "placement"], 50), (["timing", "education"], 15), (["timing"], 20),
            (["timing", "education", "employment", "placement", "benefits"], 15),
        ])
        let validUntil: CalendarDate? =
            random.chance(65) ? day.adding(months: random.pick([6, 12, 12, 24])) : nil
        grant(categories, of: person, by: office, to: others, until: validUntil, on: day)
        if random.chance(12) {
            grant(["health"], of: person, by: office, to: [others[0]], until: day.adding(months: 12), on: day + 7)
        }
        if office == .youthOffice, person.place == .youth, random.chance(30) {
            grant(
                ["youth-support"], of: person, by: office, to: [others[0]], until: day.adding(months: 12), on: day + 9)
        }
        if random.chance(9) {
            let withdrawnOn = day + random.int(40...320)
            record.withdrawnOn[person.index] = withdrawnOn
            script.note(
                "withdraw-consent", for: person, by: office, on: withdrawnOn,
                ["reason": "Möchte nur noch mit einer Stelle sprechen"])
        }
    }

    /// What two people agree to when their measures are planned side by side: that both offices know of them, for a year.
    /// In one household in seven somebody does not.
    mutating func consentToPlanTogether(_ first: Track, _ second: Track, on day: CalendarDate) {
        guard random.chance(86) else { return }
        let end = day.adding(months: 12)
        grant(
            ["timing", "education", "employment"], of: first.person, by: first.office, to: [second.office], until: end,
            on: day)
        grant(["timing", "education"], of: second.person, by: second.office, to: [first.office], until: end, on: day)
    }

    private mutating func grant(
        _ categories: [String], of person: Person, by office: Office, to recipients: [Office],
        until validUntil: CalendarDate?, on day: CalendarDate
    ) {
        if day <= today {
            record.permissions.append(
                StoryRecord.Permission(
                    person: person.index, office: office, recipients: recipients, from: day, until: validUntil))
        }
        script.note(
            "grant-consent", for: person, by: office, on: day,
            [
                "categories": .texts(categories), "recipients": .texts(recipients.map(\.rawValue)),
                "purpose": "Abgestimmte Planung der Maßnahmen", "validUntil": .day(validUntil),
                "evidence": .text("Unterschriebene Erklärung vom \(day)"),
            ])
    }
}
