import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Conferences of two offices over a participant, by consent, and what they agree on.
extension HouseholdStory {
    /// Of a hundred commitments, how many are kept in time, kept late, broken and withdrawn; the rest is open or overdue.
    /// An assumption.
    static let commitmentOutcomes = (kept: 62, late: 12, broken: 7, withdrawn: 5)

    mutating func tellConference(_ prospect: Prospect) {
        guard
            let permission = record.permissions.first(where: { permission in
                permission.person == prospect.person.index && prospect.offices[permission.office] != nil
                    && permission.recipients.contains { prospect.offices[$0] != nil }
            }), let other = permission.recipients.first(where: { prospect.offices[$0] != nil }), random.chance(55)
        else { return }
        let (office, id) = (permission.office, UUID(derivedFrom: prospect.person.id, "conference"))
        let since =
            [permission.from, prospect.offices[office], prospect.offices[other]].compactMap(\.self).max() ?? today
        // A day before consent ends or is withdrawn; of closed cases, with time to keep what was agreed.
        let withdrawn = record.withdrawnOn[prospect.person.index].map { $0 - 1 }
        let held = prospect.isClosed ? prospect.last - 75 : prospect.last + 14
        let last = [held, permission.until, withdrawn].compactMap(\.self).min() ?? held
        guard let day = workday(from: max(since + 8, prospect.last - 330), through: last) else { return }
        let calledOn = min(max(since, day - random.int(6...16)), today)
        script.note(
            "call-conference", for: prospect.person, by: office, on: calledOn,
            [
                "conferenceId": .id(id), "participants": .texts([other.rawValue]), "at": .text("\(day)T17:30"),
                "place": "Stadtteilbüro (Demo)",
            ])
        if random.chance(9) {
            script.note(
                "cancel-conference", for: prospect.person, by: office, on: max(calledOn, day - 1),
                ["conferenceId": .id(id), "reason": "Eine Stelle ist verhindert"])
        } else {
            minute(id, prospect, [office, other], on: day)
        }
    }

    private mutating func minute(_ id: UUID, _ prospect: Prospect, _ offices: [Office], on day: CalendarDate) {
        let minutedOn = day + random.int(0...3)
        let promises = offices.prefix(random.int(1...2)).map { office in
            (
                office: office, id: UUID(derivedFrom: id, "commitment of \(office.rawValue)"),
                by: day + random.int(14...42)
            )
        }
        script.note(
            "minute-conference", for: prospect.person, by: offices[0], on: minutedOn,
            [
                "conferenceId": .id(id), "minutes": "Stand und nächste Schritte besprochen",
                "agreements": .list(
                    promises.map { promise in
                        [
                            "office": .text(promise.office.rawValue), "what": .text(random.pick(Self.promises)),
                            "by": .day(promise.by), "commitmentId": .id(promise.id),
                        ]
                    }),
            ])
        for promise in promises {
            settle(promise.id, prospect, promise.office, minutedOn: minutedOn, by: promise.by)
        }
    }

    private mutating func settle(
        _ id: UUID, _ prospect: Prospect, _ office: Office, minutedOn: CalendarDate, by: CalendarDate
    ) {
        let (kept, late, broken, withdrawn) = Self.commitmentOutcomes
        let draw = prospect.isClosed ? 0 : random.below(100)
        func note(_ command: String, on day: CalendarDate, _ text: String, in script: inout HouseholdScript) {
            script.note(
                command, for: prospect.person, by: office, on: day, ["commitmentId": .id(id), "note": .text(text)])
        }
        switch draw {
        case ..<kept:
            note("keep-commitment", on: by - random.int(0...(by - minutedOn)), "Wie vereinbart erledigt", in: &script)
        case ..<(kept + late):
            note("keep-commitment", on: by + random.int(2...20), "Später als vereinbart erledigt", in: &script)
        case ..<(kept + late + broken):
            note("break-commitment", on: by + 1, "Mittel waren nicht da", in: &script)
            if random.chance(40) {
                note("reply-to-commitment", on: by + 5, "Der Träger hat abgesagt; neuer Weg ist gefunden", in: &script)
            }
        case ..<(kept + late + broken + withdrawn):
            note("withdraw-commitment", on: minutedOn + 5, "Person braucht es nicht mehr", in: &script)
        default: break
        }
    }

    private static let promises = [
        "Platz in der Kinderbetreuung sichern", "Fahrtkosten übernehmen", "Gespräch mit dem Vermieter führen",
        "Praktikum im Quartier suchen", "Familienhilfe an zwei Tagen", "Bescheid bis dahin erlassen",
    ]
}
