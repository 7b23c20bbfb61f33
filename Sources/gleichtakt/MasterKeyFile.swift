import Crypto
import Foundation
import Ledger

/// The file that holds the master key, readable by its owner only.
///
/// At first it is one line, 32 random bytes in base64. After a rotation each line says what it is: `name:key`, the key in
/// use last; `next name:key`, one that is handed out and not yet in use; and `fingerprint:key`, what fingerprints of
/// commands are made with, which no rotation changes.
struct MasterKeyFile: Sendable {
    /// The name of the first key, which stands in its line alone.
    private static let firstName = "master"
    private static let fingerprintName = "fingerprint"
    private static let nextMark = "next "

    /// A master key with its name.
    struct Key: Hashable {
        var name: String
        var bytes: [UInt8]

        /// A new one. Its name follows from its bytes and does not lead back to them.
        static func random() -> Key {
            let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
            let digest = SHA256.hash(data: Data("gleichtakt master key".utf8) + bytes).prefix(4)
            return Key(name: firstName + "-" + digest.map { String(format: "%02x", $0) }.joined(), bytes: bytes)
        }
    }

    /// What the file says.
    struct Content {
        /// The keys, the one in use last.
        var keys: [Key]
        /// One that opens already, and wraps nothing before it is taken into use.
        var next: Key?
        var fingerprintKey: [UInt8]

        func keyring() throws -> MasterKeyring {
            try MasterKeyring(
                current: keys.last?.name ?? firstName,
                keys: Dictionary(
                    (keys + [next].compactMap(\.self)).map { ($0.name, $0.bytes) }, uniquingKeysWith: { $1 }),
                fingerprintKey: fingerprintKey)
        }
    }

    private let file: SecretFile

    /// The settings' file. Outside production a missing one is made.
    init(_ settings: Settings) throws {
        file = SecretFile(url: settings.masterKeyFile, what: "master key")
        guard !file.exists else { return }
        guard try settings.mode() == .development else {
            throw Failure("No master key: GLEICHTAKT_MASTER_KEY names \(file.url.path), which does not exist.")
        }
        try file.make([Data(Key.random().bytes).base64EncodedString()])
    }

    /// The keyring of the settings' file; made outside production.
    static func load(_ settings: Settings) throws -> MasterKeyring { try MasterKeyFile(settings).keyring() }

    func keyring() throws -> MasterKeyring { try read().keyring() }

    func read() throws -> Content {
        var content = Content(keys: [], fingerprintKey: [])
        for line in try file.lines() where !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(separator: ":", maxSplits: 1)
            let name = parts.count == 2 ? parts[0].trimmingCharacters(in: .whitespaces) : Self.firstName
            guard let key = Data(base64Encoded: (parts.last ?? "").trimmingCharacters(in: .whitespaces)),
                key.count == 32, !content.keys.contains(where: { $0.name == name })
            else {
                throw Failure(
                    "\(file.url.path) is no master key: expected are 32 bytes in base64, after a rotation several lines "
                        + "of a name of its own, a colon and 32 bytes in base64.")
            }
            if name == Self.fingerprintName {
                content.fingerprintKey = Array(key)
            } else if name.hasPrefix(Self.nextMark) {
                content.next = Key(name: String(name.dropFirst(Self.nextMark.count)), bytes: Array(key))
            } else {
                content.keys.append(Key(name: name, bytes: Array(key)))
            }
        }
        guard let first = content.keys.first else {
            throw Failure("\(file.url.path) is no master key: there is none in it.")
        }
        if content.fingerprintKey.isEmpty {
            guard content.keys.count == 1 else {
                throw Failure("\(file.url.path) has several master keys and no line that begins with fingerprint.")
            }
            content.fingerprintKey = MasterKeyring.fingerprintKey(following: first.bytes)
        }
        return content
    }

    /// Puts these keys in the place of those in the file, durably.
    func write(_ content: Content) throws {
        let next = content.next.map { Key(name: Self.nextMark + $0.name, bytes: $0.bytes) }
        let fingerprint = Key(name: Self.fingerprintName, bytes: content.fingerprintKey)
        try file.replace(
            (content.keys + [next, fingerprint].compactMap(\.self)).map {
                $0.name + ":" + Data($0.bytes).base64EncodedString()
            })
    }
}
