import Ledger
import Postgres

/// One pass over the events on one snapshot, in pieces: as rows that follow one another, and as leaves of the sealed tree.
struct EventVerification {
    /// Events that are looked at between two looks at the tiles: those of a tile of level 1.
    private static let block = Int64(MerkleTile.width * MerkleTile.width)
    /// How many rows after the end of what is sealed are searched for moved ones.
    private static let unsealedLimit = 300

    private let connection: PostgresConnection
    private let seals: StoredSeals
    private let keys: SealKeyChain
    private let sealed: Position
    private let progress: Position
    private let head: Position

    private var rows = PositionScan()
    private var leaves: SealScan
    private var checkpoints: CheckpointScan
    private var unsealed: [(position: Position, leaf: [UInt8])] = []

    /// A pass on the connection of a transaction that has one snapshot for all of it.
    init(
        _ connection: PostgresConnection, foreign: [LedgerVerification.ForeignCheckpoint], trusted: [NoteVerifierKey]
    ) async throws {
        self.connection = connection
        seals = StoredSeals(connection: connection)
        (sealed, progress, head) = try await seals.extent()
        keys = SealKeyChain(try await seals.keys(), trusted: trusted)
        checkpoints = CheckpointScan(chain: keys)
        leaves = SealScan(
            sealed: sealed, foreign: foreign.map { SealScan.Foreign(name: $0.name, checkpoint: $0.checkpoint) })
    }

    /// Looks at everything.
    mutating func run(
        _ report: inout LedgerVerification.Report, limit: Int, progress reached: @Sendable (Position, Position) -> Void
    ) async throws {
        guard report.add(keys.damages, limit: limit) else { return }
        let end = max(head, sealed)
        var start: Position = 0
        while start < end {
            let damages = try await take(after: start, &report)
            guard report.add(damages, limit: limit) else { return }
            start += Self.block
            reached(min(start, end), end)
        }
        checkpoints.finish(progress: progress)
        leaves.finish(head: head, unsealed: unsealed)
        let surplus = try await seals.surplusTiles(size: sealed, limit: limit).map {
            LedgerDamage(
                position: $0.positions.lowerBound, kind: .tileSurplus,
                sentence: "tile \($0) has no events that were sealed")
        }
        report.sealed = sealed
        report.checkpoints = checkpoints.count
        if leaves.moved.isCutShort { report.isCutShort = true }
        _ = report.add(checkpoints.takeDamages() + leaves.takeDamages() + surplus, limit: limit)
    }

    /// Looks at the next block of events, and answers what is wrong with it.
    private mutating func take(
        after start: Position, _ report: inout LedgerVerification.Report
    ) async throws -> [LedgerDamage] {
        let (width, tiles) = (Int64(MerkleTile.width), Int64(MerkleTile.width))
        let stored = try await seals.leafTiles(from: start / width, count: tiles)
        let upper = try await seals.upperTiles(over: start / Self.block)
        let signed = try await seals.checkpoints(after: start, through: start + Self.block).map { checkpoints.take($0) }

        var hashes = [MerkleHash?](repeating: nil, count: Int(Self.block))
        var kept: [Position: [UInt8]] = [:]
        var damages: [LedgerDamage] = []
        let (sealed, hasTails) = (sealed, MerkleTile.complete(onLevel: 0, size: sealed))
        var (scan, later, last) = (rows, unsealed, start)
        let hasRoom = leaves.moved.hasRoom
        try await LeafCopy.read(after: start, through: start + Self.block, on: connection) { leaf in
            let position = leaf.position
            let hash = leaf.hash
            hashes[Int(position - start) - 1] = hash
            last = position
            damages += scan.take(leaf, sealed: sealed)
            let tile = (position - 1) / width
            if position > sealed {
                if later.count < Self.unsealedLimit { later.append((position, Array(leaf.bytes))) }
            } else if hasRoom, kept.count < 20_000,
                tile >= hasTails || stored[tile]?.hashes?[Int((position - 1) % width)] != hash
            {
                kept[position] = Array(leaf.bytes)
            }
        }
        (rows, unsealed) = (scan, later)
        report.events += Int64(hashes.lazy.filter { $0 != nil }.count)

        let end = max(last, min(self.sealed, start + Self.block))
        let upperHashes = upper[MerkleTile.Place(level: 1, index: start / Self.block)]?.hashes
        var next = signed[...]
        for index in start / width..<start / width + tiles where index * width < end {
            let range = Int(index * width - start)..<Int(min((index + 1) * width, end) - start)
            let own = next.prefix { $0.size <= (index + 1) * width }
            next = next.dropFirst(own.count)
            leaves.take(
                SealScan.Tile(
                    index: index, rows: Array(hashes[range]), leaves: kept,
                    // A tile for what is not sealed yet says nothing; it is reported as one too many.
                    stored: index < hasTails ? stored[index] : nil,
                    upper: upperHashes?[Int(index % width)], checkpoints: Array(own)),
                upperTiles: upper)
        }
        return damages + checkpoints.takeDamages() + leaves.takeDamages()
    }
}
