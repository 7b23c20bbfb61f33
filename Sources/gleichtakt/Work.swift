import ArgumentParser
import CaseWorker
import Ledger
import ServiceLifecycle
import UnixSignals

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the worker: views, findings, timing and sealing. Any number may run side by side.")

    @OptionGroup var data: DataOption

    func run() async throws {
        let settings = try await data.settings()
        let terms = try settings.alignmentTerms()
        let assembly = try Assembly(settings, as: .worker)
        // Views are built as one role, and what is decided is recorded as another: neither can do both.
        let recording = try Assembly(settings, as: .appender)
        let sealKeys = try SealKeyFile.prepared(settings)
        // What timing finds at the same time commits together, as it does in the service.
        let queue = AppendQueue(store: recording.store, batchLimit: 32, logger: assembly.logger)
        let worker = CaseWorker(
            pool: assembly.pool, store: assembly.store, vault: recording.vault,
            handler: recording.makeHandler(rules: try settings.rules(), appender: queue),
            clock: assembly.clock, thresholds: assembly.thresholds, terms: terms,
            policy: try settings.unhandledEvents(),
            sealKeys: { try sealKeys.read() }, readLogDays: settings.readLogDays,
            logger: assembly.logger)
        try await ServiceGroup(
            services: [PoolService(pool: assembly.pool), PoolService(pool: recording.pool), worker],
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: assembly.logger
        ).run()
    }
}
