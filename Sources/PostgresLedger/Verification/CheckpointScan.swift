import Ledger

/// Looks at checkpoints in the order of their sizes: whether each is what its note says, is signed by the key of its time,
/// and follows the one before it.
struct CheckpointScan {
    let chain: SealKeyChain
    private(set) var size: Position = 0
    private(set) var count: Int64 = 0
    private(set) var damages: [LedgerDamage] = []

    init(chain: SealKeyChain) {
        self.chain = chain
    }

    /// Takes what is found since the last time.
    mutating func takeDamages() -> [LedgerDamage] {
        defer { damages = [] }
        return damages
    }

    /// Takes in the next checkpoint, and answers it with the roots that it may be believed to state.
    mutating func take(_ checkpoint: StoredCheckpoint) -> StoredCheckpoint {
        var checkpoint = checkpoint
        checkpoint.believable = look(at: checkpoint)
        return checkpoint
    }

    private mutating func look(at checkpoint: StoredCheckpoint) -> [MerkleHash] {
        if checkpoint.predecessor != size {
            report(
                checkpoint, .checkpointMissing, "the one before it had the size \(checkpoint.predecessor) and is gone")
        }
        size = checkpoint.size
        count += 1
        if checkpoint.tail?.count != Int(checkpoint.size - checkpoint.tailStart) {
            report(checkpoint, .checkpointChanged, "it has not as many hashes as there are events in it")
        }
        guard let note = SignedNote(checkpoint.note), let stated = Checkpoint(note.text) else {
            report(checkpoint, .checkpointChanged, "its note cannot be read")
            return [checkpoint.root].compactMap(\.self)
        }
        if stated.size != checkpoint.size || stated.root != checkpoint.root {
            report(checkpoint, .checkpointChanged, "size or root are not those of its note")
        }
        guard let key = chain.signer(at: checkpoint.size) else {
            report(checkpoint, .checkpointUnsigned, "there is no trusted key that it could be signed with")
            return [stated.root, checkpoint.root].compactMap(\.self)
        }
        let signers = try? note.signers(among: [key])
        guard signers?.contains(key) == true, stated.origin == key.name else {
            report(checkpoint, .checkpointUnsigned, "it is not signed by \(key.name) with the key of its time")
            return [stated.root, checkpoint.root].compactMap(\.self)
        }
        return [stated.root]
    }

    /// - Parameter progress: how far sealing says that it came.
    mutating func finish(progress: Position) {
        guard progress > size else { return }
        damages.append(
            LedgerDamage(
                position: progress, kind: .checkpointMissing,
                sentence: "the ledger was sealed up to here, and the last checkpoint has the size \(size)"))
    }

    private mutating func report(_ checkpoint: StoredCheckpoint, _ kind: LedgerDamage.Kind, _ what: String) {
        damages.append(
            LedgerDamage(
                position: checkpoint.size, kind: kind, sentence: "the checkpoint of size \(checkpoint.size): \(what)"))
    }
}
