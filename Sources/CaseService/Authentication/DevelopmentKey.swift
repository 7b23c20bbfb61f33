public import CaseFile
import CaseTiming
import Crypto
public import Foundation
import JWTKit
public import Ledger

/// A signing key for a developer's own machine: one JWK in a file that only its owner can read.
///
/// Its tokens carry the key id `development`, by which a production service knows and refuses them.
public struct DevelopmentKey: Sendable {
    /// What is wrong with a key file.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The file is no Ed25519 key as ``DevelopmentKey`` writes it.
        case unreadable(path: String)
        /// Others than the owner may read the file.
        case exposed(path: String)
        /// The file cannot be written.
        case unwritable(path: String, errno: Int32)

        /// What is wrong and what to do about it.
        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) is no development key; remove it and start again to get a new one."
            case .exposed(let path): "\(path) can be read by others than its owner; run: chmod 600 \(path)"
            case .unwritable(let path, let errno): "\(path) cannot be written: \(String(cString: strerror(errno)))"
            }
        }
    }

    private struct File: Codable {
        var kty = "OKP"
        var crv = "Ed25519"
        var alg = "EdDSA"
        var use = "sig"
        var kid = TokenKeySet.developmentKeyID
        var x: String
        var d: String?
    }

    private let key: Curve25519.Signing.PrivateKey

    private init(key: Curve25519.Signing.PrivateKey) {
        self.key = key
    }

    /// A new key that is kept nowhere.
    public init() {
        self.init(key: Curve25519.Signing.PrivateKey())
    }

    /// The key in the file at `path`; if there is no such file, a new key, written there for its owner alone (0600).
    ///
    /// - Throws: ``Failure``.
    public static func loadOrMake(path: String) throws -> DevelopmentKey {
        if FileManager.default.fileExists(atPath: path) { return try load(path: path) }
        let made = DevelopmentKey()
        // Written aside with its final mode and then linked: there is no moment at which others could read the key or
        // half of it is there, and of two processes that start together one makes the key and the other reads it.
        let draft = path + ".\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.unwritable(path: path, errno: errno) }
        defer { unlink(draft) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: made.encoded(withPrivatePart: true))
        try handle.synchronize()
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return try load(path: path) }
            throw Failure.unwritable(path: path, errno: errno)
        }
        return made
    }

    /// The key in the file at `path`.
    ///
    /// - Throws: ``Failure``.
    public static func load(path: String) throws -> DevelopmentKey {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else { throw Failure.exposed(path: path) }
        guard let file = try? JSONDecoder().decode(File.self, from: Data(contentsOf: URL(filePath: path))),
            file.kid == TokenKeySet.developmentKeyID, let secret = file.d.flatMap(Self.bytes(base64URL:)),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        else { throw Failure.unreadable(path: path) }
        return DevelopmentKey(key: key)
    }

    /// The JWKS document that a service verifies this key's tokens with; it holds no private part.
    public var jwks: Data {
        get throws {
            var document = Data(#"{"keys":["#.utf8)
            document += try encoded(withPrivatePart: false)
            document += Data("]}".utf8)
            return document
        }
    }

    /// A token for `actor`, valid from now for `lifetime` seconds.
    public func token(for actor: CaseFile.Actor, lifetime: Int = 3600, clock: LedgerClock = .system) async throws
        -> String
    {
        let now = (Double(clock.now.microsecondsSince1970) / 1_000_000).rounded(.down)
        let claims = TokenClaims(
            sub: actor.subject, name: actor.name, role: actor.role.rawValue, office: actor.office?.rawValue,
            areas: actor.areas?.sorted(), exp: now + Double(lifetime), nbf: nil, iat: now)
        return try await sign(claims)
    }

    func sign(_ claims: TokenClaims) async throws -> String {
        let id = JWKIdentifier(string: TokenKeySet.developmentKeyID)
        let collection = await JWTKeyCollection().add(eddsa: EdDSA.PrivateKey(backing: key), kid: id)
        return try await collection.sign(claims, kid: id)
    }

    private func encoded(withPrivatePart: Bool) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            File(
                x: Self.base64URL(key.publicKey.rawRepresentation),
                d: withPrivatePart ? Self.base64URL(key.rawRepresentation) : nil))
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(base64URL text: String) -> Data? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
    }
}
