import Ledger

/// The keys of a log, and which of them may be believed.
///
/// A key hands over to the next one with a checkpoint that both sign. Believed are the keys that somebody trusts, and all
/// that are linked to one of them in this way; if nobody trusts any in particular, those linked to the first.
struct SealKeyChain {
    private struct Link {
        var key: NoteVerifierKey?
        var from: Position
        var isBelieved = false
    }

    private var links: [Link] = []
    /// What is wrong with the keys themselves.
    private(set) var damages: [LedgerDamage] = []

    /// - Parameter trusted: keys that were obtained elsewhere.
    init(_ stored: [StoredSealKey], trusted: [NoteVerifierKey]) {
        var isLinked: [Bool] = []
        for (index, entry) in stored.enumerated() {
            let key = NoteVerifierKey(entry.text)
            if key == nil { report(entry, .keyChanged, "is no key") }
            if entry.number != index + 1 { report(entry, .keyMissing, "is not the one after key \(index)") }
            links.append(Link(key: key, from: entry.tookOverAtSize))
            isLinked.append(index > 0 && linksToPredecessor(index, entry))
        }
        believe(isLinked, trusted)
        for (index, entry) in stored.enumerated() where !links[index].isBelieved && links[index].key != nil {
            report(entry, .keyUnlinked, "took over at size \(entry.tookOverAtSize), and no trusted key vouches for it")
        }
    }

    /// The key that must have signed the checkpoint of that size, if there is one that is believed.
    func signer(at size: Position) -> NoteVerifierKey? {
        guard let link = links.last(where: { $0.from < size }), link.isBelieved else { return nil }
        return link.key
    }

    /// All keys that are keys, believed or not.
    var keys: [NoteVerifierKey] { links.compactMap(\.key) }

    /// Whether the transition bears the signatures of this key and of the one before it.
    private func linksToPredecessor(_ index: Int, _ entry: StoredSealKey) -> Bool {
        guard let key = links[index].key, let predecessor = links[index - 1].key,
            let note = entry.transition.flatMap({ SignedNote($0) }),
            let checkpoint = Checkpoint(note.text), checkpoint.size == entry.tookOverAtSize,
            let signers = try? note.signers(among: [predecessor, key])
        else { return false }
        return signers.contains(predecessor) && signers.contains(key)
    }

    private mutating func believe(_ isLinked: [Bool], _ trusted: [NoteVerifierKey]) {
        for index in links.indices {
            guard let key = links[index].key else { continue }
            links[index].isBelieved = trusted.isEmpty ? index == 0 : trusted.contains(key)
        }
        for index in links.indices.dropFirst() where isLinked[index] && links[index - 1].isBelieved {
            links[index].isBelieved = true
        }
        for index in links.indices.dropFirst().reversed() where isLinked[index] && links[index].isBelieved {
            links[index - 1].isBelieved = true
        }
    }

    private mutating func report(_ entry: StoredSealKey, _ kind: LedgerDamage.Kind, _ what: String) {
        damages.append(
            LedgerDamage(
                position: entry.tookOverAtSize, kind: kind, sentence: "key \(entry.number), '\(entry.text)', \(what)"))
    }
}
