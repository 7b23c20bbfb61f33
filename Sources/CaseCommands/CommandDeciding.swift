import CaseFile
import Foundation
import Ledger

extension CommandHandler {
    /// What a command about a case does to the case's stream and to those that its events concern.
    func decideCase(
        _ command: CaseCommand, _ id: UUID, _ request: CommandRequest, _ reader: StateReader
    ) async throws -> [StreamDecision] {
        let stream = StreamName.of(CaseEvent.self, id)
        let snapshot = try await reader.snapshot(cases, stream)
        try Self.admit(CommandPolicy.judge(command, by: request.actor, on: snapshot.state))
        try Self.expect(request.expectedVersion, snapshot.version)
        let needs = command.needs(given: snapshot.state)
        var context = context(of: request)
        context.surroundings = try await reader.surroundings(needs)
        let housemates = try await reader.housemates(of: id, in: context.surroundings.household, needs)
        context.surroundings.housemates = housemates.mapValues(\.state)
        context.surroundings.caseId = id
        let others = try await reader.cases(needs.cases.filter { $0 != id })
        context.surroundings.others = others.mapValues(\.state)
        try Self.admit(CommandPolicy.judge(command, by: request.actor, around: context.surroundings))
        let events = try Self.decide(command, CaseDecider.self, snapshot.state, context)
        let consequences = events.flatMap {
            CaseDecider.consequences(of: $0, in: id, given: snapshot.state, around: context.surroundings)
        }
        var decisions = [
            cases.decision(
                events, for: stream, at: snapshot, authorship: request.authorship, effectiveOn: context.effectiveOn)
        ]
        // What the other cases are like was part of the decision, so it has to be so still when it is recorded.
        for (other, snapshot) in housemates.merging(others, uniquingKeysWith: { housemate, _ in housemate }) {
            let events = try consequences.reduce(into: [CaseEvent]()) { events, consequence in
                switch consequence {
                case .housemate(other, let command), .otherCase(other, let command):
                    events += try Self.decide(command, CaseDecider.self, snapshot.state, context)
                default: break
                }
            }
            decisions.append(
                cases.decision(
                    events, for: .of(CaseEvent.self, other), at: snapshot, authorship: request.authorship,
                    effectiveOn: context.effectiveOn))
        }
        for consequence in consequences {
            guard let decision = try await decide(consequence, context, request, reader) else { continue }
            decisions.append(decision)
        }
        return decisions
    }

    /// What a command does to the one stream it is about.
    func decideAlone<D: Decider>(
        _ command: D.Command, _ repository: Repository<D>, _ judge: (D.State) -> CommandPolicy.Verdict,
        needing needs: Needs = Needs(),
        _ request: CommandRequest, _ reader: StateReader
    ) async throws -> [StreamDecision] where D.Context == DecisionContext, D.Authorship == Authorship {
        let snapshot = try await reader.snapshot(repository, request.target.stream)
        try Self.admit(judge(snapshot.state))
        try Self.expect(request.expectedVersion, snapshot.version)
        var context = context(of: request)
        context.surroundings = try await reader.surroundings(needs)
        let events = try Self.decide(command, D.self, snapshot.state, context)
        return [
            repository.decision(
                events, for: request.target.stream, at: snapshot, authorship: request.authorship,
                effectiveOn: context.effectiveOn)
        ]
    }

    /// What a consequence does to a stream that the command is not about; `nil` for another case, which was part of the
    /// decision.
    private func decide(
        _ consequence: Consequence, _ context: DecisionContext, _ request: CommandRequest, _ reader: StateReader
    ) async throws -> StreamDecision? {
        switch consequence {
        case .household(let id, let command):
            try await decide(command, households, .of(HouseholdEvent.self, id), context, request, reader)
        case .offer(let id, let command):
            try await decide(command, offers, .of(OfferEvent.self, id), context, request, reader)
        case .housemate, .otherCase: nil
        }
    }

    private func decide<D: Decider>(
        _ command: D.Command, _ repository: Repository<D>, _ stream: StreamName, _ context: DecisionContext,
        _ request: CommandRequest, _ reader: StateReader
    ) async throws -> StreamDecision where D.Context == DecisionContext, D.Authorship == Authorship {
        let snapshot = try await reader.snapshot(repository, stream)
        let events = try Self.decide(command, D.self, snapshot.state, context)
        return repository.decision(
            events, for: stream, at: snapshot, authorship: request.authorship, effectiveOn: context.effectiveOn)
    }

    private static func decide<D: Decider>(
        _ command: D.Command, _ decider: D.Type, _ state: D.State, _ context: D.Context
    ) throws(CommandFailure) -> [D.Event] {
        do {
            return try D.decide(command, given: state, in: context)
        } catch {
            throw .rejected(error)
        }
    }

    private static func admit(_ verdict: CommandPolicy.Verdict) throws(CommandFailure) {
        switch verdict {
        case .allowed: return
        case .forbidden(let reason): throw .forbidden(reason)
        case .notFound: throw .notFound
        }
    }

    private static func expect(_ expected: Int?, _ current: Int) throws(CommandFailure) {
        if let expected, expected != current { throw .versionConflict(current: current) }
    }

    private func context(of request: CommandRequest) -> DecisionContext {
        let today = clock.today
        return DecisionContext(
            actor: request.actor, effectiveOn: request.effectiveOn ?? today, today: today, rules: rules)
    }
}

extension CommandRequest {
    var authorship: Authorship { actor.authorship(cause: cause) }

    /// What makes two requests the same: who asks what of whom, and since when it counts.
    func canonicalBytes() throws -> [UInt8] {
        struct Canonical: Encodable {
            var stream: String
            var command: String
            var body: any CommandBody
            var effectiveOn: CalendarDate?
            var subject: String

            enum CodingKeys: CodingKey {
                case stream, command, body, effectiveOn, subject
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(stream, forKey: .stream)
                try container.encode(command, forKey: .command)
                try container.encode(body, forKey: .body)
                try container.encodeIfPresent(effectiveOn, forKey: .effectiveOn)
                try container.encode(subject, forKey: .subject)
            }
        }
        return try LedgerJSON.encode(
            Canonical(
                stream: target.stream.description, command: type(of: target.body).name, body: target.body,
                effectiveOn: effectiveOn, subject: actor.subject))
    }
}

extension TargetedCommand {
    /// The stream that is addressed.
    var stream: StreamName {
        switch self {
        case .caseFile(let id, _): .of(CaseEvent.self, id)
        case .household(let id, _): .of(HouseholdEvent.self, id)
        case .area(let id, _): .of(AreaEvent.self, id)
        case .offer(let id, _): .of(OfferEvent.self, id)
        case .partner(let id, _): .of(PartnerEvent.self, id)
        case .employmentField(let id, _): .of(EmploymentFieldEvent.self, id)
        }
    }

    /// The command's data.
    var body: any CommandBody {
        switch self {
        case .caseFile(_, let command): command.body
        case .household(_, let command): command.body
        case .area(_, let command): command.body
        case .offer(_, let command): command.body
        case .partner(_, let command): command.body
        case .employmentField(_, let command): command.body
        }
    }
}
