import Ledger

/// Compares events with what was sealed of them, tile by tile in the order of their positions.
///
/// Three witnesses speak of every event: the row itself, the hash that was stored when it was sealed, and the signed roots
/// over both. Where row and stored hash differ, the roots decide which of them was changed.
struct SealScan {
    /// A checkpoint that was kept elsewhere.
    struct Foreign {
        var name: String
        var checkpoint: Checkpoint
        var wasSeen = false
    }

    /// What is known of the events of one tile.
    struct Tile {
        var index: Int64
        /// The hashes of the rows; `nil` where there is none.
        var rows: [MerkleHash?]
        /// Rows that differ from the stored tile, as far as they are kept.
        var leaves: [Position: [UInt8]]
        var stored: StoredTile?
        /// What the tile above says of this one.
        var upper: MerkleHash?
        /// Checkpoints whose sizes lie in this tile.
        var checkpoints: [StoredCheckpoint]

        /// The position before the first one.
        var start: Position { index * Int64(MerkleTile.width) }
    }

    /// Differences that a root has not decided yet.
    private struct Open {
        var position: Position
        var row: MerkleHash?
        var leaf: [UInt8]?
        var sealed: MerkleHash
        /// The tile that has the stored hash; `nil` while only checkpoints have it.
        var tile: Int64?
        /// Whether the row is taken for right.
        var believesRow: Bool
    }

    /// Leaves between two roots: as they are believed to be, and as they would be if the other witness were right.
    private struct Piece {
        var believed: [MerkleHash]
        var otherwise: [MerkleHash]
    }

    private let sealed: Position
    private var foreign: [Foreign]

    /// The tree as it is believed to be; `nil` once a leaf is not known at all.
    private var tree: MerkleFrontier? = MerkleFrontier()
    /// The tree at the last root that was confirmed, and what came since, as long as there is something to decide.
    private var base = MerkleFrontier()
    private var pieces: [Piece] = []
    private var undecided = 0
    private var open: [Open] = []
    private var confirmed: Position = 0
    /// Checkpoints since then whose roots are others.
    private var contradicting: [Position] = []
    /// By level, the roots of the tiles that the next tile of the level above consists of.
    private var roots: [[MerkleHash]] = []

    private(set) var moved = MovedEvents()
    private(set) var damages: [LedgerDamage] = []

    /// - Parameter sealed: up to which position the database says that it is sealed.
    init(sealed: Position, foreign: [Foreign]) {
        self.sealed = sealed
        // The tree without leaves is the beginning of every tree.
        self.foreign = foreign.filter { $0.checkpoint.size > 0 }
    }

    /// Takes what is found since the last time.
    mutating func takeDamages() -> [LedgerDamage] {
        defer { damages = [] }
        return damages
    }

    // MARK: Tiles

    /// Takes in the next tile.
    mutating func take(_ tile: Tile, upperTiles: [MerkleTile.Place: StoredTile]) {
        let stored = storedHashes(of: tile)
        let count = max(tile.rows.count, Int(min(Int64(MerkleTile.width), max(0, sealed - tile.start))))
        let rows = tile.rows + Array(repeating: nil, count: count - tile.rows.count)
        let isComplete = tile.start + Int64(MerkleTile.width) <= sealed
        if isComplete, tile.stored == nil { report(tile, .tileMissing, "is missing") }

        let differing = (0..<count).filter { stored[$0] != nil && stored[$0] != rows[$0] }
        let believesRow = isComplete ? judge(tile, rows, stored, differing) : [:]
        for offset in differing {
            guard let hash = stored[offset] else { continue }
            let position = tile.start + Int64(offset) + 1
            open.append(
                Open(
                    position: position, row: rows[offset], leaf: tile.leaves[position], sealed: hash,
                    tile: tile.stored == nil ? nil : tile.index, believesRow: believesRow[offset] ?? false))
        }
        for offset in 0..<count where stored[offset] == nil && rows[offset] == nil {
            let position = tile.start + Int64(offset) + 1
            if position <= sealed { moved.add(position, leaf: nil, sealed: .emptyTree) }
        }
        let believed = (0..<count).map { believesRow[$0] == true ? rows[$0] : stored[$0] ?? rows[$0] }
        let otherwise = (0..<count).map { believesRow[$0] == true ? stored[$0] : rows[$0] ?? stored[$0] }
        let root = isComplete && !believed.contains(nil) ? MerkleTile.root(of: believed.compactMap(\.self)) : nil
        let end = tile.start + Int64(count)
        if let root, open.isEmpty, !stops(of: tile, before: end) {
            // The usual case by far: nothing to decide, and no root within.
            tree?.append(subtree: root, level: 8)
            if let tree { (base, pieces, undecided) = (tree, [], 0) }
            for checkpoint in tile.checkpoints { confirm(checkpoint, tile, believed) }
            compareForeign(at: end)
        } else {
            grow(tile, believed, differing.isEmpty ? believed : otherwise)
            if undecided > Self.undecidedLimit { settle() }
        }
        if let root { compare(tile, root, upperTiles) }
    }

    /// Whether a root is to be compared within the tile.
    private func stops(of tile: Tile, before end: Position) -> Bool {
        tile.checkpoints.contains { $0.size < end }
            || foreign.contains { (tile.start + 1..<end).contains($0.checkpoint.size) }
    }

    /// The hashes that were stored when the events were sealed: from the tile, or else from the checkpoints.
    private func storedHashes(of tile: Tile) -> [MerkleHash?] {
        if let hashes = tile.stored?.hashes { return hashes }
        var hashes = [MerkleHash?](repeating: nil, count: MerkleTile.width)
        for checkpoint in tile.checkpoints {
            guard let tail = checkpoint.tail, checkpoint.tailStart >= tile.start else { continue }
            for (offset, hash) in zip(Int(checkpoint.tailStart - tile.start)..., tail) where offset < hashes.count {
                hashes[offset] = hash
            }
        }
        return hashes
    }

    /// Which rows the tile's root speaks for, by offset; the others are taken for changed.
    private func judge(
        _ tile: Tile, _ rows: [MerkleHash?], _ stored: [MerkleHash?], _ differing: [Int]
    ) -> [Int: Bool] {
        guard !differing.isEmpty, let hashes = tile.stored?.hashes else { return [:] }
        let witnesses = [tile.stored?.root, tile.upper].compactMap(\.self)
        // All hashes are right, all rows are, or any mixture of a few.
        let everything = differing.count < 63 ? UInt64(1) << differing.count - 1 : .max
        let mixtures = differing.count <= 8 ? Array(0...everything) : [0, everything]
        for mixture in mixtures {
            var candidate = hashes
            var believesRow: [Int: Bool] = [:]
            for (place, offset) in differing.enumerated() where mixture >> UInt64(min(place, 62)) & 1 == 1 {
                guard let row = rows[offset] else { continue }
                candidate[offset] = row
                believesRow[offset] = true
            }
            if witnesses.contains(MerkleTile.root(of: candidate)) { return believesRow }
        }
        return [:]
    }

    /// Compares the tile, and those above that are complete with it, with what the leaves make of them.
    private mutating func compare(
        _ tile: Tile, _ root: MerkleHash, _ upperTiles: [MerkleTile.Place: StoredTile]
    ) {
        guard tree != nil else { return }
        var root = root
        if let stored = tile.stored, stored.hashes == nil || stored.root != root {
            report(tile, .tileChanged, "is not what its leaves make of it")
        }
        var place = MerkleTile.Place(level: 0, index: tile.index)
        for level in 0... {
            if roots.count == level { roots.append([]) }
            roots[level].append(root)
            guard roots[level].count == MerkleTile.width else { return }
            place = MerkleTile.Place(level: level + 1, index: place.index / Int64(MerkleTile.width))
            root = MerkleTile.root(of: roots[level])
            if let stored = upperTiles[place] {
                if stored.hashes != roots[level] || stored.root != root {
                    report(place, .tileChanged, "is not what the tiles below make of it")
                }
            } else {
                report(place, .tileMissing, "is missing")
            }
            roots[level] = []
        }
    }

    // MARK: Roots

    private mutating func grow(_ tile: Tile, _ believed: [MerkleHash?], _ otherwise: [MerkleHash?]) {
        var next = 0
        var stops: [Position: StoredCheckpoint?] = [:]
        for checkpoint in tile.checkpoints { stops[checkpoint.size] = checkpoint }
        let end = tile.start + Int64(believed.count)
        for foreign in foreign where foreign.checkpoint.size > tile.start && foreign.checkpoint.size <= end {
            stops.updateValue(stops[foreign.checkpoint.size] ?? nil, forKey: foreign.checkpoint.size)
        }
        for size in stops.keys.sorted() + [end] where size <= end {
            let range = next..<Int(size - tile.start)
            next = range.upperBound
            extend(believed[range], otherwise[range])
            if let checkpoint = stops[size] ?? nil { confirm(checkpoint, tile, believed) }
            compareForeign(at: size)
        }
    }

    private mutating func extend(_ believed: ArraySlice<MerkleHash?>, _ otherwise: ArraySlice<MerkleHash?>) {
        guard tree != nil, !believed.isEmpty else { return }
        let (known, alternative) = (believed.compactMap(\.self), otherwise.compactMap(\.self))
        guard known.count == believed.count else {
            tree = nil
            return
        }
        for hash in known { tree?.append(hash) }
        // Nothing is kept while there is nothing to decide.
        if open.isEmpty, let tree {
            (base, pieces, undecided) = (tree, [], 0)
        } else {
            pieces.append(Piece(believed: known, otherwise: alternative.count == known.count ? alternative : known))
            undecided += known.count
        }
    }

    /// Holds the tree against a signed root: what it confirms is decided.
    private mutating func confirm(_ checkpoint: StoredCheckpoint, _ tile: Tile, _ believed: [MerkleHash?]) {
        compareTail(checkpoint, tile, believed)
        guard let tree else { return }
        if checkpoint.believable.contains(tree.root) {
            agree(checkpoint)
        } else if let alternative = alternativeTree(), checkpoint.believable.contains(alternative.root) {
            self.tree = alternative
            for index in open.indices where open[index].position <= checkpoint.size {
                open[index].believesRow.toggle()
            }
            agree(checkpoint)
        } else {
            contradicting.append(checkpoint.size)
        }
    }

    /// How many leaves may wait for a root to decide on them; they are in memory.
    private static let undecidedLimit = 100_000

    /// A root confirms the tree. Those that did not must then have been changed themselves.
    private mutating func agree(_ checkpoint: StoredCheckpoint) {
        confirmed = checkpoint.size
        for size in contradicting {
            damages.append(
                LedgerDamage(
                    position: size, kind: .checkpointContradicted,
                    sentence: "its root is not that of the events up to here, and those of later checkpoints are"))
        }
        contradicting = []
        settle(through: checkpoint.size)
    }

    private func alternativeTree() -> MerkleFrontier? {
        guard !pieces.isEmpty else { return nil }
        var tree = base
        for piece in pieces { for hash in piece.otherwise { tree.append(hash) } }
        return tree
    }

    /// Takes the differences up to a position for decided.
    private mutating func settle(through position: Position = .max) {
        if let tree { (base, pieces, undecided) = (tree, [], 0) }
        var tiles: Set<Int64> = []
        for difference in open where difference.position <= position {
            guard difference.believesRow else {
                moved.add(difference.position, leaf: difference.leaf, sealed: difference.sealed)
                continue
            }
            guard let tile = difference.tile else {
                report(difference.position, .checkpointChanged, "the hash that was kept of this event was changed")
                continue
            }
            guard tiles.insert(tile).inserted else { continue }
            report(difference.position, .tileChanged, "tile 0/\(tile): the hash of this event was changed")
        }
        open.removeAll { $0.position <= position }
    }

    private mutating func compareTail(_ checkpoint: StoredCheckpoint, _ tile: Tile, _ believed: [MerkleHash?]) {
        let range = Int(checkpoint.tailStart - tile.start)..<Int(checkpoint.size - tile.start)
        // In the tile that is not complete, the tails themselves are what is believed.
        guard tile.stored != nil, range.lowerBound >= 0, range.upperBound <= believed.count,
            checkpoint.size % Int64(MerkleTile.width) != 0, checkpoint.tail != believed[range].compactMap(\.self)
        else { return }
        damages.append(
            LedgerDamage(
                position: checkpoint.size, kind: .checkpointChanged,
                sentence: "the hashes that the checkpoint keeps are not those of the events"))
    }

    private mutating func compareForeign(at size: Position) {
        for index in foreign.indices where foreign[index].checkpoint.size == size && !foreign[index].wasSeen {
            foreign[index].wasSeen = true
            let root = foreign[index].checkpoint.root
            guard tree?.root != root, alternativeTree()?.root != root else { continue }
            damages.append(
                LedgerDamage(
                    position: size, kind: .ledgerRewritten,
                    sentence: "the events up to here are not those that the checkpoint in \(foreign[index].name) covers"
                ))
        }
    }

    // MARK: The end

    /// Decides what is left to decide.
    ///
    /// - Parameters:
    ///   - head: the position of the last event.
    ///   - unsealed: rows after the end of what is sealed, where moved ones may be.
    mutating func finish(head: Position, unsealed: [(position: Position, leaf: [UInt8])]) {
        settle()
        if let first = contradicting.first {
            report(
                first, .checkpointContradicted,
                "events and hashes after position \(confirmed) and up to here are not those that were signed"
                    + (contradicting.count > 1 ? "; \(contradicting.count - 1) later checkpoints say the same" : ""))
        }
        for foreign in foreign where !foreign.wasSeen {
            report(
                foreign.checkpoint.size, .ledgerRewritten,
                "the checkpoint in \(foreign.name) covers events up to here; the ledger ends at \(head)")
        }
        if !moved.isEmpty {
            for row in unsealed { moved.add(row.position, leaf: row.leaf, sealed: nil) }
        }
        damages += moved.damages()
    }

    private mutating func report(_ tile: Tile, _ kind: LedgerDamage.Kind, _ what: String) {
        report(MerkleTile.Place(level: 0, index: tile.index), kind, what)
    }

    private mutating func report(_ place: MerkleTile.Place, _ kind: LedgerDamage.Kind, _ what: String) {
        report(place.positions.lowerBound, kind, "tile \(place) \(what)")
    }

    private mutating func report(_ position: Position, _ kind: LedgerDamage.Kind, _ sentence: String) {
        damages.append(LedgerDamage(position: position, kind: kind, sentence: sentence))
    }
}
