import Ledger

/// Tells what happened to rows that are not what was sealed at their positions: whether they were changed, come from
/// another position, or were put there.
struct MovedEvents {
    /// What is kept of rows that may be elsewhere is limited.
    private static let limit = 20_000
    private static let byteLimit = 64 << 20
    /// How many hashes finding out may cost.
    private static let budget = 2_000_000

    private struct Misfit {
        var position: Position
        /// The row at the position; `nil` if there is none.
        var leaf: [UInt8]?
        /// What was sealed there; `nil` after the end of what is sealed.
        var sealed: MerkleHash?
    }

    private var misfits: [Misfit] = []
    private var bytes = 0
    /// Whether there were more than can be told.
    private(set) var isCutShort = false

    /// Whether another row's bytes would be kept.
    var hasRoom: Bool { misfits.count < Self.limit && bytes < Self.byteLimit }

    var isEmpty: Bool { misfits.isEmpty }

    /// Takes note of a row that is not what was sealed at its position, or of its absence.
    mutating func add(_ position: Position, leaf: [UInt8]?, sealed: MerkleHash?) {
        guard hasRoom else {
            isCutShort = true
            return
        }
        bytes += leaf?.count ?? 0
        misfits.append(Misfit(position: position, leaf: leaf, sealed: sealed))
    }

    /// What happened, by position.
    func damages() -> [LedgerDamage] {
        let (origins, places) = match()
        return misfits.enumerated().compactMap { index, misfit in
            let position = misfit.position
            func damage(_ kind: LedgerDamage.Kind, _ sentence: String) -> LedgerDamage {
                LedgerDamage(position: position, kind: kind, sentence: sentence)
            }
            if let origin = origins[index] {
                let whereabouts = "the event here was sealed as position \(origin)"
                guard misfit.sealed != nil, places[position] == nil else { return damage(.eventMoved, whereabouts) }
                return damage(.eventRemoved, "the event that was sealed here is gone; \(whereabouts)")
            }
            guard misfit.sealed != nil else { return nil }
            if let place = places[position] {
                return misfit.leaf == nil
                    ? nil : damage(.eventInserted, "never sealed; what was sealed here is now at position \(place)")
            }
            return misfit.leaf == nil
                ? damage(.eventRemoved, "the event that was sealed here is gone")
                : damage(.eventChanged, "the row is not what was sealed")
        }
    }

    /// For rows by their place in the list, the positions they were sealed as; for sealed positions, where they are now.
    private func match() -> (origins: [Int: Position], places: [Position: Position]) {
        var sealed: [Position: MerkleHash] = [:]
        for misfit in misfits { sealed[misfit.position] = misfit.sealed }
        var (origins, places) = ([Int: Position](), [Position: Position]())
        var (shift, cost) = (Position(0), 0)
        for (index, misfit) in misfits.enumerated() {
            guard let leaf = misfit.leaf else { continue }
            func comes(from position: Position) -> Bool {
                guard position != misfit.position, let hash = sealed[position], places[position] == nil,
                    cost < Self.budget
                else { return false }
                cost += 1
                return MerkleHash(ofLeaf: EventLeaf.moved(leaf, to: position)) == hash
            }
            // Rows that make room for another one all move alike.
            let near = [misfit.position + shift, misfit.position - 1, misfit.position + 1]
            guard let origin = near.first(where: comes) ?? sealed.keys.first(where: comes) else { continue }
            shift = origin - misfit.position
            origins[index] = origin
            places[origin] = misfit.position
        }
        return (origins, places)
    }
}
