public import Ledger

/// One thing that every store must do, whatever it keeps events in.
///
/// Each case gets an empty store of its own.
public struct LedgerCase: Sendable, CustomStringConvertible {
    /// What is promised, in a sentence.
    public let description: String
    /// Checks it on an empty store.
    public let run: @Sendable (any EventStore) async throws -> Void

    init(_ description: String, _ run: @escaping @Sendable (any EventStore) async throws -> Void) {
        self.description = description
        self.run = run
    }

    /// All cases.
    public static let all = verdicts + batches + reads + concurrency + histories + evolution
}
