/// What the machine is told, what it remembers, and what it answers.
extension ConnectionStateMachine {
    /// What the server is expected to answer, in order.
    enum Step: Sendable, Equatable {
        /// A statement being prepared, for the execution in `slot`.
        case prepare(StatementCache.ID, slot: Int)
        /// An execution whose outcome goes to `slot`; `statement` when it is a prepared one.
        case execute(slot: Int, statement: StatementCache.ID?)
        /// The end of an implicit transaction, and of the skipping after an error.
        case sync
    }

    enum Conversation: Sendable, Equatable {
        /// Statements of the extended protocol, in libpq's pipeline mode.
        case pipeline([Step])
        /// One text of the simple protocol.
        case script
        /// A COPY with data from us.
        case copyIn
        /// A COPY with data for us.
        case copyOut
    }

    /// One `PGresult`, or `end` for the absence of one.
    enum Reply: Sendable, Equatable {
        case rows
        case command
        case copyIn
        case copyOut
        case sync
        case skipped
        case failed(ServerError)
        case end
    }

    enum State: Sendable {
        case idle
        case exchanging(Exchange)
        case closed(PostgresError)
    }

    struct Exchange: Sendable {
        let id: ExchangeID
        var phase: Phase
        var cancellation: Cancellation = .none
        /// Prepared in this exchange, in vain.
        var failedStatements: [StatementCache.ID: PostgresError] = [:]
        /// An execution was interrupted as we asked.
        var wasInterrupted = false
        var cancelRequests = 0
    }

    enum Phase: Sendable, Equatable {
        /// Chosen to go next; the statements are being handed to libpq.
        case starting
        /// `next` is the step that is to be answered; `ends` counts replies of `end` in a row.
        case pipeline([Step], next: Int, ends: Int)
        case script(PostgresError?)
        /// The COPY statement was sent; data may flow once the server agrees.
        case copyOpening(Direction, PostgresError?)
        case copying(Direction)
        /// All data is through; the verdict is to come.
        case copyClosing(PostgresError?, answered: Bool)
        /// Everything was answered, with this failure; only the cancel request is still under way.
        case answered(PostgresError?)
    }

    enum Direction: Sendable, Equatable {
        case `in`
        case out
    }

    enum Cancellation: Sendable, Equatable {
        case none
        /// The cancel request is on its way.
        case requested
        /// The server has received the cancel request, and may not have acted on it yet.
        case delivered
    }

    enum SubmitAction: Equatable {
        /// Hand it to libpq now, then call `started`.
        case send
        /// It will be named by a later `ExchangeEnd.next`.
        case wait
        case reject(PostgresError)
    }

    enum ReplyAction: Equatable {
        /// Nothing to tell; ask for the next reply.
        case proceed
        /// A statement could not be prepared.
        case forget(StatementCache.ID)
        /// The current result belongs to `slot`.
        case deliver(slot: Int)
        /// The statement of `slot` failed.
        case fail(slot: Int, PostgresError)
        /// Data may flow.
        case startCopying
        /// Everything was answered.
        case finish(ExchangeEnd)
        /// Everything was answered, but the cancel request is not over: wait for `cancelDelivered`.
        case awaitCancel
        /// The session cannot be used any longer.
        case lose(PostgresError)
    }

    /// How an exchange ended, and which one goes next (hand it to libpq, then call `started`).
    struct ExchangeEnd: Equatable {
        var id: ExchangeID
        /// The failure of the exchange as a whole; a pipeline's failures belong to its slots.
        var error: PostgresError?
        var next: ExchangeID?
    }

    enum CancelAction: Equatable {
        /// It was over already.
        case none
        /// It never began; tell its caller that it was cancelled.
        case withdraw
        /// Send a cancel request, then call `cancelDelivered`; after a while, `cancelOverdue`.
        case request
    }

    enum DeliveryAction: Equatable {
        case none
        /// The exchange had waited for this.
        case finish(ExchangeEnd)
        /// It goes on: after a moment, call `cancelAgain`.
        case remind
    }
}
