public import CaseCommands

/// What carries out commands: the command handler, or something that stands for it in a test.
public protocol CommandHandling: Sendable {
    /// Carries out one request, entirely or not at all.
    func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt
}

extension CommandHandler: CommandHandling {}
