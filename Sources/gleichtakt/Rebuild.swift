import ArgumentParser
import CaseViews
import Foundation
import Ledger
import PostgresLedger
import Synchronization

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Build views anew beside the live ones, and swap them in.",
        discussion: """
            Commands and queries go on meanwhile, with or without a worker. Views: \
            \(ViewName.allCases.map(\.rawValue).joined(separator: ", ")); all of them if none is named, and only then \
            streams that were parked are taken up again. An interrupted rebuild goes on where it was; a second process \
            that is asked for the same views helps the first.
            """)

    @OptionGroup var data: DataOption
    @Argument(help: "The views to build; all if absent.")
    var views: [ViewName] = []
    @Option(
        help: "What to do about an event that cannot be handled: stop or park; GLEICHTAKT_UNHANDLED_EVENTS, else stop.")
    var policy: UnhandledEventPolicy?
    @Option(help: "How many pieces are worked on at the same time.")
    var tasks = 3
    @Flag(help: "Give up a rebuild that is not finished, and build nothing.")
    var abandon = false

    func validate() throws {
        guard (1...32).contains(tasks) else { throw ValidationError("--tasks has to be 1 to 32.") }
        guard !abandon || views.isEmpty else { throw ValidationError("--abandon takes no views.") }
    }

    func run() async throws {
        let settings = try await data.settings()
        let policy = try policy ?? settings.unhandledEvents()
        try await Assembly(settings, as: .worker, connections: tasks + 4).withPool { assembly in
            let rebuild = ViewRebuild(
                pool: assembly.pool, store: assembly.store, vault: assembly.vault,
                options: ViewRebuild.Options(policy: policy, tasks: tasks), logger: assembly.logger)
            if abandon {
                print(try await rebuild.abandon() ? "The rebuild was given up." : "No rebuild is under way.")
                return
            }
            let display = ProgressDisplay()
            let report: RebuildReport
            do {
                report = try await rebuild.run(views.isEmpty ? .all : Set(views)) { display.show($0) }
            } catch let error as RebuildError {
                display.end()
                throw Failure(error.description)
            }
            display.end()
            print(Self.summary(of: report))
        }
    }

    private static func summary(of report: RebuildReport) -> String {
        guard report.isLeader else {
            return "Edition \(report.edition) is live at position \(report.position); another process led it."
        }
        let whole = report.planning + report.filling + report.indexing + report.swapping
        let parts = [
            ("planning", report.planning), ("filling", report.filling), ("indexing", report.indexing),
            ("swapping", report.swapping),
        ].map { "\($0) \(seconds($1))" }.joined(separator: ", ")
        return "Edition \(report.edition) is live at position \(report.position): \(report.events) events in "
            + "\(seconds(whole)) (\(parts))."
    }

    private static func seconds(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 2)))
    }
}

/// Shows how far long work has come: one line that changes on a terminal, a line for every tenth otherwise.
final class ProgressDisplay: Sendable {
    private struct Shown {
        var phase: RebuildRecord.Phase?
        var tenth: Int64 = -1
    }

    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private let shown = Mutex(Shown())

    func show(_ progress: RebuildProgress) {
        shown.withLock { shown in
            let (done, all) =
                progress.phase == .filling
                ? (progress.eventsDone, progress.events) : (progress.position, progress.goal)
            let tenth = all > 0 ? done * 10 / all : 0
            guard isTerminal || shown.phase != progress.phase || tenth > shown.tenth else { return }
            (shown.phase, shown.tenth) = (progress.phase, tenth)
            let amount =
                switch progress.phase {
                case .filling: ": \(done) of \(all) events"
                case .catchingUp: ": position \(done) of \(all)"
                default: ""
                }
            let line = "edition \(progress.edition), \(progress.phase.rawValue)\(amount)"
            // Standard output keeps lines back when it is no terminal.
            print(isTerminal ? "\r\u{1B}[K\(line)" : line, terminator: isTerminal ? "" : "\n")
            fflush(nil)
        }
    }

    func end() {
        if isTerminal, shown.withLock({ $0.phase != nil }) { print() }
    }
}
