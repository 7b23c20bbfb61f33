public import Ledger
public import Postgres

extension PostgresError {
    /// Why rows cannot be stored as they are, whenever it is tried: a value too long for an index, a text that is none, a
    /// constraint that does not hold. `nil` for every other failure.
    public var refusalOfRows: String? {
        switch self {
        case .encoding(let reason): "its rows cannot be sent: \(reason)"
        case .server(let error):
            // Data exception, integrity constraint violation, program limit exceeded. And "internal error", which is what
            // some types' binary input says of a value that is too long (tsvectorrecv).
            ["22", "23", "54"].contains(error.sqlState.errorClass) || error.sqlState == .internalError
                ? "its rows are refused (SQLSTATE \(error.sqlState))" : nil
        default: nil
        }
    }
}

/// Thrown out of a transaction that was only to show whether it could be committed.
struct Rehearsed: Error {}

extension PostgresPool {
    /// Whether what `body` writes is refused, and why. Nothing of it stays.
    ///
    /// - Throws: what `body` throws, but for refusals.
    nonisolated(nonsending) func refusal(
        of body: nonisolated(nonsending) (PostgresConnection) async throws -> Void
    ) async throws -> String? {
        do {
            let _: Void = try await withTransaction { connection in
                try await body(connection)
                throw Rehearsed()
            }
            return nil
        } catch is Rehearsed {
            return nil
        } catch let error as PostgresError {
            guard let reason = error.refusalOfRows else { throw error }
            return reason
        }
    }
}

extension CaseViewProjector {
    /// The first event of a page after which rows are refused, and why; `nil` when none is.
    ///
    /// Found by halving: up to the event before it the page is taken, and with it it is not. Nothing is written, and all
    /// states are forgotten.
    ///
    /// - Throws: as ``apply(_:on:)`` does, but for refusals.
    public func firstRefused(
        of page: [RecordedEvent], in pool: PostgresPool
    ) async throws -> (event: RecordedEvent, reason: String)? {
        guard var reason = try await refusal(of: page, in: pool) else { return nil }
        var (taken, refused) = (0, page.count)
        while refused - taken > 1 {
            let middle = (taken + refused) / 2
            if let found = try await refusal(of: Array(page.prefix(middle)), in: pool) {
                (refused, reason) = (middle, found)
            } else {
                taken = middle
            }
        }
        return (page[refused - 1], reason)
    }

    private func refusal(of page: [RecordedEvent], in pool: PostgresPool) async throws -> String? {
        discard()
        defer { discard() }
        return try await pool.refusal { connection in _ = try await self.apply(page, on: connection) }
    }
}
