import Foundation
import Ledger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file that holds the key that signs checkpoints: 32 random bytes in base64, readable by its owner only.
///
/// While a new key takes over there are two lines, the newer one last; the database knows which of them signs.
struct SealKeyFile: Sendable {
    let file: URL
    /// The name of the log, which the keys bear.
    let name: String

    /// The settings' file. Outside production a missing one is made.
    static func prepared(_ settings: Settings) throws -> SealKeyFile {
        let keys = SealKeyFile(file: settings.sealKeyFile, name: settings.logName)
        if !FileManager.default.fileExists(atPath: keys.file.path) {
            guard try settings.mode() == .development else {
                throw Failure("No seal key: GLEICHTAKT_SEAL_KEY names \(keys.file.path), which does not exist.")
            }
            try keys.make()
        }
        // A key that cannot be read should stop the start, and not show up as a ledger that is not sealed.
        _ = try keys.read()
        return keys
    }

    /// The keys of the file, the newest last.
    func read() throws -> [NoteSigningKey] {
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let keys = try lines.map { line in
            guard let seed = Data(base64Encoded: line.trimmingCharacters(in: .whitespaces)), seed.count == 32 else {
                throw Failure("\(file.path) is no seal key: expected are 32 bytes in base64, on one line or two.")
            }
            do throws(NoteError) {
                return try NoteSigningKey(name: name, seed: Array(seed))
            } catch {
                throw Failure("'\(name)' is no name for a log: it must not have spaces or plus signs in it.")
            }
        }
        guard !keys.isEmpty else { throw Failure("\(file.path) is empty; expected is a seal key.") }
        return keys
    }

    /// Puts these keys in the place of those in the file, durably: before a key is put to use, it must not get lost.
    func write(_ keys: [NoteSigningKey]) throws {
        let draft = try draft(of: keys)
        guard rename(draft.path, file.path) == 0 else {
            try? FileManager.default.removeItem(at: draft)
            throw Failure("The seal key cannot be written to \(file.path).")
        }
        let folder = open(file.deletingLastPathComponent().path, O_RDONLY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Writes a fresh key beside the place and links it there, so that of two makers exactly one wins.
    private func make() throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let draft = try draft(of: [NoteSigningKey(name: name)])
        defer { try? FileManager.default.removeItem(at: draft) }
        do {
            try FileManager.default.linkItem(at: draft, to: file)
        } catch  where FileManager.default.fileExists(atPath: file.path) {
            return
        }
    }

    private func draft(of keys: [NoteSigningKey]) throws -> URL {
        let draft = file.appendingPathExtension(UUID().uuidString)
        let text = keys.map { Data($0.seed).base64EncodedString() + "\n" }.joined()
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw Failure("The seal key cannot be written to \(file.path).") }
        let handle = try FileHandle(forUpdating: draft)
        try handle.synchronize()
        try handle.close()
        return draft
    }
}
