import Crypto
import Foundation

/// A public key that checks signatures under notes (C2SP, signed-note; Ed25519).
public struct NoteVerifierKey: Hashable, Sendable, LosslessStringConvertible {
    /// Ed25519, in the notation of signed-note.
    static let algorithm: UInt8 = 1

    /// Whose key it is: for a log, its origin.
    public let name: String
    /// Tells keys of one name apart: the first four bytes of a digest of name and key.
    public let keyID: UInt32
    /// The key's 32 bytes (RFC 8032).
    public let publicKey: [UInt8]

    /// A key of that name.
    ///
    /// - Throws: ``NoteError/badKey`` for a name that is empty or has spaces or a plus sign in it, or for bytes that are no
    ///   key.
    public init(name: String, publicKey: [UInt8]) throws(NoteError) {
        guard SignedNote.isName(name), publicKey.count == 32 else { throw .badKey }
        self.name = name
        self.publicKey = publicKey
        var hash = SHA256()
        hash.update(data: Array(name.utf8) + [0x0A, Self.algorithm] + publicKey)
        keyID = hash.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads the written form, name, identifier and key with plus signs between them; `nil` for any other, also when the
    /// identifier is not that of the key.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 8, parts[1].utf8.allSatisfy({ Self.isHexadecimal($0) }),
            let id = UInt32(parts[1], radix: 16), let data = Data(base64Encoded: String(parts[2])),
            data.first == Self.algorithm, data.base64EncodedString() == parts[2],
            let key = try? NoteVerifierKey(name: String(parts[0]), publicKey: Array(data.dropFirst())),
            key.keyID == id
        else { return nil }
        self = key
    }

    /// The written form, as other tools take it: `name+id+base64`.
    public var description: String {
        "\(name)+\(Self.hexadecimal(keyID))+\(Data([Self.algorithm] + publicKey).base64EncodedString())"
    }

    /// Whether `signature` is this key's over the text of a note.
    public func verifies(_ signature: [UInt8], of text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }

    private static func hexadecimal(_ id: UInt32) -> String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

/// A private key that signs notes (C2SP, signed-note; Ed25519).
public struct NoteSigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The public half.
    public let verifier: NoteVerifierKey

    /// A fresh key of that name.
    ///
    /// - Throws: ``NoteError/badKey`` for a name that is none.
    public init(name: String) throws(NoteError) {
        try self.init(name: name, key: Curve25519.Signing.PrivateKey())
    }

    /// The key of that name that grows from these 32 secret bytes (RFC 8032).
    ///
    /// - Throws: ``NoteError/badKey``.
    public init(name: String, seed: [UInt8]) throws(NoteError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .badKey }
        try self.init(name: name, key: key)
    }

    private init(name: String, key: Curve25519.Signing.PrivateKey) throws(NoteError) {
        self.key = key
        verifier = try NoteVerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// The 32 secret bytes.
    public var seed: [UInt8] { Array(key.rawRepresentation) }

    /// Signs the text of a note.
    ///
    /// - Throws: `CryptoKitError`, when the library fails.
    public func sign(_ text: String) throws -> NoteSignature {
        NoteSignature(
            name: verifier.name, keyID: verifier.keyID, signature: Array(try key.signature(for: Array(text.utf8))))
    }
}

/// What is wrong with a note or with a key.
public enum NoteError: Error, Hashable, Sendable {
    /// Not a signed note.
    case malformed
    /// Not a key, or a name that no key may have.
    case badKey
    /// A signature says that it is of this key, and is not.
    case invalidSignature(name: String, keyID: UInt32)
    /// No signature is of a known key.
    case unverified
}
