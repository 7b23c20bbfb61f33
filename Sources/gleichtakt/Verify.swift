import ArgumentParser
import CaseViews
import Foundation
import Ledger
import PostgresLedger

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the ledger and the views, and name every damage.",
        discussion: """
            Exit status 1 if there is any. Events are compared with the hashes that were stored when they were sealed, \
            these with the signed checkpoints, and the views with a replay of all events from nothing. Who can change \
            all of that and has the seal key can make it agree again: only a checkpoint that was kept elsewhere tells.
            """)

    @OptionGroup var data: DataOption
    @Option(
        name: .customLong("checkpoint"),
        help: "A file with a checkpoint that was kept elsewhere; may be given several times.")
    var checkpoints: [String] = []
    @Option(
        name: .customLong("key"),
        help: "A public key that was kept elsewhere, as keys show prints it; may be given several times.")
    var keys: [String] = []

    func run() async throws {
        let trusted = try keys.map { text in
            guard let key = NoteVerifierKey(text) else { throw ValidationError("'\(text)' is no key.") }
            return key
        }
        let damages = try await Assembly(await data.settings(), as: .worker, connections: 2).withPool { assembly in
            let ledger = try await verifyLedger(assembly, trusted: trusted)
            return try await ledger + verifyViews(assembly, isSound: ledger == 0)
        }
        guard damages == 0 else { throw ExitCode(1) }
    }

    private func verifyLedger(_ assembly: Assembly, trusted: [NoteVerifierKey]) async throws -> Int {
        var foreign: [LedgerVerification.ForeignCheckpoint] = []
        var unbelievable = 0
        for name in checkpoints {
            let (checkpoint, complaint) = try Self.read(name, trusted: trusted)
            foreign.append(LedgerVerification.ForeignCheckpoint(name: name, checkpoint: checkpoint))
            if let complaint {
                print("damage: position \(checkpoint.size): checkpoint-unsigned: \(complaint)")
                unbelievable += 1
            }
        }
        let progress = Progress("ledger")
        let report = try await LedgerVerification(pool: assembly.pool).run(foreign: foreign, trusted: trusted) {
            progress.show($0, of: $1)
        }
        progress.end()
        print("ledger: \(report.events) events in \(report.streams) streams: positions and versions are dense,")
        print("        recording times do not decrease, commands are complete, and all is as it was sealed:")
        print("        up to position \(report.sealed), with \(report.checkpoints) checkpoints", terminator: "")
        print(foreign.isEmpty ? "" : " and \(foreign.count) kept elsewhere", terminator: "")
        print(": \(report.damages.count) damages" + (report.isCutShort ? ", and there are more" : ""))
        for damage in report.damages {
            print("damage: position \(damage.position): \(damage.kind.rawValue): \(damage.sentence)")
        }
        return report.damages.count + unbelievable
    }

    /// The checkpoint in a file, and what is wrong with its signature.
    private static func read(
        _ name: String, trusted: [NoteVerifierKey]
    ) throws -> (checkpoint: Checkpoint, complaint: String?) {
        // Blank lines at the end are often added on the way.
        let text = try String(contentsOfFile: name, encoding: .utf8).trimmingCharacters(in: .newlines) + "\n"
        guard let note = SignedNote(text),
            let checkpoint = Checkpoint(note.text)
        else { throw ValidationError("\(name) is no signed checkpoint.") }
        // Without a key, the file is what is trusted.
        guard !trusted.isEmpty else { return (checkpoint, nil) }
        let isSigned = (try? note.signers(among: trusted)) != nil
        return (checkpoint, isSigned ? nil : "the checkpoint in \(name) is not signed with a key that was given")
    }

    private func verifyViews(_ assembly: Assembly, isSound: Bool) async throws -> Int {
        let progress = Progress("views")
        do {
            let report = try await ViewVerification.compareWithReplay(
                pool: assembly.pool, store: assembly.store, vault: assembly.vault
            ) { progress.show($0, of: $1) }
            progress.end()
            let replay = isSound ? "a replay" : "a replay of the events as they are now"
            print("views: compared with \(replay) up to position \(report.position): \(report.damages.count) damages")
            for damage in report.damages {
                print("damage: \(damage.table) \(damage.key): \(damage.kind.rawValue)")
            }
            return report.damages.count
        } catch LedgerError.unreadable(let position, let reason) {
            progress.end()
            print("views: not compared, because events cannot be read: 1 damages")
            print("damage: position \(position): event-unreadable: \(reason)")
            return 1
        }
    }
}

/// How far long work has come: on a terminal one line that changes, else nothing.
private final class Progress: Sendable {
    private let name: String
    private let isShown = isatty(STDERR_FILENO) == 1

    init(_ name: String) {
        self.name = name
    }

    func show(_ reached: Position, of goal: Position) {
        guard isShown, goal > 0 else { return }
        write("\r\(name): \(reached * 100 / goal) % of \(goal) events")
    }

    func end() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
