import ArgumentParser

/// The command line. Each subcommand only puts rooms together; what they know stays in the rooms.
@main
struct Gleichtakt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gleichtakt",
        abstract: "Case management that keeps a job centre, a youth office and a social office in step.",
        subcommands: [
            Serve.self, Work.self, Migrate.self, Rebuild.self, Replay.self, Verify.self, Import.self, Export.self,
            Token.self, Erase.self, AccessReportCommand.self,
            Keys.self, Timing.self, Demo.self, Bench.self,
        ])
}
