import Foundation
import Logging
import PostgresLedger

/// Something that one worker among many does at a time: it holds a lease, and lets go of it when it stops.
///
/// Whatever goes wrong, the loop begins again after a pause, and another worker may be faster. The lease's generation is
/// what keeps two of them from writing, not this loop.
struct LeasedTask: Sendable {
    /// What a step says of what comes next.
    enum Outcome: Sendable {
        /// There may be more to do.
        case worked
        /// There was nothing to do.
        case idle
        /// There is something that cannot be done at the moment.
        case stuck
    }

    let name: String
    let projections: ProjectionStore
    let logger: Logger
    /// Which version of the view this worker writes; it stands down where the rows are of another one.
    var viewVersion: Int?
    /// How long the lease lasts without renewal; a killed worker is replaced after that long.
    var lifetime: Duration = .seconds(5)
    /// How long to wait when there is nothing to do.
    var pause: Duration = .milliseconds(40)

    /// Runs `step` again and again while holding the lease, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - begin: called whenever the lease was won, and after every failure, before the first step.
    ///   - step: does one piece of work.
    func run(begin: (Lease) async throws -> Void, step: (Lease) async throws -> Outcome) async {
        let holder = UUID().uuidString
        var failures = 0
        while !Task.isCancelled {
            do {
                let lease = try await projections.acquire(
                    name, holder: holder, lifetime: lifetime, viewVersion: viewVersion)
                guard let lease else {
                    try await Task.sleep(for: lifetime / 5)
                    continue
                }
                try await begin(lease)
                try await drive(lease, step) { failures = 0 }
            } catch is CancellationError {
                break
            } catch let error as ProjectionError {
                // Somebody else goes on with it, or tables were swapped in: nothing is wrong.
                logger.info("\(name) begins again", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: pause)
            } catch {
                failures += 1
                logger.warning("\(name) begins again", metadata: ["error": "\(error)", "failures": "\(failures)"])
                try? await Task.sleep(for: min(.milliseconds(100) * (1 << min(failures, 6)), .seconds(5)))
            }
        }
    }

    private func drive(
        _ lease: Lease, _ step: (Lease) async throws -> Outcome, succeeded: () -> Void
    ) async throws {
        var renewal = ContinuousClock.now + lifetime / 3
        do {
            while !Task.isCancelled {
                if ContinuousClock.now >= renewal {
                    try await projections.renew(lease, lifetime: lifetime)
                    renewal = ContinuousClock.now + lifetime / 3
                }
                switch try await step(lease) {
                case .worked: break
                case .idle: try await Task.sleep(for: pause)
                case .stuck: try await Task.sleep(for: lifetime / 4)
                }
                succeeded()
            }
        } catch is CancellationError {
            // Whoever comes next need not wait for the lease to run out.
        }
        await Task { try? await projections.release(lease) }.value
    }
}
