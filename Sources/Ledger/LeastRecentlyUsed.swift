/// A dictionary of bounded size that lets go of what was not asked for the longest time.
///
/// Two generations instead of a linked list: what is asked for moves to the young one; when that is full it becomes the
/// old one, and the old one goes. Between half and all of the capacity is kept, at the price of two lookups.
package struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let generationSize: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    package init(capacity: Int) {
        generationSize = max(1, capacity / 2)
    }

    package var count: Int { young.count + old.keys.count { young[$0] == nil } }

    package mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        set(value, for: key)
        return value
    }

    /// Removes a value and answers it.
    package mutating func take(_ key: Key) -> Value? {
        let kept = old.removeValue(forKey: key)
        return young.removeValue(forKey: key) ?? kept
    }

    package mutating func set(_ value: Value, for key: Key) {
        young[key] = value
        guard young.count >= generationSize else { return }
        old = young
        young = [:]
    }

    package mutating func remove(_ key: Key) {
        young[key] = nil
        old[key] = nil
    }
}
