import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import CaseWorker
import Foundation
import Ledger
import Logging
import Postgres
import PostgresLedger
import Synchronization
import Testbed

/// A clock that a test sets.
final class DrivenClock: Sendable {
    private let day: Mutex<CalendarDate>
    private let moment = Mutex<Instant?>(nil)

    init(_ today: CalendarDate) {
        day = Mutex(today)
    }

    var today: CalendarDate {
        get { day.withLock { $0 } }
        set { day.withLock { $0 = newValue } }
    }

    /// A moment to stand still at, instead of noon.
    var now: Instant? {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }

    /// Noon, UTC, of the day it is set to, or the moment.
    var clock: LedgerClock {
        LedgerClock {
            self.now ?? Instant(microsecondsSince1970: (Int64(self.today.daysSince1970) * 86_400 + 43_200) * 1_000_000)
        }
    }
}

/// A worker on a real database, and somebody who sends commands.
struct WorkerDesk: Sendable {
    static let jobCentre = Actor(subject: "jc-1", role: .caseworker, office: .jobCentre)
    static let youthOffice = Actor(subject: "yo-1", role: .caseworker, office: .youthOffice)

    let time: DrivenClock
    let pool: PostgresPool
    let store: PostgresEventStore
    let vault: Vault
    let handler: CommandHandler

    init(today: CalendarDate) async throws {
        let logger = Logger(label: "worker test") { _ in SwiftLogNoOpLogHandler() }
        let uri = try await TemporaryServer.shared.freshDatabase()
        _ = try await Migrator(uri: uri, logger: logger).migrate()
        time = DrivenClock(today)
        pool = PostgresPool(
            PostgresConfiguration(uri: uri, role: "gleichtakt_worker"), size: 16, logger: logger)
        // As the worker runs: the views are built as one role, and what is decided is recorded as another.
        let recording = PostgresPool(
            PostgresConfiguration(uri: uri, role: "gleichtakt_appender"), size: 16, logger: logger)
        store = PostgresEventStore(pool: recording)
        vault = Vault(
            store: PostgresKeyStore(pool: recording),
            masterKeys: try MasterKeyring(current: "test", keys: ["test": Array(repeating: 7, count: 32)]))
        handler = CommandHandler(store: store, appender: store, vault: vault, clock: time.clock, logger: logger)
        try await pool.withTransaction { try await CaseViewSchema.create(on: $0) }
    }

    func makeWorker(
        reading other: (any EventStore)? = nil, decidingOn decided: (any EventStore)? = nil,
        policy: UnhandledEventPolicy = .stop, terms: AlignmentTerms = AlignmentTerms(),
        viewVersion: Int = CaseViewProjector.version
    ) -> CaseWorker {
        CaseWorker(
            pool: pool, store: other ?? store, vault: vault,
            handler: CommandHandler(
                store: decided ?? store, appender: store, vault: vault, clock: time.clock,
                logger: Logger(label: "worker")),
            clock: time.clock, thresholds: TimingThresholds(), terms: terms, policy: policy, viewVersion: viewVersion,
            sealKeys: { [try NoteSigningKey(name: "example.org/log", seed: Array(repeating: 9, count: 32))] },
            logger: Logger(label: "worker") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs `body` while these workers work.
    func run<Value>(_ workers: [CaseWorker], _ body: () async throws -> Value) async throws -> Value {
        let tasks = workers.map { worker in Task { try await worker.run() } }
        defer { for task in tasks { task.cancel() } }
        let value = try await body()
        for task in tasks {
            task.cancel()
            _ = await task.result
        }
        return value
    }

    /// Runs `body` while that many workers work.
    func withWorkers(_ count: Int = 1, _ body: () async throws -> Void) async throws {
        let tasks = (0..<count).map { _ in Task { try await makeWorker().run() } }
        defer { for task in tasks { task.cancel() } }
        try await body()
        for task in tasks {
            task.cancel()
            try? await task.value
        }
    }

    @discardableResult
    func send(
        _ command: CaseCommand, to id: UUID, by actor: Actor = jobCentre, effectiveOn: CalendarDate? = nil
    ) async throws -> CommandReceipt {
        try await handler.handle(
            CommandRequest(target: .caseFile(id, command), effectiveOn: effectiveOn, actor: actor))
    }

    /// A case of the job centre with an agreed participation plan of one measure.
    func makeCase(
        measure: UUID, from: CalendarDate, to: CalendarDate, household: UUID? = nil, by actor: Actor = jobCentre
    )
        async throws -> UUID
    {
        let id = UUID()
        let area = CommandRequest(
            target: .area("gallus", .publishArea(PublishArea(name: "Gallus"))),
            actor: Actor(subject: "admin", role: .administrator))
        _ = try? await handler.handle(area)
        try await send(
            .registerParticipant(
                RegisterParticipant(
                    givenName: "Invented", familyName: "Person", bornOn: "1990-04-05", areaId: "gallus")),
            to: id, by: actor)
        try await send(
            .engageOffice(EngageOffice(office: actor.office ?? .jobCentre, legalBasis: "§ 15 SGB II")), to: id,
            by: actor)
        if let household {
            try await send(.joinHousehold(JoinHousehold(householdId: household, role: .adult)), to: id, by: actor)
        }
        let plan = UUID()
        try await send(.draftPlan(DraftPlan(planId: plan, kind: .participation, goal: "a goal")), to: id, by: actor)
        try await send(
            .addMeasure(AddMeasure(measureId: measure, strand: .education, window: Window(from: from, to: to))), to: id,
            by: actor)
        try await send(.agreePlan(AgreePlan(planId: plan)), to: id, by: actor)
        return id
    }

    func findings(of id: UUID) async throws -> FindingRegister {
        try await handler.cases.replay(.of(CaseEvent.self, id)).state.findings
    }

    func findings(ofHousehold id: UUID) async throws -> FindingRegister {
        try await handler.households.replay(.of(HouseholdEvent.self, id)).state.findings
    }

    /// Waits until `condition` holds; the limit only ends a test that hangs.
    func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NeverHappened(what: what)
    }

    /// Waits until views and findings have nothing left to do.
    func settle() async throws {
        let projections = ProjectionStore(pool: pool)
        let agenda = TimingAgenda(pool: pool)
        try await eventually("the worker has nothing left to do") {
            let head = try await store.head()
            let position = try await projections.checkpoint(CaseViewProjector.name)
            // What was just touched is not due yet.
            try await Task.sleep(for: .milliseconds(250))
            let due = try await agenda.due(on: time.today, limit: 1)
            let headAfterwards = try await store.head()
            return position == head && due.isEmpty && headAfterwards == head
        }
    }
}

struct NeverHappened: Error {
    var what: String
}
