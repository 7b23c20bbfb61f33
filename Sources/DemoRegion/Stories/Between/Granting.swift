import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What offices grant: vouchers and wage subsidies; and what became of placements.
extension HouseholdStory {
    mutating func tellVouchers(_ prospect: Prospect) {
        for (office, kind, share) in [
            (Office.jobCentre, VoucherKind.activationAndPlacement, 22), (.jobCentre, .education, 9),
            (.youthOffice, .service, 12), (.socialOffice, .service, 8),
        ] {
            guard let engagedOn = prospect.offices[office], random.chance(share) else { continue }
            if office == .jobCentre, prospect.person.age(on: engagedOn) < 16 { continue }
            let first = max(engagedOn + 14, prospect.last - 200)
            guard let day = workday(from: first, through: prospect.last - 2) else { continue }
            issue(kind, prospect, office, on: day)
        }
    }

    private mutating func issue(_ kind: VoucherKind, _ prospect: Prospect, _ office: Office, on day: CalendarDate) {
        let id = UUID(derivedFrom: prospect.person.id, "voucher \(kind.rawValue) of \(office.rawValue)")
        let until = day + 91
        let what: (goal: String, value: String) =
            switch kind {
            case .activationAndPlacement: ("Maßnahme beim Arbeitgeber", "2500.00")
            case .education: ("Teilqualifizierung \(prospect.person.occupation.title)", "4200.00")
            case .service: ("Kinderbetreuung am Nachmittag", "300.00")
            }
        script.note(
            "issue-voucher", for: prospect.person, by: office, on: day,
            [
                "voucherId": .id(id), "kind": .text(kind.rawValue),
                "value": ["amount": .text(what.value), "currency": "EUR"],
                "scope": ["goal": .text(what.goal), "region": "Musterstadt", "until": .day(until)],
            ])
        let usedOn = (day + random.int(4...60)).workday
        switch random.below(100) {
        case ..<66 where usedOn <= prospect.last:
            let content: Field =
                kind == .activationAndPlacement
                ? [
                    "content": "employer-measure", "from": .day(usedOn + 3),
                    "to": .day(usedOn + 3 + random.int(13...40)),
                ] : .absent
            script.note(
                "redeem-voucher", for: prospect.person, by: office, on: usedOn,
                [
                    "voucherId": .id(id), "provider": .text(Provider.trainingWorkshop.profile.name),
                    "measure": content,
                ])
        case 66..<73 where usedOn <= prospect.last:
            script.note(
                "revoke-voucher", for: prospect.person, by: office, on: usedOn,
                ["voucherId": .id(id), "reason": "Arbeit aufgenommen"])
        default: break
        }
    }

    /// Subsidised work has a subsidy, and some ordinary jobs have one for half a year.
    mutating func tellSubsidy(_ employment: StoryRecord.Employment) {
        let (person, first) = (employment.person, employment.startsOn)
        let day = employment.acceptedOn + 1
        guard employment.endedOn.map({ day < $0 }) ?? true, isOpen(person, on: day) else { return }
        func schedule(_ rates: [(CalendarDate, Int)]) -> Field {
            .list(rates.map { ["from": .day($0.0), "rate": .number($0.1)] })
        }
        var fields: Fields = [
            "subsidyId": .id(UUID(derivedFrom: employment.id, "subsidy")), "placementId": .id(employment.id),
        ]
        switch employment.kind {
        case .subsidised where person.age(on: first) >= 27 && random.chance(40):
            fields["scheme"] = "wage-subsidy-16i"
            fields["schedule"] = schedule([(first, 100)])
        case .subsidised:
            fields["scheme"] = "wage-subsidy-16e"
            fields["schedule"] = schedule([(first, 75), (first.adding(months: 12), 50)])
        case .job where random.chance(15):
            let last = first.adding(months: 6) - 1
            fields["scheme"] = "integration-subsidy"
            fields["schedule"] = schedule([(first, random.pick([30, 40, 50]))])
            fields["until"] = .day(min(last, employment.endsOn ?? last))
        case .job, .apprenticeship, .workOpportunity: return
        }
        script.note("grant-wage-subsidy", for: person, by: .jobCentre, on: day, fields)
    }

    /// Whether a person's case is not closed on a day.
    private func isOpen(_ person: Person, on day: CalendarDate) -> Bool {
        record.closedOn[person.index].map { day < $0 } ?? true
    }

    /// After 3, 6 and 12 months most are asked whether they are still there.
    mutating func tellRetention(_ employment: StoryRecord.Employment) {
        for months in [3, 6, 12] {
            let due = employment.startsOn.adding(months: months)
            let day = (due + random.int(1...12)).workday
            guard random.chance(70), isOpen(employment.person, on: day) else { continue }
            if let endedOn = employment.endedOn, endedOn <= employment.startsOn { continue }
            script.note(
                "record-retention", for: employment.person, by: .jobCentre, on: day,
                [
                    "placementId": .id(employment.id), "afterMonths": .number(months),
                    "stillEmployed": .flag(employment.endedOn.map { due <= $0 } ?? true),
                ])
        }
    }
}
