public import CaseFile
public import CaseTiming
import Foundation
public import Ledger
public import Logging

/// The way of a command: load state, ask the policy, decide, seal, append, answer.
///
/// The first try decides on what this process remembers; if that leads to anything but an append, or the append
/// conflicts, it decides again on what the ledger holds, so that nobody is refused because of a stale memory.
public final class CommandHandler: Sendable {
    /// How often a conflict is met by deciding again before the caller is asked to come back.
    private static let attempts = 8

    /// The cases' states.
    public let cases: Repository<CaseDecider>
    /// The households' states.
    public let households: Repository<HouseholdDecider>
    /// The programme areas' states.
    public let areas: Repository<AreaDecider>
    /// The offers' states.
    public let offers: Repository<OfferDecider>
    /// The partners' states.
    public let partners: Repository<PartnerDecider>
    /// The employment fields' states.
    public let employmentFields: Repository<EmploymentFieldDecider>

    let store: any EventStore
    private let appender: any Appender
    private let vault: Vault
    let rules: RuleBook
    let clock: LedgerClock
    private let logger: Logger

    /// A handler that reads from `store`, appends through `appender`, and seals in `vault`.
    ///
    /// - Parameter rules: the rules of law; without them, nothing that needs one is decided.
    public init(
        store: any EventStore, appender: any Appender, vault: Vault, rules: RuleBook = RuleBook(), clock: LedgerClock,
        logger: Logger
    ) {
        self.store = store
        self.appender = appender
        self.vault = vault
        self.rules = rules
        self.clock = clock
        self.logger = logger
        cases = Repository(store: store, vault: vault)
        households = Repository(store: store, vault: vault)
        areas = Repository(store: store, vault: vault)
        offers = Repository(store: store, vault: vault)
        partners = Repository(store: store, vault: vault)
        employmentFields = Repository(store: store, vault: vault)
    }

    /// Carries out one request, entirely or not at all.
    ///
    /// - Throws: ``CommandFailure``; nothing was recorded then, except that after ``CommandFailure/unavailable(_:)`` it
    ///   is unknown, and asking again with the same identifier finds out.
    public func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt {
        do {
            return try await carryOut(request)
        } catch let failure as CommandFailure {
            throw failure
        } catch LedgerError.overloaded {
            throw .overloaded
        } catch LedgerError.unavailable(let reason) {
            throw .unavailable(reason)
        } catch LedgerError.unreadable(let position, let reason) {
            logger.error("event unreadable", metadata: ["position": "\(position)", "reason": "\(reason)"])
            throw .unreadable
        } catch is CancellationError {
            throw .unavailable("cancelled")
        } catch {
            logger.error("command failed", metadata: ["error": "\(error)"])
            throw .unavailable("\(type(of: error))")
        }
    }

    private func carryOut(_ request: CommandRequest) async throws -> CommandReceipt {
        let id = request.id ?? UUID.timeOrdered(at: clock.now)
        let fingerprint = try request.id.map { _ in vault.fingerprint(of: try request.canonicalBytes()) }
        if request.isLikelyRepeated, let receipt = try await replay(id, fingerprint, request) { return receipt }
        for attempt in 0..<Self.attempts {
            let reader = StateReader(handler: self, refreshes: attempt > 0)
            let decisions: [StreamDecision]
            do {
                decisions = try await decide(request, reader)
                guard decisions.contains(where: { $0.count > 0 }) else { throw NothingToDo(decision: decisions[0]) }
            } catch {
                guard error is CommandFailure || error is NothingToDo else { throw error }
                if attempt == 0 { continue }
                if let receipt = try await replay(id, fingerprint, request) { return receipt }
                guard let nothing = error as? NothingToDo else { throw error }
                return CommandReceipt(
                    stream: nothing.decision.stream, version: nothing.decision.expectedVersion,
                    position: nothing.decision.position, events: [], isReplay: false)
            }
            let writes: [StreamWrite]
            do {
                writes = try await self.writes(decisions, id: id)
            } catch VaultError.erased {
                // Decided on what was remembered of somebody who has been erased since; the ledger says so.
                continue
            }
            switch try await append(writes, id: id, fingerprint: fingerprint, request) {
            case .appended(let places, let recordedAt):
                for (decision, write) in zip(decisions, writes) {
                    decision.absorb(
                        places.filter { $0.stream == decision.stream }, recordedAt,
                        write.events.reduce(0) { $0 + $1.contentSize })
                }
                return CommandReceipt(places, addressed: decisions[0].stream, isReplay: false)
            case .duplicate(let places, let first):
                return try Self.replayed(places, first, fingerprint, request)
            case .conflict(let stream, let current):
                if request.expectedVersion != nil, stream == decisions[0].stream {
                    if let receipt = try await replay(id, fingerprint, request) { return receipt }
                    throw CommandFailure.versionConflict(current: current)
                }
            }
        }
        throw CommandFailure.overloaded
    }

    private func writes(_ decisions: [StreamDecision], id: UUID) async throws -> [StreamWrite] {
        var writes: [StreamWrite] = []
        var ordinal = 0
        for decision in decisions {
            writes.append(
                StreamWrite(
                    stream: decision.stream, expectedVersion: decision.expectedVersion,
                    events: try await decision.encode(id, ordinal)))
            ordinal += decision.count
        }
        return writes
    }

    private func append(
        _ writes: [StreamWrite], id: UUID, fingerprint: [UInt8]?, _ request: CommandRequest
    ) async throws -> AppendVerdict {
        try await appender.append(
            AppendCommand(
                id: id, fingerprint: fingerprint, effectiveOn: request.effectiveOn ?? clock.today,
                metadata: try LedgerJSON.encode(request.authorship), writes: writes))
    }

    /// The first result of a command that the caller sends again, if it is recorded.
    private func replay(
        _ id: UUID, _ fingerprint: [UInt8]?, _ request: CommandRequest
    ) async throws -> CommandReceipt? {
        guard request.id != nil, let found = try await store.find(command: id) else { return nil }
        return try Self.replayed(found.events, found.fingerprint, fingerprint, request)
    }

    private static func replayed(
        _ places: [AppendedEvent], _ first: [UInt8]?, _ fingerprint: [UInt8]?, _ request: CommandRequest
    ) throws -> CommandReceipt {
        guard first == fingerprint else { throw CommandFailure.keyReused }
        // Without an identifier of the caller's own, only this very request can have been recorded before.
        return CommandReceipt(places, addressed: request.target.stream, isReplay: request.id != nil)
    }

    private func decide(_ request: CommandRequest, _ reader: StateReader) async throws -> [StreamDecision] {
        let actor = request.actor
        return switch request.target {
        case .caseFile(let id, let command):
            try await decideCase(command, id, request, reader)
        case .household(_, let command):
            try await decideAlone(
                command, households, { _ in CommandPolicy.judge(command, by: actor) }, request, reader)
        case .area(let id, let command):
            try await decideAlone(
                command, areas, { _ in CommandPolicy.judge(command, by: actor, area: id) }, request, reader)
        case .offer(_, let command):
            try await decideAlone(
                command, offers, { CommandPolicy.judge(command, by: actor, on: $0) }, needing: command.needs, request,
                reader)
        case .partner(_, let command):
            try await decideAlone(
                command, partners, { CommandPolicy.judge(command, by: actor, on: $0) }, request, reader)
        case .employmentField(_, let command):
            try await decideAlone(
                command, employmentFields, { CommandPolicy.judge(command, by: actor, on: $0) },
                needing: command.needs, request, reader)
        }
    }
}

/// The command wants what is already so.
private struct NothingToDo: Error {
    let decision: StreamDecision
}

extension CommandReceipt {
    init(_ places: [AppendedEvent], addressed stream: StreamName, isReplay: Bool) {
        let own = places.filter { $0.stream == stream }
        self.init(
            stream: stream, version: own.last?.version ?? 0, position: places.last?.position ?? 0, events: own,
            isReplay: isReplay)
    }
}
