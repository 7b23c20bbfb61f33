import DequeModule

/// Which lines of an import may be carried out now.
///
/// Every line claims what it is about: some of it for itself, such as its stream, some together with others, such as the
/// area that many registrations name. Whoever comes later waits for whoever claimed the same before, so lines of one
/// stream keep the file's order and all others run side by side. Claims are granted in the file's order and all at once
/// asked for, so nobody waits in a circle. A plain state machine: it starts nothing by itself.
struct ImportSchedule: Sendable {
    /// What a line is about.
    struct Claims: Hashable, Sendable {
        /// What no other line may be about at the same time.
        var alone: Set<String> = []
        /// What other lines may look at, too. What is claimed alone counts as that only.
        var shared: Set<String> = []
    }

    private struct Place {
        private var holders = 0
        private var isHeldAlone = false
        private var waiting: Deque<(number: Int, isAlone: Bool)> = []

        var isFree: Bool { holders == 0 && waiting.isEmpty }

        /// Whether the claim is granted at once; it waits otherwise.
        mutating func claim(_ number: Int, alone: Bool) -> Bool {
            if waiting.isEmpty, grant(alone: alone) { return true }
            waiting.append((number, alone))
            return false
        }

        /// Gives one claim up, and answers whose are granted by that.
        mutating func release() -> [Int] {
            holders -= 1
            if holders == 0 { isHeldAlone = false }
            var granted: [Int] = []
            while let first = waiting.first, grant(alone: first.isAlone) {
                granted.append(waiting.removeFirst().number)
            }
            return granted
        }

        private mutating func grant(alone: Bool) -> Bool {
            guard holders == 0 || !alone && !isHeldAlone else { return false }
            holders += 1
            isHeldAlone = alone
            return true
        }
    }

    private var places: [String: Place] = [:]
    private var claims: [Int: Claims] = [:]
    private var missing: [Int: Int] = [:]

    /// Takes a line into account; numbers have to grow.
    ///
    /// - Returns: whether it may be carried out at once.
    mutating func add(_ number: Int, _ claims: Claims) -> Bool {
        var claims = claims
        claims.shared.subtract(claims.alone)
        var ungranted = 0
        for name in claims.alone where !places[name, default: Place()].claim(number, alone: true) { ungranted += 1 }
        for name in claims.shared where !places[name, default: Place()].claim(number, alone: false) { ungranted += 1 }
        self.claims[number] = claims
        if ungranted > 0 { missing[number] = ungranted }
        return ungranted == 0
    }

    /// Takes note that a line is done.
    ///
    /// - Returns: the lines that may be carried out now, in their order.
    mutating func finish(_ number: Int) -> [Int] {
        guard let done = claims.removeValue(forKey: number) else { return [] }
        var ready: [Int] = []
        for name in done.alone.union(done.shared) { release(name, &ready) }
        return ready.sorted()
    }

    private mutating func release(_ name: String, _ ready: inout [Int]) {
        guard let granted = places[name]?.release() else { return }
        if places[name]?.isFree == true { places[name] = nil }
        for number in granted {
            missing[number, default: 1] -= 1
            guard missing[number] == 0 else { continue }
            missing[number] = nil
            ready.append(number)
        }
    }
}
