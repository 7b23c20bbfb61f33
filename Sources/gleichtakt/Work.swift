import ArgumentParser
import CaseWorker
import ServiceLifecycle
import UnixSignals

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the worker: views, findings and timing. Any number may run side by side.")

    @OptionGroup var data: DataOption

    func run() async throws {
        let settings = try await data.settings()
        let assembly = try Assembly(settings, as: .worker)
        let worker = CaseWorker(
            pool: assembly.pool, store: assembly.store, vault: assembly.vault, handler: assembly.makeHandler(),
            clock: assembly.clock, thresholds: assembly.thresholds, policy: try settings.unhandledEvents(),
            logger: assembly.logger)
        try await ServiceGroup(
            services: [PoolService(pool: assembly.pool), worker],
            gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: assembly.logger
        ).run()
    }
}
