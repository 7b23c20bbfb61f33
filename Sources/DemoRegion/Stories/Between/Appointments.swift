import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Meetings of offices with participants, in the last months and the next weeks.
extension HouseholdStory {
    /// Of a hundred meetings of the past, how many were kept, missed and cancelled; nobody has said so of the rest. An
    /// assumption.
    static let meetings = (kept: 80, missed: 11, cancelled: 6)

    mutating func tellAppointments(_ prospect: Prospect) {
        for office in prospect.inOrder {
            guard let engagedOn = prospect.offices[office] else { continue }
            var days: Set<CalendarDate> = []
            for number in 1...random.int(1...3) {
                let first = max(engagedOn + 5, prospect.last - 180)
                guard let day = workday(from: first, through: prospect.last), days.insert(day).inserted else {
                    continue
                }
                meet(prospect, office, number, on: day, madeOn: max(engagedOn, day - random.int(4...14)))
            }
            guard !prospect.isClosed, random.chance(40) else { continue }
            let day = (today + random.int(1...21)).workday
            schedule(prospect, office, 9, at: day, madeOn: max(engagedOn, today - random.int(0...6)))
        }
    }

    /// A meeting of the past, and what became of it.
    private mutating func meet(
        _ prospect: Prospect, _ office: Office, _ number: Int, on day: CalendarDate, madeOn: CalendarDate
    ) {
        let id = schedule(prospect, office, number, at: day, madeOn: madeOn)
        let (kept, missed, cancelled) = Self.meetings
        switch random.below(100) {
        case ..<kept:
            script.note("keep-appointment", for: prospect.person, by: office, on: day, ["appointmentId": .id(id)])
        case ..<(kept + missed):
            script.note(
                "miss-appointment", for: prospect.person, by: office, on: day,
                ["appointmentId": .id(id), "reason": random.chance(40) ? "Krankheit eines Kindes" : .absent])
            if office == .jobCentre, prospect.person.isGrownUp { missedOn[prospect.person.index] = day }
        case ..<(kept + missed + cancelled):
            script.note(
                "cancel-appointment", for: prospect.person, by: office, on: max(madeOn, day - 1),
                ["appointmentId": .id(id), "reason": "Auf Wunsch der Person verlegt"])
        default: break
        }
    }

    /// In the afternoon, when courses are over, each office at times of its own.
    @discardableResult
    private mutating func schedule(
        _ prospect: Prospect, _ office: Office, _ number: Int, at day: CalendarDate, madeOn: CalendarDate
    ) -> UUID {
        let id = UUID(derivedFrom: prospect.person.id, "appointment \(number) of \(office.rawValue)")
        let times =
            switch office {
            case .jobCentre: ["14:00", "14:30", "15:00"]
            case .youthOffice: ["15:30", "16:00"]
            case .socialOffice: ["16:30", "17:00"]
            }
        script.note(
            "schedule-appointment", for: prospect.person, by: office, on: madeOn,
            [
                "appointmentId": .id(id), "at": .text("\(day)T\(random.pick(times))"), "minutes": 30,
                "place": "Zimmer 1 (Demo)", "reason": .text(random.pick(Self.occasions)),
            ])
        return id
    }

    private static let occasions = [
        "Stand der Maßnahme", "Nächster Schritt", "Unterlagen", "Auswertung des Plans", "Angebot besprechen",
    ]
}
