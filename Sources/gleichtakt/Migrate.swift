import ArgumentParser
import CaseViews
import Postgres
import PostgresLedger

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to this version: roles, tables, functions. Safe to repeat.")

    @OptionGroup var data: DataOption

    func run() async throws {
        let settings = try await data.settings()
        let report = try await Migrator(uri: settings.databaseURL(), logger: settings.makeLogger("gleichtakt"))
            .migrate()
        for line in report.lines { print(line) }
        // The views belong to the worker, who builds them.
        try await Assembly(settings, as: .worker, connections: 1).withPool { assembly in
            try await assembly.pool.withTransaction { try await CaseViewSchema.create(on: $0) }
        }
    }
}
