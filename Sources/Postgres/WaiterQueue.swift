/// First come, first served, and everybody may leave at any time. Identifiers grow in the order of arrival.
struct WaiterQueue: Sendable {
    typealias ID = PoolStateMachine.WaiterID
    typealias Instant = PoolStateMachine.Instant

    private struct Entry: Sendable {
        let id: ID
        let deadline: Instant
        var isPresent = true
    }

    private var entries: [Entry] = []
    /// Entries before it are gone. They are dropped from time to time, so that leaving costs little however long the
    /// queue.
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ id: ID, deadline: Instant) {
        entries.append(Entry(id: id, deadline: deadline))
        count += 1
    }

    /// Lets somebody in at the front who was there before.
    mutating func prepend(_ id: ID, deadline: Instant) {
        dropAbsent()
        entries.insert(Entry(id: id, deadline: deadline), at: head)
        count += 1
    }

    mutating func popFirst() -> ID? {
        dropAbsent()
        guard head < entries.count else { return nil }
        let id = entries[head].id
        entries[head].isPresent = false
        count -= 1
        dropAbsent()
        return id
    }

    mutating func remove(_ id: ID) -> Bool {
        guard let index = entries[head...].firstIndex(where: { $0.id == id && $0.isPresent }) else { return false }
        entries[index].isPresent = false
        count -= 1
        dropAbsent()
        return true
    }

    mutating func removeExpired(now: Instant) -> [ID] {
        var expired: [ID] = []
        for index in entries[head...].indices where entries[index].isPresent && entries[index].deadline <= now {
            entries[index].isPresent = false
            expired.append(entries[index].id)
        }
        count -= expired.count
        dropAbsent()
        return expired
    }

    mutating func removeAll() -> [ID] {
        defer { self = WaiterQueue() }
        return entries[head...].filter(\.isPresent).map(\.id)
    }

    /// The earliest deadline.
    var firstDeadline: Instant? {
        entries[head...].first(where: \.isPresent)?.deadline
    }

    private mutating func dropAbsent() {
        while head < entries.count, !entries[head].isPresent { head += 1 }
        if head > 64 && head * 2 > entries.count {
            entries.removeSubrange(..<head)
            head = 0
        }
    }
}
