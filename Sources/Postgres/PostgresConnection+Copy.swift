extension PostgresConnection {
    /// Takes the data of a COPY FROM STDIN to the server; suspends while the server is slower.
    public struct CopyWriter: Sendable {
        fileprivate let session: PostgresSession
        fileprivate let exchange: PostgresSession.ExchangeID

        /// Sends a piece of the data, cut wherever it suits.
        ///
        /// - Throws: `cancelled`, or `connectionLost`, also when the server takes nothing for longer than a statement may
        ///   take. What the server thinks of the data is known at the end.
        public nonisolated(nonsending) func write(_ bytes: [UInt8]) async throws(PostgresError) {
            try await session.write(bytes, exchange)
        }
    }

    /// Executes a `COPY … FROM STDIN` with the data that `body` writes, in the format that the statement names.
    ///
    /// - Returns: how many rows were copied.
    /// - Throws: what `body` throws, and then nothing was copied; `server`, when a row is refused, and then nothing was
    ///   copied either.
    @discardableResult
    public nonisolated(nonsending) func copyIn(
        _ sql: String, _ body: nonisolated(nonsending) (CopyWriter) async throws -> Void
    ) async throws -> Int {
        let id = try await openCopy(sql, Request.copyIn)
        do {
            try await body(CopyWriter(session: session, exchange: id))
        } catch {
            _ = try? await session.endCopy(.in, failure: "the client gave up", id, shielded: true)
            throw error
        }
        return try await session.endCopy(.in, id)
    }

    /// Executes a `COPY … FROM STDIN` with the data of a sequence.
    ///
    /// - Returns: how many rows were copied.
    /// - Throws: what the sequence throws, and `server`; either way nothing was copied.
    @discardableResult
    public nonisolated(nonsending) func copyIn<Chunks: AsyncSequence>(
        _ sql: String, _ chunks: Chunks
    ) async throws -> Int where Chunks.Element == [UInt8] {
        try await copyIn(sql) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// Executes a `COPY … TO STDOUT` and hands its data over in the format that the statement names: pieces of about 64
    /// KiB that end where a row ends. The server waits while `receive` takes its time.
    ///
    /// - Returns: how many rows were copied.
    /// - Throws: what `receive` throws, after the COPY was cancelled; `server`, when it fails.
    @discardableResult
    public nonisolated(nonsending) func copyOut(
        _ sql: String, _ receive: nonisolated(nonsending) ([UInt8]) async throws -> Void
    ) async throws -> Int {
        let id = try await openCopy(sql, Request.copyOut)
        do {
            while let chunk = try await session.read(id, shielded: false) {
                try await receive(chunk)
            }
        } catch {
            await session.abandonCopyOut(id)
            throw error
        }
        return try await session.endCopy(.out, id)
    }

    private nonisolated(nonsending) func openCopy(
        _ sql: String, _ request: (String) -> Request
    ) async throws(PostgresError) -> PostgresSession.ExchangeID {
        try checkLease()
        try Self.checkText(sql)
        try await settleBegin()
        let id = session.newExchange()
        switch await session.exchange(request(sql), id: id) {
        case .ready: return id
        case .finished: throw .invalidUse("not a COPY statement")
        case .failed(let error): throw error
        }
    }
}
