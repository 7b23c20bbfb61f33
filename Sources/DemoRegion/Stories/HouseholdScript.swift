import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What was done for the members of one household, in any order while it is written and by day when it is read.
///
/// What would lie after today is left out, and with it all that follows from it, because it lies later still. So a story
/// can be told to its end, and the region stands in the middle of it.
struct HouseholdScript {
    private struct Step {
        var day: CalendarDate
        var actor: Actor
        var path: String
        var fields: Fields
    }

    let region: DemoRegion
    /// The household's number, from 0.
    let number: Int
    let id: UUID
    private var steps: [Step] = []

    init(region: DemoRegion, number: Int) {
        self.region = region
        self.number = number
        id = UUID(derivedFrom: region.id, "household \(number)")
    }

    /// The caseworker of an office who looks after this household.
    func caseworker(of office: Office) -> Actor {
        let initials =
            switch office {
            case .jobCentre: "jc"
            case .youthOffice: "yo"
            case .socialOffice: "so"
            }
        return Actor(
            subject: "\(initials)-\(1 + number % region.caseworkersPerOffice)", role: .caseworker, office: office)
    }

    /// Notes a command for a person's case, sent by the caseworker of an office, unless its day is still to come.
    mutating func note(
        _ command: String, for person: Person, by office: Office, on day: CalendarDate, _ fields: Fields
    ) {
        guard day <= region.today else { return }
        var fields = fields
        fields["effectiveOn"] = .day(day)
        let path = "/v1/cases/\(person.id.uuidString.lowercased())/\(command)"
        steps.append(Step(day: day, actor: caseworker(of: office), path: path, fields: fields))
    }

    /// The commands by day; those of one day in the order in which they were noted.
    func commands() -> [DemoCommand] {
        steps.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.enumerated()
            .map { index, step in
                DemoCommand(
                    id: UUID(derivedFrom: id, "command \(index)"), actor: step.element.actor, path: step.element.path,
                    body: Field.json(step.element.fields), lane: number + 1)
            }
    }
}
