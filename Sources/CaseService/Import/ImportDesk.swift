/// Where those who work on an import meet: one who reads lines, many who carry them out, and one who writes the verdicts.
///
/// It bounds what an import holds in memory. Whoever reads waits for room, and room is made when verdicts are written, so
/// a client that does not read its verdicts, or a slow ledger, holds up the client's sending.
actor ImportDesk {
    /// Something that happened.
    enum Arrival: Sendable {
        /// Lines were read.
        case lines([LineSplitter.Line])
        /// There are no more lines.
        case end
        /// Reading failed.
        case failure(any Error)
        /// The line of that number was carried out.
        case verdict(Int, ImportVerdict)
    }

    /// What one line weighs at least, in bytes: it costs more than its text.
    private static let leastWeight = 512

    private let capacity: Int
    private var used = 0
    private var isClosed = false
    private var arrivals: [Arrival] = []
    private var reader: CheckedContinuation<Void, Never>?
    private var writer: CheckedContinuation<Void, Never>?

    /// A desk with room for that many bytes of lines.
    init(capacity: Int) {
        self.capacity = capacity
    }

    static func weight(of line: LineSplitter.Line) -> Int {
        switch line {
        case .bytes(let bytes): max(leastWeight, bytes.count)
        case .tooLong: leastWeight
        }
    }

    /// Hands lines over, and waits until there is room for more. For the one who reads.
    func put(_ lines: [LineSplitter.Line]) async {
        used += lines.reduce(0) { $0 + Self.weight(of: $1) }
        put(.lines(lines))
        while used > capacity, !isClosed { await withCheckedContinuation { reader = $0 } }
    }

    func put(_ arrival: Arrival) {
        arrivals.append(arrival)
        writer?.resume()
        writer = nil
    }

    /// Makes room when a line's verdict is written.
    func makeRoom(_ weight: Int) {
        used -= weight
        guard used <= capacity else { return }
        reader?.resume()
        reader = nil
    }

    /// All that happened since this was asked last, and at least one thing. For the one who writes.
    func take() async -> [Arrival] {
        while arrivals.isEmpty { await withCheckedContinuation { writer = $0 } }
        defer { arrivals = [] }
        return arrivals
    }

    /// Lets nobody wait any more: the import is over.
    func close() {
        isClosed = true
        reader?.resume()
        reader = nil
    }
}
