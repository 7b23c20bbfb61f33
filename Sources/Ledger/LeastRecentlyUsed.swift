/// A dictionary of bounded weight that lets go of what was not asked for the longest time.
///
/// Two generations instead of a linked list: what is asked for moves to the young one; when that is full it becomes the
/// old one, and the old one goes. Between half and all of the capacity is kept, at the price of two lookups. A value that
/// weighs more than half of the capacity is kept all the same, until two generations have passed.
package struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        var weight: Int
    }

    private let generationWeight: Int
    private var young: [Key: Entry] = [:]
    private var old: [Key: Entry] = [:]
    private var youngWeight = 0

    /// An empty cache.
    ///
    /// - Parameter capacity: how much all values may weigh together; where no weights are given, how many there may be.
    package init(capacity: Int) {
        generationWeight = max(1, capacity / 2)
    }

    package var count: Int { young.count + old.keys.count { young[$0] == nil } }

    /// What all values weigh together.
    package var weight: Int { youngWeight + old.values.reduce(0) { $0 + $1.weight } }

    package mutating func value(for key: Key) -> Value? {
        if let entry = young[key] { return entry.value }
        guard let entry = old.removeValue(forKey: key) else { return nil }
        set(entry.value, for: key, weight: entry.weight)
        return entry.value
    }

    /// Removes a value and answers it.
    package mutating func take(_ key: Key) -> Value? {
        let kept = old.removeValue(forKey: key)
        guard let entry = young.removeValue(forKey: key) else { return kept?.value }
        youngWeight -= entry.weight
        return entry.value
    }

    package mutating func set(_ value: Value, for key: Key, weight: Int = 1) {
        old[key] = nil
        let replaced = young.updateValue(Entry(value: value, weight: weight), forKey: key)
        youngWeight += weight - (replaced?.weight ?? 0)
        guard youngWeight >= generationWeight else { return }
        old = young
        young = [:]
        youngWeight = 0
    }

    package mutating func remove(_ key: Key) {
        if let entry = young.removeValue(forKey: key) { youngWeight -= entry.weight }
        old[key] = nil
    }
}
