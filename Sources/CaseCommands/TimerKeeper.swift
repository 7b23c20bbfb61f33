import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Fires the timers of a case or household on their day, in the order of their days, each once.
///
/// Timers are durable because they are not kept: they follow from what is recorded, and timing's agenda holds the next day on
/// which one of a scope fires, earlier days first, a few scopes at a time when a worker that was away catches up. What fires
/// is a command with an identifier derived from the timer, and counts from the timer's day, whenever somebody works again.
struct TimerKeeper: Sendable {
    let handler: CommandHandler
    let clock: LedgerClock

    private static let worker = Actor(subject: "timing", role: .worker)

    /// Fires what is due in a scope.
    ///
    /// - Returns: whether something fired, after which the scope is another; and the next day, Europe/Berlin, on which
    ///   something will, `nil` for never.
    /// - Throws: what the handler throws.
    func keep(_ sight: TimingSight) async throws -> (hasFired: Bool, next: CalendarDate?) {
        let today = clock.today
        let timers = sight.cases.flatMap { id, snapshot in snapshot.state.timers(of: id).map { (timer: $0, id: id) } }
            .sorted { ($0.timer, $0.id) < ($1.timer, $1.id) }
        let due = timers.prefix { $0.timer.firesOn <= today }
        for (timer, id) in due {
            let name = "timer \(timer.kind.rawValue) \(timer.subject.lowercaseString) \(timer.firesOn)"
            _ = try await handler.handle(
                CommandRequest(
                    target: .caseFile(id, timer.command), id: UUID(derivedFrom: id, name), effectiveOn: timer.firesOn,
                    actor: Self.worker, cause: timer.kind.rawValue))
        }
        return (!due.isEmpty, timers.dropFirst(due.count).first?.timer.firesOn)
    }
}
