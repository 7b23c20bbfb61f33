import DequeModule

/// What waits for the ledger and what is on its way: group commit as a value that does no I/O.
///
/// Commands that arrive while a batch is in flight form the next batch. A batch holds at most one command per stream, in
/// the order of arrival, so that no command waits behind a conflict that its own neighbour causes.
struct AppendQueueState: Sendable {
    /// Names one waiting caller.
    typealias Ticket = UInt64

    struct Entry: Sendable {
        var ticket: Ticket
        var command: AppendCommand
    }

    enum Admission: Sendable {
        /// The queue is full; nothing was taken.
        case refused
        /// The command waits for the batch in flight to end.
        case waiting
        /// Send this batch now.
        case send([Entry])
    }

    private let capacity: Int
    private let batchLimit: Int
    private var waiting: Deque<Entry> = []
    private var isInFlight = false

    init(capacity: Int, batchLimit: Int) {
        self.capacity = capacity
        self.batchLimit = batchLimit
    }

    var depth: Int { waiting.count }

    mutating func admit(_ command: AppendCommand, ticket: Ticket) -> Admission {
        guard waiting.count < capacity else { return .refused }
        waiting.append(Entry(ticket: ticket, command: command))
        guard !isInFlight else { return .waiting }
        isInFlight = true
        return .send(takeBatch())
    }

    /// The batch in flight has its verdicts; answers the next batch, or `nil` when nobody waits.
    mutating func batchEnded() -> [Entry]? {
        guard !waiting.isEmpty else {
            isInFlight = false
            return nil
        }
        return takeBatch()
    }

    /// Takes a caller who gave up out of the queue; `false` when the command is already on its way.
    mutating func withdraw(_ ticket: Ticket) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return false }
        waiting.remove(at: index)
        return true
    }

    private mutating func takeBatch() -> [Entry] {
        var batch: [Entry] = []
        var passedOver: Deque<Entry> = []
        var touched: Set<StreamName> = []
        while batch.count < batchLimit, let entry = waiting.popFirst() {
            let streams = entry.command.writes.map(\.stream)
            // A stream that was passed over counts as touched, or a later command on it would overtake an earlier one.
            if touched.isDisjoint(with: streams) { batch.append(entry) } else { passedOver.append(entry) }
            touched.formUnion(streams)
        }
        waiting = passedOver + waiting
        return batch
    }
}
