/// What a session is asked to do.
enum Request: Sendable {
    /// Statements of the extended protocol, sent together. With `isolated`, each is a transaction of its own, so that
    /// its failure leaves its neighbours alone; else all of them are one.
    case pipeline([BoundStatement], isolated: Bool)
    /// One text of the simple protocol.
    case script(String)
    case copyIn(String)
    case copyOut(String)
}

/// A statement with its parameters.
struct BoundStatement: Sendable {
    let statement: Statement
    let parameters: Parameters

    init(_ statement: Statement, _ values: [any PostgresEncodable]) throws(PostgresError) {
        self.statement = statement
        self.parameters = try Parameters(values)
    }

    init(_ statement: Statement) {
        self.statement = statement
        self.parameters = .none
    }
}

/// Why a suspended caller goes on.
enum Wakeup: Sendable {
    /// The exchange is over; one outcome per statement.
    case finished([Result<Rows, PostgresError>])
    /// A COPY can go on.
    case ready
    /// The exchange failed as a whole.
    case failed(PostgresError)
}

typealias Waiter = CheckedContinuation<Wakeup, Never>

/// What is to be done once the session's lock is free again.
struct Effects {
    private var first: (Waiter, Wakeup)?
    private var others: [(Waiter, Wakeup)] = []
    var cancel: (request: CancelRequest, exchange: ConnectionStateMachine.ExchangeID)?
    /// An exchange that is to be cancelled once more if it does not end soon.
    var reminder: ConnectionStateMachine.ExchangeID?
    /// After how long to look whether the server has answered.
    var vigil: Duration?
    var lost: PostgresError?

    mutating func resume(_ waiter: Waiter, _ wakeup: Wakeup) {
        if first == nil {
            first = (waiter, wakeup)
        } else {
            others.append((waiter, wakeup))
        }
    }

    func resumeWaiters() {
        if let first { first.0.resume(returning: first.1) }
        for (waiter, wakeup) in others { waiter.resume(returning: wakeup) }
    }
}
