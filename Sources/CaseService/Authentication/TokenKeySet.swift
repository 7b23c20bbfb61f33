import Crypto
public import Foundation
import JWTKit

/// The public keys that tokens may be signed with (JWKS, RFC 7517).
public struct TokenKeySet: Sendable {
    /// The key id of keys that are made for development only.
    public static let developmentKeyID = "development"

    struct Key: Sendable {
        /// `RS256`, `ES256` or `EdDSA`.
        var algorithm: String
        var verifier: any JWTAlgorithm
    }

    /// What is wrong with a key set.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The bytes are no JWKS; the sentence says why.
        case unreadable(String)
        /// A key cannot be used: its id or number, and why.
        case unusableKey(String, String)
        /// There is no key in it.
        case empty
        /// The key made for development is among the keys of a production service.
        case developmentKeyInProduction

        /// What is wrong and what to do about it.
        public var description: String {
            switch self {
            case .unreadable(let reason): "The key set is no JWKS: \(reason)"
            case .unusableKey(let key, let reason): "Key '\(key)' of the key set cannot be used: \(reason)"
            case .empty: "The key set has no key; tokens could not be verified."
            case .developmentKeyInProduction:
                "The key set holds the development key, and the mode is production; use the keys of your identity "
                    + "provider, or start in development mode."
            }
        }
    }

    private var keys: [String: Key] = [:]
    /// What is the matter with keys of the document that are passed over, as providers publish keys for other purposes
    /// and algorithms beside those for signing (RFC 7517 section 5).
    public private(set) var passedOver: [Failure] = []

    /// The keys of a JWKS document. Only public parts are kept, whatever the document holds.
    ///
    /// - Parameter mode: in production, a set that contains the development key is refused.
    /// - Throws: ``Failure``; for a key that cannot be used only when there is no other one.
    public init(jwks: Data, mode: ServiceMode) async throws {
        let entries: [Entry]
        do {
            entries = try JSONDecoder().decode(Document.self, from: jwks).keys
        } catch {
            throw Failure.unreadable("it is no JSON object with \"keys\"")
        }
        for (index, entry) in entries.enumerated() {
            let id = entry.kid ?? ""
            do throws(Failure) {
                guard !id.isEmpty else { throw .unusableKey("number \(index + 1)", "it has no kid") }
                guard entry.use ?? "sig" == "sig" else { throw .unusableKey(id, "it is not for signing") }
                guard let jwk = entry.jwk else { throw .unusableKey(id, "its kind is not known") }
                let key = try await Self.key(of: jwk, id: id)
                // Which of two were meant nobody can tell.
                guard keys.updateValue(key, forKey: id) == nil else {
                    throw .unreadable("several of its keys have the kid '\(id)'")
                }
            } catch .unusableKey(let key, let reason) {
                passedOver.append(.unusableKey(key, reason))
            } catch {
                throw error
            }
        }
        guard !keys.isEmpty else { throw passedOver.first ?? Failure.empty }
        if mode == .production, keys[Self.developmentKeyID] != nil { throw Failure.developmentKeyInProduction }
    }

    private struct Document: Decodable {
        var keys: [Entry]
    }

    /// One key of a document, which may be of a kind that the library does not know.
    private struct Entry: Decodable {
        var kid: String?
        var use: String?
        var jwk: JWK?

        private enum CodingKeys: CodingKey {
            case kid, use
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kid = try container.decodeIfPresent(String.self, forKey: .kid)
            use = try container.decodeIfPresent(String.self, forKey: .use)
            jwk = try? JWK(from: decoder)
        }
    }

    /// The key for a token's header; a token without key id fits if exactly one key has its algorithm.
    func key(id: String?, algorithm: String) -> Key? {
        if let id { return keys[id].flatMap { $0.algorithm == algorithm ? $0 : nil } }
        let fitting = keys.values.filter { $0.algorithm == algorithm }
        return fitting.count == 1 ? fitting.first : nil
    }

    private static func key(of jwk: JWK, id: String) async throws(Failure) -> Key {
        let algorithm: JWK.Algorithm
        switch jwk.keyType {
        case .rsa:
            algorithm = .rs256
            guard (jwk.modulus ?? "").utf8.count * 6 >= 2048 else {
                throw Failure.unusableKey(id, "RSA keys have to have at least 2048 bits")
            }
        case .ecdsa:
            algorithm = .es256
            guard jwk.curve == .ecdsa(.p256) else { throw Failure.unusableKey(id, "the curve has to be P-256") }
        default:
            algorithm = .eddsa
        }
        if let stated = jwk.algorithm, stated != algorithm {
            throw Failure.unusableKey(id, "its alg is \(stated.rawValue); RS256, ES256 and EdDSA are supported")
        }
        var publicPart = jwk
        publicPart.algorithm = algorithm
        publicPart.privateExponent = nil
        publicPart.prime1 = nil
        publicPart.prime2 = nil
        do {
            let collection = try await JWTKeyCollection().add(jwk: publicPart)
            let verifier = try await collection.getKey(for: JWKIdentifier(string: id), alg: algorithm.rawValue)
            return Key(algorithm: algorithm.rawValue, verifier: verifier)
        } catch {
            throw Failure.unusableKey(id, "its numbers are missing or are no key")
        }
    }
}

/// In which surroundings the service runs.
public enum ServiceMode: String, CaseIterable, Sendable {
    /// On a developer's machine or in a test: the development key is accepted.
    case development
    /// With real people's data: a start with the development key is refused.
    case production
}
