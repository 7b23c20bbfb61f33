import DequeModule

/// What waits for the ledger and what is on its way: group commit as a value that does no I/O.
///
/// Commands that arrive while a batch is in flight form the next batch. A batch holds at most one command per stream, in
/// the order of arrival, so that no command waits behind a conflict that its own neighbour causes.
///
/// Where more than one batch may be in flight, the database works on one while the next is made up and sent. A further
/// batch leaves only when it is worth a round trip, and holds no stream that is in flight already.
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
        /// The command waits for a batch in flight to end, or for more company.
        case waiting
        /// Send this batch now.
        case send([Entry])
    }

    private let capacity: Int
    private let batchLimit: Int
    private let flightLimit: Int
    private let companions: Int
    private var waiting: Deque<Entry> = []
    private var inFlight = 0
    private var streamsInFlight: Set<StreamName> = []

    /// Nothing waits, nothing is on its way.
    ///
    /// - Parameters:
    ///   - capacity: how many may wait.
    ///   - batchLimit: how many travel together at most.
    ///   - flightLimit: how many batches are on their way at most.
    ///   - companions: how many have to wait before a batch leaves while another is on its way.
    init(capacity: Int, batchLimit: Int, flightLimit: Int = 1, companions: Int = 1) {
        self.capacity = capacity
        self.batchLimit = batchLimit
        self.flightLimit = max(1, flightLimit)
        self.companions = max(1, companions)
    }

    var depth: Int { waiting.count }

    mutating func admit(_ command: AppendCommand, ticket: Ticket) -> Admission {
        guard waiting.count < capacity else { return .refused }
        waiting.append(Entry(ticket: ticket, command: command))
        guard let batch = nextBatch() else { return .waiting }
        return .send(batch)
    }

    /// A batch in flight has its verdicts; answers the next batch, or `nil` when there is none to send now.
    ///
    /// - Parameter batch: the one that ended; may be left out where only one is in flight.
    mutating func batchEnded(_ batch: [Entry] = []) -> [Entry]? {
        inFlight -= 1
        if inFlight == 0 {
            streamsInFlight.removeAll(keepingCapacity: true)
        } else {
            for entry in batch {
                for write in entry.command.writes { streamsInFlight.remove(write.stream) }
            }
        }
        return nextBatch()
    }

    /// Takes a caller who gave up out of the queue; `false` when the command is already on its way.
    mutating func withdraw(_ ticket: Ticket) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return false }
        waiting.remove(at: index)
        return true
    }

    private mutating func nextBatch() -> [Entry]? {
        guard inFlight < flightLimit, waiting.count >= (inFlight == 0 ? 1 : companions) else { return nil }
        let batch = takeBatch()
        guard !batch.isEmpty else { return nil }
        inFlight += 1
        return batch
    }

    private mutating func takeBatch() -> [Entry] {
        var batch: [Entry] = []
        var passedOver: [Entry] = []
        var touched = streamsInFlight
        while batch.count < batchLimit, let entry = waiting.popFirst() {
            let writes = entry.command.writes
            // A stream that was passed over counts as touched, or a later command on it would overtake an earlier one.
            if writes.contains(where: { touched.contains($0.stream) }) {
                passedOver.append(entry)
            } else {
                batch.append(entry)
                for write in writes { streamsInFlight.insert(write.stream) }
            }
            for write in writes { touched.insert(write.stream) }
        }
        waiting.prepend(contentsOf: passedOver)
        return batch
    }
}
