import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Logging

/// A command handler over a ledger in memory, with a clock that stands still.
struct Desk: Sendable {
    let store: InMemoryEventStore
    let vault: Vault
    let handler: CommandHandler

    static let today: CalendarDate = "2026-03-02"
    static let jobCentre = Actor(subject: "jc-1", role: .caseworker, office: .jobCentre)
    static let youthOffice = Actor(subject: "yo-1", role: .caseworker, office: .youthOffice)
    static let administrator = Actor(subject: "admin", role: .administrator)

    init() throws {
        let keys = try MasterKeyring(current: "test", keys: ["test": Array(repeating: 7, count: 32)])
        self.init(store: InMemoryEventStore(), vault: Vault(store: InMemoryKeyStore(), masterKeys: keys))
    }

    private init(store: InMemoryEventStore, vault: Vault) {
        self.store = store
        self.vault = vault
        let noon = LedgerClock { Instant(microsecondsSince1970: Int64(Self.today.daysSince1970) * 86_400_000_000) }
        handler = CommandHandler(
            store: store, appender: store, vault: vault, clock: noon, logger: Logger(label: "test"))
    }

    /// Another process on the same ledger, with a memory of its own.
    func colleague() -> Desk { Desk(store: store, vault: vault) }

    @discardableResult
    func send(
        _ command: CaseCommand, to id: UUID, by actor: Actor = jobCentre, id key: UUID? = nil, expecting: Int? = nil
    ) async throws -> CommandReceipt {
        try await handler.handle(
            CommandRequest(target: .caseFile(id, command), id: key, expectedVersion: expecting, actor: actor))
    }

    /// A case with the job centre engaged, in a published area.
    func makeCase() async throws -> UUID {
        let id = UUID()
        _ = try? await handler.handle(
            CommandRequest(
                target: .area("gallus", .publishArea(PublishArea(name: "Gallus"))), actor: Self.administrator))
        try await send(.registerParticipant(Self.person), to: id)
        try await send(Self.engagement, to: id)
        return id
    }

    static let person = RegisterParticipant(
        givenName: "Planted", familyName: "Secretname", bornOn: "1990-04-05", areaId: "gallus")
    static let engagement = CaseCommand.engageOffice(EngageOffice(office: .jobCentre, legalBasis: "§ 15 SGB II"))

    static func plan(_ id: UUID = UUID()) -> CaseCommand {
        .draftPlan(DraftPlan(planId: id, kind: .participation, goal: "Planted goal"))
    }
}
