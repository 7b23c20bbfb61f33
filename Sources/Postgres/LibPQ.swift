internal import CLibPQ

/// A `PGconn` and the calls we make on it.
///
/// Unchecked, because libpq wants one thread at a time on a connection: `PostgresSession` calls it under its lock only.
final class LibPQ: @unchecked Sendable {
    let connection: OpaquePointer

    /// libpq refers to it without owning it.
    private let notices: NoticeLog

    init(_ connection: OpaquePointer, _ notices: NoticeLog) {
        self.connection = connection
        self.notices = notices
    }

    deinit {
        PQfinish(connection)
    }

    var isBroken: Bool { PQstatus(connection) == CONNECTION_BAD }
    var socket: Int32 { PQsocket(connection) }
    var errorMessage: String { PQerrorMessage(connection).map { String(cString: $0).trimmedMessage } ?? "" }
    var farewell: ServerError? { notices.farewell }
    var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }
    var hasFailedTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_INERROR }

    /// Reads what has arrived. False when the connection is broken.
    func consumeInput() -> Bool { PQconsumeInput(connection) == 1 }

    /// Whether the next reply has not arrived completely.
    var isBusy: Bool { PQisBusy(connection) == 1 }

    enum Flush { case complete, pending, failed }

    func flush() -> Flush {
        switch PQflush(connection) {
        case 0: .complete
        case 1: .pending
        default: .failed
        }
    }

    /// Switches between the extended protocol, always pipelined, and the simple one. Local to libpq; nothing is sent.
    func setPipelining(_ on: Bool) -> Bool {
        let isOn = PQpipelineStatus(connection) != PQ_PIPELINE_OFF
        if on == isOn { return true }
        return (on ? PQenterPipelineMode(connection) : PQexitPipelineMode(connection)) == 1
    }

    func sendSimple(_ sql: String) -> Bool { PQsendQuery(connection, sql) == 1 }

    func sendSync() -> Bool { PQpipelineSync(connection) == 1 }

    func sendPrepare(_ name: String, _ sql: String, types: [UInt32]) -> Bool {
        PQsendPrepare(connection, name, sql, Int32(truncatingIfNeeded: types.count), types) == 1
    }

    /// Executes a prepared statement, or an unprepared text when there is no name, with binary parameters and results.
    func sendExecution(name: String?, sql: String, _ parameters: Parameters) -> Bool {
        let count = parameters.types.count
        let wire = Int32(truncatingIfNeeded: count)
        if count == 0 {
            return if let name {
                PQsendQueryPrepared(connection, name, 0, nil, nil, nil, 1) == 1
            } else {
                PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 1) == 1
            }
        }
        return parameters.bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                    // An empty value needs an address too, because no address means NULL.
                    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1) { nothing in
                        nothing.initialize(repeating: 0)
                        var offset = 0
                        for index in 0..<count {
                            let length = Int(parameters.lengths[index])
                            let start = bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
                            let present = length > 0 ? start : UnsafePointer(nothing.baseAddress)
                            values.initializeElement(at: index, to: length < 0 ? nil : present)
                            formats.initializeElement(at: index, to: 1)
                            offset += max(0, length)
                        }
                        return if let name {
                            PQsendQueryPrepared(
                                connection, name, wire, values.baseAddress, parameters.lengths, formats.baseAddress, 1)
                                == 1
                        } else {
                            PQsendQueryParams(
                                connection, sql, wire, parameters.types, values.baseAddress, parameters.lengths,
                                formats.baseAddress, 1) == 1
                        }
                    }
                }
            }
        }
    }

    /// The next reply, which must have arrived.
    func nextReply() -> (ConnectionStateMachine.Reply, QueryResult?) {
        guard let pointer = PQgetResult(connection) else { return (.end, nil) }
        let result = QueryResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: return (.rows, result)
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return (.command, result)
        case PGRES_COPY_IN: return (.copyIn, result)
        case PGRES_COPY_OUT: return (.copyOut, result)
        case PGRES_PIPELINE_SYNC: return (.sync, result)
        case PGRES_PIPELINE_ABORTED: return (.skipped, result)
        default: return (.failed(result.serverError()), result)
        }
    }

    /// Queues data of a COPY. False when the connection is broken.
    func putCopyData(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return PQputCopyData(connection, start, Int32(truncatingIfNeeded: bytes.count)) == 1
    }

    /// Ends a COPY's data, or makes it fail for the given reason. False when the connection is broken.
    func putCopyEnd(failure: String?) -> Bool {
        PQputCopyEnd(connection, failure) == 1
    }

    enum CopyData { case appended, notYet, end, failed }

    /// Appends the next message of a COPY, usually a row, if it has arrived.
    func getCopyData(into bytes: inout [UInt8]) -> CopyData {
        var buffer: UnsafeMutablePointer<CChar>?
        let count = PQgetCopyData(connection, &buffer, 1)
        defer { if let buffer { PQfreemem(buffer) } }
        switch count {
        case 0: return .notYet
        case -1: return .end
        case let count where count > 0:
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(count)))
            return .appended
        default: return .failed
        }
    }

    /// What is needed to ask the server to interrupt the current statement.
    func cancelRequest() -> CancelRequest? {
        PQgetCancel(connection).map(CancelRequest.init)
    }
}

/// Owns a `PGcancel`. Unchecked, because libpq never changes it and documents `PQcancel` as safe from any thread.
final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Opens a connection of its own and blocks until the server has taken note. Not for a cooperative thread.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
