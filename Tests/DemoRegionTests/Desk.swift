import CaseFile
import CaseTiming
import Foundation
import Ledger
import RuleFiles

/// The three offices' desks in memory: asks the policy and the deciders as the service does, and keeps the states.
struct Desk {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let today: CalendarDate
    var cases: [UUID: CaseState] = [:]
    var households: [UUID: HouseholdState] = [:]
    var areas: [String: AreaState] = [:]
    var offers: [UUID: OfferState] = [:]
    var partners: [UUID: PartnerState] = [:]
    var types: [String: Int] = [:]
    private static let rules = try? RuleFiles.book()

    init(today: CalendarDate) {
        self.today = today
    }

    /// Takes a command, or says why not.
    mutating func take(path: String, body: Data, actor: Actor) throws {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count == 4, parts[0] == "v1" else { throw Failure(description: "no route \(path)") }
        let object = try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
        guard let day = (object["effectiveOn"] as? String).flatMap(CalendarDate.init) else {
            throw Failure(description: "no effectiveOn in \(path)")
        }
        guard let rules = Self.rules else { throw Failure(description: "the rules cannot be read") }
        let context = DecisionContext(actor: actor, effectiveOn: day, today: today, rules: rules)
        let id = UUID(uuidString: parts[2])
        switch (parts[1], id) {
        case ("cases", let id?):
            let command = try Self.read(CaseCommand.self, parts[3], body)
            try Self.checkFields(command.body, object)
            try take(command, on: id, context)
        case ("areas", _):
            let command = try Self.read(AreaCommand.self, parts[3], body)
            try Self.checkFields(command.body, object)
            try Self.run(AreaDecider.self, command, &areas[parts[2], default: AreaState()], context)
        case ("partners", let id?):
            let command = try Self.read(PartnerCommand.self, parts[3], body)
            try Self.checkFields(command.body, object)
            try Self.run(PartnerDecider.self, command, &partners[id, default: PartnerState()], context)
        case ("offers", let id?):
            let command = try Self.read(OfferCommand.self, parts[3], body)
            try Self.checkFields(command.body, object)
            var context = context
            context.surroundings = surroundings(command.needs, of: nil)
            try Self.run(OfferDecider.self, command, &offers[id, default: OfferState()], context)
        default: throw Failure(description: "no route \(path)")
        }
        types[parts[3], default: 0] += 1
    }

    private mutating func take(_ command: CaseCommand, on id: UUID, _ context: DecisionContext) throws {
        var context = context
        let state = cases[id] ?? CaseState()
        guard CommandPolicy.judge(command, by: context.actor, on: state) == .allowed else {
            throw Failure(description: "\(context.actor.subject) may not \(command.name)")
        }
        context.surroundings = surroundings(command.needs(given: state), of: id)
        let events = try Self.run(CaseDecider.self, command, &cases[id, default: CaseState()], context)
        for consequence in events.flatMap({
            CaseDecider.consequences(of: $0, in: id, given: state, around: context.surroundings)
        }) {
            switch consequence {
            case .household(let id, let command):
                try Self.run(HouseholdDecider.self, command, &households[id, default: HouseholdState()], context)
            case .offer(let id, let command):
                try Self.run(OfferDecider.self, command, &offers[id, default: OfferState()], context)
            case .housemate(let id, let command), .otherCase(let id, let command):
                try Self.run(CaseDecider.self, command, &cases[id, default: CaseState()], context)
            }
        }
    }

    private func surroundings(_ needs: Needs, of caseID: UUID?) -> Surroundings {
        let household = needs.household.map { households[$0] ?? HouseholdState() }
        var housemates: [UUID: CaseState] = [:]
        if needs.housemates, let household {
            for member in household.members.keys where member != caseID { housemates[member] = cases[member] }
        }
        let others = needs.cases.filter { $0 != caseID }.map { ($0, cases[$0] ?? CaseState()) }
        return Surroundings(
            area: needs.area.map { areas[$0] ?? AreaState() }, household: household,
            offer: needs.offer.map { offers[$0] ?? OfferState() },
            provider: needs.provider.map { partners[$0] ?? PartnerState() }, housemates: housemates,
            others: Dictionary(others) { first, _ in first })
    }

    private static func read<Family: CommandFamily>(
        _ family: Family.Type, _ name: String, _ body: Data
    ) throws -> Family {
        guard let kind = family.kind(named: name), kind.origin == .client else {
            throw Failure(description: "no command \(name)")
        }
        return try kind.decode(body)
    }

    /// Everything in the body is a field of the command, as deep as it goes.
    private static func checkFields(_ command: any CommandBody, _ body: [String: Any]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var body = body
        body["effectiveOn"] = nil
        let known = String(decoding: try encoder.encode(command), as: UTF8.self)
        let sent = String(
            decoding: try JSONSerialization.data(
                withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
        guard known == sent else { throw Failure(description: "\(sent) is read as \(known)") }
    }

    @discardableResult
    private static func run<D: Decider>(
        _ decider: D.Type, _ command: D.Command, _ state: inout D.State, _ context: DecisionContext
    ) throws -> [D.Event] where D.Authorship == Authorship, D.Context == DecisionContext {
        let events = try D.decide(command, given: state, in: context)
        for event in events {
            let fact = Fact<D.Event, Authorship>(
                event, authorship: context.actor.authorship(), effectiveOn: context.effectiveOn,
                recordedAt: Instant(microsecondsSince1970: 0), version: 1, position: 1)
            D.evolve(&state, with: fact)
        }
        return events
    }
}

extension Desk {
    /// What is out of step in a household on the desk's day.
    func findings(in household: UUID) -> [Finding] {
        let members = (households[household] ?? HouseholdState()).members.keys
        let timeline = Timeline(
            household: household,
            members: Dictionary(uniqueKeysWithValues: members.map { ($0, cases[$0] ?? CaseState()) }))
        return TimingRules.findings(in: timeline, on: today).findings
    }
}
