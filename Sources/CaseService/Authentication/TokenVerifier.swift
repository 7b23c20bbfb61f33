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

    private let keys: TokenKeySet
    private let clock: LedgerClock
    private let cache: Mutex<LeastRecentlyUsed<String, Verified>>

    /// A verifier that knows `keys`, reads the time from `clock` and remembers at most `cacheCapacity` tokens.
    public init(keys: TokenKeySet, clock: LedgerClock, cacheCapacity: Int = 10_000) {
        self.keys = keys
        self.clock = clock
        cache = Mutex(LeastRecentlyUsed(capacity: cacheCapacity))
    }

    /// Who signed in with this token.
    ///
    /// - Throws: ``TokenRefusal``.
    public func actor(for token: String) throws(TokenRefusal) -> CaseFile.Actor {
        let now = Double(clock.now.microsecondsSince1970) / 1_000_000
        if let known = cache.withLock({ $0.value(for: token) }) {
            guard now < known.expiresAt else {
                cache.withLock { $0.remove(token) }
                throw .expired
            }
            return known.actor
        }
        let claims = try verifiedClaims(of: token)
        guard let expiresAt = claims.exp, expiresAt.isFinite else { throw .missingExpiry }
        guard now < expiresAt else { throw .expired }
        guard [claims.nbf, claims.iat].allSatisfy({ ($0 ?? now) <= now + Self.tolerance }) else { throw .notYetValid }
        let actor = try claims.actor()
        cache.withLock { $0.set(Verified(actor: actor, expiresAt: expiresAt), for: token) }
        return actor
    }

    private func verifiedClaims(of token: String) throws(TokenRefusal) -> TokenClaims {
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
