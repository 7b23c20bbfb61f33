import CaseCommands
import CaseTiming
import CaseViews
import Ledger
import Logging
import Postgres
import PostgresLedger

/// Goes through timing's agenda: looks at each case and household that is due, and keeps its findings.
///
/// One that cannot be looked at, because an event of it cannot be read or what is found is refused, rests longer each time
/// and is an alarm until it succeeds: it keeps no other one waiting.
struct FindingWatch: Sendable {
    /// How many scopes are taken from the agenda at once.
    private static let limit = 50

    let agenda: TimingAgenda
    let keeper: FindingKeeper
    let projections: ProjectionStore
    let clock: LedgerClock
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        await LeasedTask(name: TimingAgenda.name, projections: projections, logger: logger).run { _ in
        } step: { _ in
            try await step()
        }
    }

    private func step() async throws -> LeasedTask.Outcome {
        let due = try await agenda.due(on: clock.today, limit: Self.limit)
        guard !due.isEmpty else { return .idle }
        let outcomes = await keeper.keep(Set(due.map(\.scope)))
        try Task.checkCancellation()
        var finished: [(entry: TimingAgenda.Entry, until: CalendarDate?)] = []
        var failed: [(entry: TimingAgenda.Entry, error: any Error)] = []
        for entry in due {
            switch outcomes[entry.scope] {
            case .success(let day): finished.append((entry, day))
            // Something happened meanwhile, so it stays on the agenda, or is put there anew.
            case .failure(CommandFailure.versionConflict), nil: break
            case .failure(let error): failed.append((entry, error))
            }
        }
        try await agenda.finish(finished)
        for (entry, error) in failed {
            guard let reason = Self.fault(of: error) else { throw error }
            try await postpone(entry, because: reason)
        }
        // What comes in meanwhile can wait until there is more of it.
        return due.count < Self.limit ? .idle : .worked
    }

    private func postpone(_ entry: TimingAgenda.Entry, because reason: String) async throws {
        let rest = try await agenda.postpone(entry, because: reason)
        logger.log(
            // Said once as an error; it is on record as an alarm for as long as it lasts.
            level: entry.attempts == 0 ? .error : .info, "timing cannot look at a case or household",
            metadata: [
                "scope": "\(entry.scope)", "reason": "\(reason)", "attempts": "\(entry.attempts + 1)",
                "retryAfter": "\(rest)",
            ])
    }

    /// What is wrong with a scope, in words without anybody's data; `nil` for a failure that is not the scope's.
    private static func fault(of error: any Error) -> String? {
        switch error {
        case is CancellationError, LedgerError.unavailable, LedgerError.overloaded, CommandFailure.unavailable,
            CommandFailure.overloaded:
            nil
        case let error as PostgresError:
            // Whether it is the database's or the scope's matter cannot be told otherwise.
            error.refusalOfRows
        case LedgerError.unreadable(let position, let reason):
            "the event at position \(position) cannot be read: \(reason)"
        case CommandFailure.rejected(let rejection): "what was found is rejected: \(rejection.rule)"
        case CommandFailure.forbidden(let sentence): "what was found is refused: \(sentence)"
        default: "it fails with \(type(of: error))"
        }
    }
}
