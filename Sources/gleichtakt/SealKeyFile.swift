import Foundation
import Ledger

/// The file that holds the key that signs checkpoints: 32 random bytes in base64, readable by its owner only.
///
/// While a new key takes over there are two lines, the newer one last; the database knows which of them signs.
struct SealKeyFile: Sendable {
    private let file: SecretFile
    /// The name of the log, which the keys bear.
    let name: String

    /// The settings' file. Outside production a missing one is made.
    static func prepared(_ settings: Settings) throws -> SealKeyFile {
        let keys = SealKeyFile(
            file: SecretFile(url: settings.sealKeyFile, what: "seal key"), name: settings.logName)
        if !keys.file.exists {
            guard try settings.mode() == .development else {
                throw Failure("No seal key: GLEICHTAKT_SEAL_KEY names \(keys.file.url.path), which does not exist.")
            }
            try keys.file.make(Self.lines(of: [NoteSigningKey(name: keys.name)]))
        }
        // A key that cannot be read should stop the start, and not show up as a ledger that is not sealed.
        _ = try keys.read()
        return keys
    }

    /// The keys of the file, the newest last.
    func read() throws -> [NoteSigningKey] {
        let keys = try file.lines().map { line in
            guard let seed = Data(base64Encoded: line.trimmingCharacters(in: .whitespaces)), seed.count == 32 else {
                throw Failure("\(file.url.path) is no seal key: expected are 32 bytes in base64, on one line or two.")
            }
            do throws(NoteError) {
                return try NoteSigningKey(name: name, seed: Array(seed))
            } catch {
                throw Failure("'\(name)' is no name for a log: it must not have spaces or plus signs in it.")
            }
        }
        guard !keys.isEmpty else { throw Failure("\(file.url.path) is empty; expected is a seal key.") }
        return keys
    }

    /// Puts these keys in the place of those in the file, durably.
    func write(_ keys: [NoteSigningKey]) throws { try file.replace(Self.lines(of: keys)) }

    private static func lines(of keys: [NoteSigningKey]) -> [String] {
        keys.map { Data($0.seed).base64EncodedString() }
    }
}
