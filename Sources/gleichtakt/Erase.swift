import ArgumentParser
import CaseCommands
import CaseFile
import CaseViews
import Foundation
import Ledger
import Postgres
import PostgresLedger

struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Erase a person: destroy the key, and clear the person from all views and memories.",
        discussion: """
            The case has to be closed. The history, its proofs and the numbers of areas stay as they are; nothing personal \
            in them opens any more, in no process, from the moment this command has ended. Refused under a legal hold and \
            while records have to be kept: then processing is restricted instead (§ 84 SGB X), and the exit status is 1. \
            Repeating it is safe, and finishes what was interrupted. What backups still hold is said in the \
            documentation (Erasure).
            """)

    /// What the law has restricted where it does not let anything be erased (§ 84 Abs. 4 SGB X).
    private static let barred: Set<String> = ["legal-hold", "retention-running"]

    @OptionGroup var data: DataOption
    @Argument(help: "The case's identifier.", transform: Self.identifier)
    var caseID: UUID
    @Option(help: "Why, in the words of Art. 17 (1) GDPR.")
    var ground = ErasureGround.notNecessary
    @Option(help: "Who does it, as it is recorded.")
    var subject = "administrator"
    @Option(help: "How many seconds to wait until a worker has cleared the views.")
    var wait = 60

    func run() async throws {
        let settings = try await data.settings()
        let position = try await Assembly(settings, as: .eraser, connections: 2).withPool { try await erase($0) }
        // By then no process uses a key, or a state made with it, without having asked who was erased.
        try await Task.sleep(for: Vault.memoryLifetime)
        try await clearViews(settings, through: position)
        print("\(caseID.uuidString.lowercased()) is erased.")
    }

    /// Records the erasure and destroys the key; answers the position that the views have to reach.
    private func erase(_ assembly: Assembly) async throws -> Position {
        let appender = ErasingAppender(pool: assembly.pool, types: [ParticipantErased.type])
        let handler = assembly.makeHandler(rules: try assembly.settings.rules(), appender: appender)
        let actor = Actor(subject: subject, role: .administrator)
        do {
            let receipt = try await handler.handle(
                CommandRequest(
                    target: .caseFile(caseID, .eraseParticipant(EraseParticipant(ground: ground))), actor: actor))
            // Recorded before: the key went with it. Should somebody have put it back from a backup, it goes again.
            if receipt.events.isEmpty { try await destroyAgain(handler, assembly) }
            return receipt.events.isEmpty ? try await assembly.store.head() : receipt.position
        } catch CommandFailure.rejected(let rejection) where Self.barred.contains(rejection.rule) {
            let restriction = try await restrict(handler, actor)
            throw Failure("Not erased (\(rejection.rule)): \(rejection.detail)\n\(restriction)")
        } catch CommandFailure.rejected(let rejection) {
            throw Failure("Not erased (\(rejection.rule)): \(rejection.detail)")
        }
    }

    private func destroyAgain(_ handler: CommandHandler, _ assembly: Assembly) async throws {
        let state = try await handler.cases.current(.of(CaseEvent.self, caseID)).state
        let keys = PostgresKeyStore(pool: assembly.pool)
        for id in [caseID] + state.absorbed.keys { try await keys.destroy(id) }
    }

    private func restrict(_ handler: CommandHandler, _ actor: Actor) async throws -> String {
        let state = try await handler.cases.current(.of(CaseEvent.self, caseID)).state
        guard !state.dataProtection.isRestricted else { return "Its processing is restricted already." }
        _ = try await handler.handle(
            CommandRequest(
                target: .caseFile(
                    caseID,
                    .restrictProcessing(RestrictProcessing(restrictionId: UUID(), ground: .erasureBarred))),
                actor: actor))
        return "Its processing is restricted instead, as of today (Art. 18 GDPR, § 84 Abs. 4 SGB X)."
    }

    private func clearViews(_ settings: Settings, through position: Position) async throws {
        let pool = PostgresPool(
            PostgresConfiguration(
                uri: try settings.databaseURL(), role: Assembly.DatabaseRole.worker.rawValue,
                applicationName: "gleichtakt erase", statementTimeout: nil),
            size: 1, logger: try settings.makeLogger("gleichtakt"))
        let projections = ProjectionStore(pool: pool)
        let end = ContinuousClock.now + .seconds(wait)
        while try await projections.checkpoint(CaseViewProjector.name) < position {
            guard ContinuousClock.now < end else {
                throw Failure(
                    "The key is destroyed and nothing opens any more, but the views have not been cleared yet: start a worker "
                        + "(gleichtakt work), and repeat this command to see that they are.")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        // The planner's statistics are samples of what the views held.
        try await CaseViewSchema.renewStatistics(on: pool)
    }

    private static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("'\(text)' is no UUID.") }
        return id
    }
}
