public import CaseFile
import Foundation
import JWTKit
public import Ledger
import Synchronization

/// Tells from a bearer token who asks.
///
/// The algorithm is the key's, never the token's choice (RFC 8725 section 3.1), so neither `none` nor an HMAC made from
/// a public key passes. A verified token is remembered until it expires, because checking a signature costs more than
/// all the rest of a request's preparation.
public final class TokenVerifier: Sendable {
    /// Clocks of issuer and service may differ by this much before `nbf` and `iat` count as lying in the future.
    private static let tolerance = 60.0

    private struct Verified: Sendable {
        var actor: CaseFile.Actor
        var expiresAt: Double
    }

    /// The keys, and the tokens that they verified.
    private struct Known: Sendable {
        var keys: TokenKeySet
        /// How many sets of keys there were before.
        var generation = 0
        var tokens: LeastRecentlyUsed<String, Verified>
    }

    private let terms: TokenTerms
    private let clock: LedgerClock
    private let capacity: Int
    private let known: Mutex<Known>

    /// A verifier that knows `keys`, takes tokens that keep to `terms`, reads the time from `clock` and remembers at most
    /// `cacheCapacity` tokens.
    public init(
        keys: TokenKeySet, terms: TokenTerms = TokenTerms(), clock: LedgerClock, cacheCapacity: Int = 10_000
    ) {
        self.terms = terms
        self.clock = clock
        capacity = cacheCapacity
        known = Mutex(Known(keys: keys, tokens: LeastRecentlyUsed(capacity: cacheCapacity)))
    }

    /// Takes other keys from now on. A token that was signed with a key that is not among them is refused, though it was
    /// accepted before.
    public func use(_ keys: TokenKeySet) {
        known.withLock { known in
            known = Known(
                keys: keys, generation: known.generation + 1, tokens: LeastRecentlyUsed(capacity: capacity))
        }
    }

    /// Who signed in with this token.
    ///
    /// - Throws: ``TokenRefusal``.
    public func actor(for token: String) throws(TokenRefusal) -> CaseFile.Actor {
        let now = Double(clock.now.microsecondsSince1970) / 1_000_000
        let (keys, generation, remembered) = known.withLock { ($0.keys, $0.generation, $0.tokens.value(for: token)) }
        if let remembered {
            guard now < remembered.expiresAt else {
                known.withLock { $0.tokens.remove(token) }
                throw .expired
            }
            return remembered.actor
        }
        let claims = try Self.verifiedClaims(of: token, keys)
        try terms.check(claims)
        guard let expiresAt = claims.exp, expiresAt.isFinite else { throw .missingExpiry }
        guard now < expiresAt else { throw .expired }
        guard [claims.nbf, claims.iat].allSatisfy({ ($0 ?? now) <= now + Self.tolerance }) else { throw .notYetValid }
        let actor = try claims.actor()
        known.withLock { known in
            // Keys may have been changed meanwhile, and its own be gone.
            guard known.generation == generation else { return }
            known.tokens.set(Verified(actor: actor, expiresAt: expiresAt), for: token)
        }
        return actor
    }

    private static func verifiedClaims(of token: String, _ keys: TokenKeySet) throws(TokenRefusal) -> TokenClaims {
        let bytes = Array(token.utf8)
        guard let lastDot = bytes.lastIndex(of: UInt8(ascii: ".")),
            let (header, claims, signature) = try? DefaultJWTParser().parse(bytes, as: TokenClaims.self)
        else { throw .unreadable }
        guard let algorithm = header.alg, ["RS256", "ES256", "EdDSA"].contains(algorithm) else {
            throw .unsupportedAlgorithm
        }
        guard header.crit == nil else { throw .unknownExtension }
        guard let key = keys.key(id: header.kid, algorithm: algorithm) else { throw .unknownKey }
        guard (try? key.verifier.verify(signature, signs: bytes[..<lastDot])) == true else { throw .badSignature }
        return claims
    }
}
