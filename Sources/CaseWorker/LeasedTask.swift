import Foundation
import Logging
import PostgresLedger

/// Something that one worker among many does at a time: it holds a lease, and lets go of it when it stops.
///
/// Whatever goes wrong, the loop begins again after a pause, and another worker may be faster. The lease's generation is
/// what keeps two of them from writing, not this loop.
struct LeasedTask: Sendable {
    let name: String
    let projections: ProjectionStore
    let logger: Logger
    /// How long the lease lasts without renewal; a killed worker is replaced after that long.
    var lifetime: Duration = .seconds(5)
    /// How long to wait when there is nothing to do.
    var pause: Duration = .milliseconds(40)

    /// Runs `step` again and again while holding the lease, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - begin: called whenever the lease was won, and after every failure, before the first step.
    ///   - step: does one piece of work; answers `false` when there was nothing to do.
    func run(begin: (Lease) async throws -> Void, step: (Lease) async throws -> Bool) async {
        let holder = UUID().uuidString
        var failures = 0
        while !Task.isCancelled {
            do {
                guard let lease = try await projections.acquire(name, holder: holder, lifetime: lifetime) else {
                    try await Task.sleep(for: lifetime / 5)
                    continue
                }
                try await begin(lease)
                try await drive(lease, step) { failures = 0 }
            } catch is CancellationError {
                break
            } catch {
                failures += 1
                logger.warning("\(name) begins again", metadata: ["error": "\(error)", "failures": "\(failures)"])
                try? await Task.sleep(for: min(.milliseconds(100) * (1 << min(failures, 6)), .seconds(5)))
            }
        }
    }

    private func drive(
        _ lease: Lease, _ step: (Lease) async throws -> Bool, succeeded: () -> Void
    ) async throws {
        var renewal = ContinuousClock.now + lifetime / 3
        do {
            while !Task.isCancelled {
                if ContinuousClock.now >= renewal {
                    try await projections.renew(lease, lifetime: lifetime)
                    renewal = ContinuousClock.now + lifetime / 3
                }
                if try await !step(lease) { try await Task.sleep(for: pause) }
                succeeded()
            }
        } catch is CancellationError {
            // Whoever comes next need not wait for the lease to run out.
        }
        await Task { try? await projections.release(lease) }.value
    }
}
