import CaseViews
import Logging
import PostgresLedger

/// Sees to it that the views are of this program's version: builds them anew beside an older version's, and finishes
/// rebuilds whose process is gone.
///
/// Where the views are of a newer version this worker stands down, and says so once.
struct RebuildKeeper: Sendable {
    /// How long it may take until a version or an orphaned rebuild is noticed.
    private static let pause = Duration.seconds(2)
    /// How long to wait after a rebuild that cannot go on, at first and at most.
    private static let patience = (least: Duration.seconds(5), most: Duration.seconds(300))

    let rebuild: ViewRebuild
    let projections: ProjectionStore
    let viewVersion: Int
    let logger: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var hasStoodDown = false
        var complaint = ""
        var patience = Self.patience.least
        while !Task.isCancelled {
            do {
                let found = try await projections.status(CaseViewProjector.name)?.viewVersion ?? 0
                if found > viewVersion {
                    if !hasStoodDown {
                        logger.notice(
                            "stands down: the views are of a newer version",
                            metadata: ["found": "\(found)", "own": "\(viewVersion)"])
                    }
                    hasStoodDown = true
                } else if found > 0, found < viewVersion {
                    try await build(.all, because: "the views are of version \(found)")
                } else if let views = try await orphan() {
                    try await build(views, because: "a rebuild was left unfinished")
                }
                (complaint, patience) = ("", Self.patience.least)
                try await Task.sleep(for: Self.pause)
            } catch is CancellationError {
                return
            } catch let error as RebuildError {
                // Said once: it is on record as an alarm for as long as it lasts.
                if complaint != "\(error)" {
                    logger.error("the rebuild does not go on", metadata: ["reason": "\(error)"])
                }
                complaint = "\(error)"
                try? await Task.sleep(for: patience)
                patience = min(patience * 2, Self.patience.most)
            } catch {
                logger.warning("the rebuild begins again", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// The views of a rebuild that nobody leads.
    private func orphan() async throws -> Set<ViewName>? {
        guard let views = try await rebuild.unfinished() else { return nil }
        // Whoever leads it renews the lease all the time; whoever has ended in good order has given it back.
        let isLed = try await projections.isHeld(ViewRebuild.name)
        return isLed ? nil : views
    }

    private func build(_ views: Set<ViewName>, because reason: String) async throws {
        logger.notice("builds the views anew", metadata: ["reason": "\(reason)"])
        let report = try await rebuild.run(views)
        logger.notice(
            "the new views are live", metadata: ["edition": "\(report.edition)", "position": "\(report.position)"])
    }
}
