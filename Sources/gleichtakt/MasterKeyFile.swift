import Crypto
import Foundation
import Ledger

/// The file that holds the master key: 32 random bytes in base64, readable by its owner only.
enum MasterKeyFile {
    private static let name = "master"

    /// The keyring of the settings' master key file. Outside production a missing file is made.
    static func load(_ settings: Settings) throws -> MasterKeyring {
        let file = settings.masterKeyFile
        if !FileManager.default.fileExists(atPath: file.path) {
            guard try settings.mode() == .development else {
                throw Failure("No master key: GLEICHTAKT_MASTER_KEY names \(file.path), which does not exist.")
            }
            try make(at: file)
        }
        let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let key = Data(base64Encoded: text), key.count == 32 else {
            throw Failure("\(file.path) is no master key: expected are 32 bytes in base64.")
        }
        return try MasterKeyring(current: name, keys: [name: Array(key)])
    }

    /// Writes a fresh key beside the place and links it there, so that of two makers exactly one wins.
    private static func make(at file: URL) throws {
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let draft = file.appendingPathExtension(UUID().uuidString)
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: Data((key + "\n").utf8), attributes: [.posixPermissions: 0o600])
        else { throw Failure("The master key cannot be written to \(file.path).") }
        defer { try? FileManager.default.removeItem(at: draft) }
        do {
            try FileManager.default.linkItem(at: draft, to: file)
        } catch  where FileManager.default.fileExists(atPath: file.path) {
            return
        }
    }
}
