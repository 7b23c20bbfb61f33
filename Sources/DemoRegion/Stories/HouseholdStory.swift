import CaseFile
import CaseTiming
import Foundation
import Ledger

/// One household over three years. The parts of the telling are in the files beside this one.
struct HouseholdStory {
    let region: DemoRegion
    let number: Int
    let area: ProgrammeArea
    let pattern: Pattern
    let members: [Person]
    var random: SplitMix64
    var script: HouseholdScript
    /// Kinds of offered places that this household has taken; it has one of each at most.
    var takenPlaces: Set<PlacementKind> = []
    /// What is told later looks at this.
    var record = StoryRecord()
    /// When somebody last missed a meeting with the job centre, by the member's index.
    var missedOn: [Int: CalendarDate] = [:]

    var today: CalendarDate { region.today }

    init(region: DemoRegion, number: Int, size: Int) {
        self.region = region
        self.number = number
        random = SplitMix64(seed: region.seed, part: UInt64(number))
        script = HouseholdScript(region: region, number: number)
        pattern = Pattern.of(household: number, seed: region.seed)
        area = SplitMix64.deal(ProgrammeArea.deck, to: number, seed: region.seed ^ 0xA4EA)
        members = Self.people(of: script.id, size: size, today: region.today, random: &random)
    }

    /// The household's commands.
    mutating func tell() -> [DemoCommand] {
        switch pattern {
        case .history: tellHistory()
        case .inStep: tellInStep()
        case .oneAfterAnother: tellOneAfterAnother(isRelated: false)
        case .relatedOneAfterAnother: tellOneAfterAnother(isRelated: true)
        case .gap: tellGap()
        case .relationViolated: tellRelationViolated()
        case .kept: tellKept()
        case .refusals: tellRefusals()
        case .movedAway: tellMovedAway()
        case .newcomers: tellNewcomers()
        }
        tellBetweenTheLines()
        return script.commands()
    }

    private static func people(
        of household: UUID, size: Int, today: CalendarDate, random: inout SplitMix64
    ) -> [Person] {
        let community = random.pick(weighted: Community.all)
        let family = random.pick(community.families)
        let composition = HouseholdComposition(size: size, random: &random)
        var givenNames: Set<String> = []
        return composition.members.enumerated().map { index, member in
            let isGrownUp = member.place == .adult || member.place == .partner
            let birthday = today.adding(months: -12 * member.age) - random.int(1...364)
            let isWoman = index == 0 && size > 1 ? random.chance(65) : random.chance(50)
            let names = random.shuffled(isWoman ? community.women : community.men)
            let givenName = names.first { !givenNames.contains($0) } ?? names[0]
            givenNames.insert(givenName)
            return Person(
                index: index, id: UUID(derivedFrom: household, "person \(index)"),
                givenName: givenName, familyName: "\(family) (Demo)",
                bornOn: birthday, place: member.place, languages: community.languages,
                needsGerman: isGrownUp && random.chance(community.needsGerman),
                schooling: schooling(age: member.age, random: &random),
                vocationalCertificate: isGrownUp && member.age > 22 && random.chance(38)
                    ? random.pick([
                        "Gesellenbrief", "Berufsabschluss im Ausland", "Fachhelferbrief", "Studienabschluss",
                    ])
                    : nil,
                occupation: random.pick(weighted: Occupation.all))
        }
    }

    private static func schooling(age: Int, random: inout SplitMix64) -> String {
        switch age {
        case ..<11: "Grundschule"
        case ..<16: random.pick(["Gesamtschule", "Realschule", "Förderschule", "Gymnasium"])
        default:
            random.pick(weighted: [
                ("kein Schulabschluss", 22), ("Hauptschulabschluss", 34), ("Realschulabschluss", 26),
                ("Fachhochschulreife", 6), ("Abitur", 7), ("Schulabschluss im Ausland", 5),
            ])
        }
    }
}
