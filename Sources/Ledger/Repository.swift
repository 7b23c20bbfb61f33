public import Foundation
import Synchronization

/// Current states of streams: a bounded cache by version, and the way to bring one up to date.
///
/// States are weighed by the bytes of the events they are folded from, so that a few long streams cannot take the memory
/// of many short ones.
public final class Repository<D: Decider>: Sendable {
    /// A state and the version of the stream it stands for.
    public struct Snapshot: Sendable {
        /// The state after `version` events.
        public var state: D.State
        /// How many events the state contains.
        public var version: Int
        /// The position of the last of them, 0 if there is none.
        public var position: Position
        /// How many bytes the events have.
        public var bytes = 0
    }

    /// What this repository's events are.
    public typealias DomainFact = Fact<D.Event, D.Authorship>

    private let store: any EventStore
    private let vault: Vault
    private let codec: EventCodec<D.Event>
    private let cache: Mutex<LeastRecentlyUsed<StreamName, Snapshot>>

    /// A repository over `store`.
    ///
    /// - Parameter capacity: how many bytes of events the states in memory are folded from at most.
    public init(store: any EventStore, vault: Vault, capacity: Int = 16 << 20) {
        self.store = store
        self.vault = vault
        codec = EventCodec(vault: vault)
        cache = Mutex(LeastRecentlyUsed(capacity: capacity))
        vault.onErasure { [weak self] subject in self?.forget(Self.stream(subject.lowercaseString)) }
    }

    /// The stream of `id` in this repository's category.
    public static func stream(_ id: String) -> StreamName { StreamName(category: D.Event.category, id: id) }

    /// The state of a stream as this process last knew it, read from the store if it never did.
    ///
    /// It may lag behind other processes; an append with its version then answers a conflict.
    public func remembered(_ stream: StreamName) async throws -> Snapshot {
        try await vault.noticeErasures()
        if let snapshot = cache.withLock({ $0.value(for: stream) }) { return snapshot }
        return try await current(stream)
    }

    /// The states of several streams as this process last knew them; those it never knew are read in one step.
    public func remembered(_ streams: Set<StreamName>) async throws -> [StreamName: Snapshot] {
        try await vault.noticeErasures()
        var snapshots = known(streams)
        let unknown = streams.filter { snapshots[$0] == nil }
        if !unknown.isEmpty { snapshots.merge(try await current(unknown)) { _, current in current } }
        return snapshots
    }

    /// The state of a stream now: what is remembered plus the stream's tail.
    public func current(_ stream: StreamName) async throws -> Snapshot {
        try await vault.noticeErasures()
        let erased = vault.erasedSoFar
        var snapshot = cache.withLock { $0.value(for: stream) } ?? Self.empty
        try await extend(&snapshot, of: stream, with: store.read(stream, after: snapshot.version, through: nil))
        keep(snapshot, for: stream, since: erased)
        return snapshot
    }

    /// The states of several streams now; their tails are read in one step.
    public func current(_ streams: Set<StreamName>) async throws -> [StreamName: Snapshot] {
        try await vault.noticeErasures()
        let erased = vault.erasedSoFar
        var snapshots = known(streams)
        for stream in streams where snapshots[stream] == nil { snapshots[stream] = Self.empty }
        let tails = try await store.read(snapshots.mapValues(\.version), through: nil)
        for (stream, tail) in tails {
            var snapshot = snapshots[stream] ?? Self.empty
            try await extend(&snapshot, of: stream, with: tail)
            snapshots[stream] = snapshot
        }
        for (stream, snapshot) in snapshots { keep(snapshot, for: stream, since: erased) }
        return snapshots
    }

    /// The state that a stream had at a position of the ledger; leaves the cache alone.
    public func replay(
        _ stream: StreamName, through position: Position? = nil,
        where isIncluded: (RecordedEvent) -> Bool = { _ in true }
    ) async throws -> Snapshot {
        var snapshot = Self.empty
        try await extend(
            &snapshot, of: stream, with: store.read(stream, after: 0, through: position).filter(isIncluded))
        return snapshot
    }

    /// The states that several streams had at a position of the ledger, read in one step; leaves the cache alone.
    ///
    /// - Returns: the states by stream, empty ones included.
    public func replay(
        _ streams: Set<StreamName>, through position: Position? = nil,
        where isIncluded: (RecordedEvent) -> Bool = { _ in true }
    ) async throws -> [StreamName: Snapshot] {
        let events = try await store.read(streams, through: position)
        var snapshots: [StreamName: Snapshot] = [:]
        for stream in streams {
            var snapshot = Self.empty
            try await extend(&snapshot, of: stream, with: (events[stream] ?? []).filter(isIncluded))
            snapshots[stream] = snapshot
        }
        return snapshots
    }

    /// Takes facts that were just appended into what is remembered of their stream.
    ///
    /// - Parameter bytes: how many bytes their events have.
    public func absorb(_ facts: [DomainFact], bytes: Int, into stream: StreamName) {
        cache.withLock { cache in
            // Taken out while it changes, so that it is changed in place and not copied first.
            guard let first = facts.first, var snapshot = cache.take(stream) else { return }
            // Folded anew when it is asked for.
            if facts.contains(where: { D.erases($0.event) }) { return }
            if first.version == snapshot.version + 1 {
                Self.fold(&snapshot, facts)
                snapshot.bytes += bytes
            }
            cache.set(snapshot, for: stream, weight: Self.weight(of: snapshot))
        }
    }

    /// Forgets a stream, e.g. after an erasure.
    public func forget(_ stream: StreamName) {
        cache.withLock { $0.remove(stream) }
    }

    /// The bytes of events that are to be appended.
    public func encode(
        _ events: [D.Event], to stream: StreamName, command id: UUID, firstOrdinal: Int
    ) async throws -> [ProposedEvent] {
        var proposed: [ProposedEvent] = []
        for (index, event) in events.enumerated() {
            proposed.append(
                try await codec.encode(event, stream: stream, command: id, ordinal: firstOrdinal + index))
        }
        return proposed
    }

    /// The state of a stream without events.
    public static var empty: Snapshot { Snapshot(state: D.initial, version: 0, position: 0) }

    /// Takes facts into a snapshot.
    public static func fold(_ snapshot: inout Snapshot, _ facts: [DomainFact]) {
        for fact in facts {
            D.evolve(&snapshot.state, with: fact)
            snapshot.version = fact.version
            snapshot.position = fact.position
        }
    }

    private func extend(_ snapshot: inout Snapshot, of stream: StreamName, with tail: [RecordedEvent]) async throws {
        guard let last = tail.last else { return }
        let facts = try await codec.decode(tail, as: D.Authorship.self)
        if snapshot.version > 0, facts.contains(where: { D.erases($0.event) }) {
            // The key went with that event, perhaps within a moment in which it is still remembered here.
            if let subject = stream.subject { vault.forget(subject) }
            snapshot = Self.empty
            try await extend(&snapshot, of: stream, with: store.read(stream, after: 0, through: last.position))
            return
        }
        Self.fold(&snapshot, facts)
        // An event that means nothing today counts all the same.
        snapshot.version = last.version
        snapshot.position = last.position
        for index in tail.indices { snapshot.bytes += tail[index].contentSize }
    }

    /// What was folded before an erasure became known, and is stored after it, would stay for good.
    private func keep(_ snapshot: Snapshot, for stream: StreamName, since erased: Int64) {
        cache.withLock { cache in
            guard vault.erasedSoFar == erased else { return }
            if let known = cache.value(for: stream), known.version >= snapshot.version { return }
            cache.set(snapshot, for: stream, weight: Self.weight(of: snapshot))
        }
    }

    private func known(_ streams: Set<StreamName>) -> [StreamName: Snapshot] {
        cache.withLock { cache in
            streams.reduce(into: [:]) { known, stream in known[stream] = cache.value(for: stream) }
        }
    }

    /// An empty state takes its place too.
    private static func weight(of snapshot: Snapshot) -> Int { 256 + snapshot.bytes }
}

extension RecordedEvent {
    /// How many bytes the event's content has.
    var contentSize: Int { payload.count + (personal?.count ?? 0) }
}

extension ProposedEvent {
    /// How many bytes the event's content has.
    public var contentSize: Int { payload.count + (personal?.count ?? 0) }
}
