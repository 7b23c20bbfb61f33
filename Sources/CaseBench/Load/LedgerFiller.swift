import CaseCommands
public import CaseTiming
import DemoRegion
import Foundation
public import Ledger
public import Logging
public import Postgres
import PostgresLedger

/// Fills a database with the cases of an invented region: every command goes through the real deciders and every person's
/// data is sealed as in production; only HTTP is left out, and many commands are committed together.
public struct LedgerFiller: Sendable {
    /// How much was filled in.
    public struct Filled: Hashable, Sendable {
        /// Participants, a case each.
        public var cases: Int
        /// Events in the ledger, with those that were there.
        public var events: Int
    }

    private let pool: PostgresPool
    private let masterKeys: MasterKeyring
    private let rules: RuleBook
    private let clock: LedgerClock
    private let logger: Logger

    /// A filler of the ledger behind `pool`, to which nobody else writes meanwhile.
    public init(
        pool: PostgresPool, masterKeys: MasterKeyring, rules: RuleBook, clock: LedgerClock, logger: Logger
    ) {
        self.pool = pool
        self.masterKeys = masterKeys
        self.rules = rules
        self.clock = clock
        self.logger = logger
    }

    /// Fills in that many cases, told from those of other regions by their seed.
    ///
    /// - Parameters:
    ///   - foundationsOnly: whether only the areas, partners and offers are made.
    ///   - keepsFindings: whether what is out of step is found as the worker would have found it day by day.
    ///   - progress: told now and then how many events there are.
    public func fill(
        cases: Int, seed: UInt64, foundationsOnly: Bool = false, keepsFindings: Bool = true,
        progress: @Sendable (String) -> Void = { _ in }
    ) async throws -> Filled {
        let store = PostgresEventStore(pool: pool)
        let keys = BulkKeyStore(store: PostgresKeyStore(pool: pool))
        let ledger = BulkLedger(store: store, keys: keys)
        let handler = CommandHandler(
            store: ledger, appender: ledger, vault: Vault(store: keys, masterKeys: masterKeys),
            rules: rules, clock: clock, logger: logger)
        let region = Self.region(cases: cases, seed: seed, today: clock.today)
        for command in region.foundations { _ = try await handler.handle(CommandScript.request(command)) }
        if !foundationsOnly {
            let keeper =
                keepsFindings
                ? FindingKeeper(handler: handler, clock: clock, thresholds: .init(), namesEvents: false) : nil
            try await Self.tell(region, to: handler, keeper, progress)
        }
        try await ledger.flush()
        return Filled(cases: foundationsOnly ? 0 : cases, events: Int(try await store.head()))
    }

    /// The invented region of that many participants.
    static func region(cases: Int, seed: UInt64, today: CalendarDate) -> DemoRegion {
        DemoRegion(seed: seed, participants: cases, households: max(1, cases * 2 / 5), today: today)
    }

    /// Several households at a time: while one batch is written, the next is decided.
    private static func tell(
        _ region: DemoRegion, to handler: CommandHandler, _ keeper: FindingKeeper?,
        _ progress: @Sendable (String) -> Void
    ) async throws {
        var told = 0
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (index, lane) in region.lanes.enumerated() {
                if index >= 4 { told += try await group.next() ?? 0 }
                if index % 2000 == 1999 { progress("\(told) commands carried out") }
                group.addTask {
                    var watch = keeper.map { LaneWatch(keeper: $0, today: region.today) }
                    for command in lane {
                        let request = try CommandScript.request(command)
                        try await watch?.advance(to: request)
                        _ = try await handler.handle(request)
                    }
                    try await watch?.finish()
                    return lane.count
                }
            }
            try await group.waitForAll()
        }
    }
}
