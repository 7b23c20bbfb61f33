import Logging
import PostgresLedger

/// Keeps the ledger sealed: takes what was recorded into the Merkle tree and signs its root, about once a second.
///
/// More often would make checkpoints of a few events each, and they are kept for ever.
struct Sealing: Sendable {
    let sealer: Sealer
    let projections: ProjectionStore
    let logger: Logger

    /// Seals until the task is cancelled.
    func run() async {
        await LeasedTask(name: Sealer.name, projections: projections, logger: logger, pause: .seconds(1)).run { _ in
            try await sealer.begin()
        } step: { lease in
            try await sealer.seal(under: lease) ? .worked : .idle
        }
    }
}
