import ArgumentParser
import CaseBench
import CaseFile
import CaseService
import Foundation
import Postgres
import PostgresLedger
import RuleFiles

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure this installation; ops/bench calls it with everything it needs.",
        discussion: "Fills and measures databases: give it none that anybody needs.",
        subcommands: [
            BenchAppend.self, BenchHTTP.self, BenchRebuild.self, BenchLag.self,
            BenchQuery.self, BenchPrivacy.self, BenchAlign.self, BenchSize.self, BenchGenerate.self,
        ])
}

/// What every measure is told.
struct BenchOptions: ParsableArguments {
    @OptionGroup var data: DataOption
    @Option(help: "Directory of PostgreSQL's programs, for the references.")
    var tools: String?
    @Option(help: "URI of a database with the table plain_rows, for pgbench.")
    var plain: String?
    @Option(help: "URI of a database with message-db in it, for pgbench.")
    var messageDb: String?
    @Option(help: "How often ours and the references take turns.")
    var rounds = 3
    @Option(help: "Seconds of a turn.")
    var seconds = 5.0
    @Option(help: "Callers or connections at the same time.")
    var callers = 64

    func plan() throws -> BenchPlan {
        func reference(_ uri: String?) -> PgBench? {
            guard let tools, let uri else { return nil }
            return PgBench(program: tools + "/pgbench", database: uri)
        }
        return BenchPlan(
            rounds: rounds, turn: .seconds(seconds), callers: callers, plain: reference(plain),
            messageDB: reference(messageDb), rules: try RuleFiles.book()
        ) { line in FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }

    /// One measurement a line.
    func print(_ measurements: [CaseBench.Measurement]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for measurement in measurements {
            FileHandle.standardOutput.write(try encoder.encode(measurement) + Data("\n".utf8))
        }
    }
}

struct BenchAppend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append", abstract: "Durable single-event appends beside INSERT and message-db.")

    @OptionGroup var options: BenchOptions

    func run() async throws {
        let measurements = try await Assembly(await options.data.settings(), as: .service).withPool { assembly in
            try await AppendMeasure(pool: assembly.pool, plan: options.plan()).run()
        }
        try options.print(measurements)
    }
}

/// What measures of the running service share.
struct BenchServiceOptions: ParsableArguments {
    @OptionGroup var options: BenchOptions
    @Option(help: "Port for the service.")
    var port = 18_080

    typealias Tokens = @Sendable (CaseFile.Actor) async throws -> String

    func measure(
        _ body: @Sendable (ServiceUnderLoad, Assembly, @escaping Tokens) async throws -> [CaseBench.Measurement]
    ) async throws {
        let settings = try await options.data.settings()
        let key = try TokenKeys.developmentKey(settings)
        let service = ServiceUnderLoad(
            program: ProcessInfo.processInfo.arguments[0], dataDirectory: options.data.directory, port: port)
        let measurements = try await Assembly(settings, as: .service).withPool { assembly in
            try await body(service, assembly) { try await key.token(for: $0, lifetime: 86_400) }
        }
        try options.print(measurements)
    }

    static func filler(_ assembly: Assembly) throws -> LedgerFiller {
        LedgerFiller(
            pool: assembly.pool, masterKeys: try MasterKeyFile.load(assembly.settings),
            rules: try assembly.settings.rules(), clock: assembly.clock, logger: assembly.logger)
    }
}

struct BenchHTTP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http", abstract: "Durable commands over HTTP beside message-db.")

    @OptionGroup var service: BenchServiceOptions

    func run() async throws {
        try await service.measure { service, assembly, token in
            try await HTTPMeasure(
                service: service, filler: try BenchServiceOptions.filler(assembly), plan: self.service.options.plan(),
                token: token
            ).run()
        }
    }
}

struct BenchRebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "All views from all events beside COPY.")

    @OptionGroup var options: BenchOptions

    func run() async throws {
        let settings = try await options.data.settings()
        guard let tools = options.tools else { throw ValidationError("--tools has to name psql's directory.") }
        let events = try await Assembly(settings, as: .worker, connections: 1).withPool { try await $0.store.head() }
        try options.print(
            try await RebuildMeasure(
                program: ProcessInfo.processInfo.arguments[0], dataDirectory: options.data.directory,
                psql: tools + "/psql", database: settings.databaseURL(), events: Int(events), plan: options.plan()
            ).run())
    }
}

struct BenchLag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag", abstract: "From recording to the views of all offices.")

    @OptionGroup var service: BenchServiceOptions
    @Option(help: "Commands a second.")
    var rate = 500.0

    func run() async throws {
        try await service.measure { service, assembly, token in
            try await LagMeasure(
                service: service, filler: try BenchServiceOptions.filler(assembly), pool: assembly.pool,
                plan: self.service.options.plan(), perSecond: rate, token: token
            ).run()
        }
    }
}

struct BenchQuery: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Worklist pages over HTTP.")

    @OptionGroup var service: BenchServiceOptions
    @Option(help: "How many cases the views hold, for the record.")
    var cases: Int

    func run() async throws {
        try await service.measure { service, _, token in
            try await QueryMeasure(service: service, plan: self.service.options.plan(), cases: cases, token: token)
                .run()
        }
    }
}

struct BenchPrivacy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "Pages and commands beside the same without what protects them.",
        discussion: "Leaves events behind that no program can read: for a database that is thrown away.")

    @OptionGroup var options: BenchOptions
    @Option(help: "How many cases the views hold, for the record.")
    var cases: Int

    func run() async throws {
        let settings = try await options.data.settings()
        let measurements = try await Assembly(settings, as: .service).withPool { assembly in
            let owner = PostgresPool(
                PostgresConfiguration(uri: try settings.databaseURL(), statementTimeout: nil), size: 1,
                logger: assembly.logger)
            return try await PrivacyMeasure(
                pool: assembly.pool, owner: owner, masterKeys: try MasterKeyFile.load(settings), plan: options.plan(),
                cases: cases
            ).run()
        }
        try options.print(measurements)
    }
}

struct BenchAlign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "align", abstract: "Bringing measures into step beside HiGHS.")

    @OptionGroup var options: BenchOptions
    @Option(help: "A Python that has scipy, for the reference.")
    var python: String?

    func run() async throws {
        try options.print(try await AlignMeasure(python: python, plan: options.plan()).run())
    }
}

struct BenchSize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size", abstract: "Appends into a large ledger beside a small one; fills both.")

    @OptionGroup var options: BenchOptions
    @Option(help: "URI of the small ledger's database; the large one's is DATABASE_URL.")
    var small: String
    @Option(help: "How many events the small one gets.")
    var smallEvents = 100_000
    @Option(help: "How many events the large one gets.")
    var largeEvents = 10_000_000

    func run() async throws {
        let settings = try await options.data.settings()
        try options.print(
            try await SizeMeasure(
                small: small, smallEvents: smallEvents, large: settings.databaseURL(), largeEvents: largeEvents,
                plan: options.plan()
            ).run())
    }
}

struct BenchGenerate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Fill the ledger with invented cases, at bulk speed.")

    @OptionGroup var data: DataOption
    @Option(help: "How many cases.")
    var cases = 1000
    @Option(help: "The number that everything invented is derived from.")
    var seed: UInt64 = 1

    func run() async throws {
        let settings = try await data.settings()
        let filled = try await Assembly(settings, as: .service).withPool { assembly in
            try await LedgerFiller(
                pool: assembly.pool, masterKeys: try MasterKeyFile.load(settings), rules: try settings.rules(),
                clock: assembly.clock, logger: assembly.logger
            ).fill(cases: cases, seed: seed) { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
        }
        print("\(filled.cases) cases filled in; the ledger has \(filled.events) events.")
    }
}
