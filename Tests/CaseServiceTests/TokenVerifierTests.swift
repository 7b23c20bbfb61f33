import CaseFile
import CaseTiming
import Crypto
import CryptoExtras
import Foundation
import JWTKit
import Ledger
import Testing

@testable import CaseService

@Suite struct TokenVerifierTests {
    private static let now = Double((Instant("2026-03-16T09:00:00Z")?.microsecondsSince1970 ?? 0) / 1_000_000)

    private static func claims(_ change: (inout TokenClaims) -> Void = { _ in }) -> TokenClaims {
        var claims = TokenClaims(
            sub: "yo-7", name: "Ada", role: "caseworker", office: "youth-office", areas: ["frankfurt-gallus"],
            exp: now + 3600, nbf: nil, iat: now)
        change(&claims)
        return claims
    }

    private static func verifier(_ key: DevelopmentKey, _ time: MovableTime = MovableTime()) async throws
        -> TokenVerifier
    {
        TokenVerifier(keys: try await TokenKeySet(jwks: key.jwks, mode: .development), clock: time.clock)
    }

    @Test func aGoodTokenTellsWhoAsks() async throws {
        let key = DevelopmentKey()
        let actor = try await Self.verifier(key).actor(for: try await key.sign(Self.claims()))
        #expect(
            actor
                == CaseFile.Actor(
                    subject: "yo-7", name: "Ada", role: .caseworker, office: .youthOffice, areas: ["frankfurt-gallus"]))
    }

    private static let untimely: [(TokenRefusal, @Sendable (inout TokenClaims) -> Void)] = [
        (.missingExpiry, { $0.exp = nil }), (.expired, { $0.exp = now }), (.expired, { $0.exp = now - 1 }),
        (.notYetValid, { $0.nbf = now + 120 }), (.notYetValid, { $0.iat = now + 120 }),
    ]

    @Test(arguments: untimely)
    func timeIsHonoured(_ refusal: TokenRefusal, _ change: @Sendable (inout TokenClaims) -> Void) async throws {
        let key = DevelopmentKey()
        let token = try await key.sign(Self.claims(change))
        let verifier = try await Self.verifier(key)
        #expect(throws: refusal) { try verifier.actor(for: token) }
    }

    /// A token whose claims say another thing than what was signed.
    private static func tampered(_ key: DevelopmentKey) async throws -> String {
        var parts = try await key.sign(claims()).split(separator: ".").map(String.init)
        parts[1] = base64URL(#"{"sub":"yo-7","role":"supervisor","office":"youth-office","exp":1e999}"#)
        return parts.joined(separator: ".")
    }

    private static let unknown: [(String, @Sendable (inout TokenClaims) -> Void)] = [
        ("role", { $0.role = nil }), ("role", { $0.role = "boss" }), ("role", { $0.role = "worker" }),
        ("office", { $0.office = nil }), ("office", { $0.office = "tax-office" }), ("sub", { $0.sub = nil }),
        ("sub", { $0.sub = "" }), ("areas", { $0.areas = ["Not A Slug"] }),
    ]

    @Test(arguments: unknown)
    func claimsHaveToBeKnown(_ name: String, _ change: @Sendable (inout TokenClaims) -> Void) async throws {
        let key = DevelopmentKey()
        let verifier = try await Self.verifier(key)
        let token = try await key.sign(Self.claims(change))
        let thrown = #expect(throws: TokenRefusal.self) { try verifier.actor(for: token) }
        guard case .badClaim(name, _) = thrown else { return #expect(Bool(false), "\(String(describing: thrown))") }
    }

    @Test func auditorsNeedNoOffice() async throws {
        let key = DevelopmentKey()
        let token = try await key.sign(
            Self.claims {
                $0.role = "auditor"
                $0.office = nil
            })
        #expect(try await Self.verifier(key).actor(for: token).role == .auditor)
    }

    @Test func unsignedAndSymmetricTokensAreRefused() async throws {
        let key = DevelopmentKey()
        let verifier = try await Self.verifier(key)
        let payload = Self.base64URL(
            #"{"sub":"x","role":"administrator","exp":\#(Int(Self.now) + 60)}"#)
        for algorithm in ["none", "None", "NONE", "nOnE", "", "HS256", "HS512", "RS512", "PS256", "ES384"] {
            let header = Self.base64URL(#"{"alg":"\#(algorithm)","typ":"JWT","kid":"development"}"#)
            for signature in ["", "AAAA"] {
                #expect(throws: TokenRefusal.unsupportedAlgorithm) {
                    try verifier.actor(for: "\(header).\(payload).\(signature)")
                }
            }
        }
        // An HMAC made from the public key, which everybody knows.
        let publicBytes = try #require(String(data: key.jwks, encoding: .utf8))
        let keys = await JWTKeyCollection().add(
            hmac: HMACKey(from: publicBytes), digestAlgorithm: .sha256, kid: "development")
        let forged = try await keys.sign(Self.claims(), kid: "development")
        #expect(throws: TokenRefusal.unsupportedAlgorithm) { try verifier.actor(for: forged) }
        // The same, said to be EdDSA.
        var parts = forged.split(separator: ".").map(String.init)
        parts[0] = Self.base64URL(#"{"alg":"EdDSA","kid":"development"}"#)
        #expect(throws: TokenRefusal.badSignature) { try verifier.actor(for: parts.joined(separator: ".")) }
    }

    @Test func anotherKeyAndChangedClaimsAreRefused() async throws {
        let key = DevelopmentKey()
        let verifier = try await Self.verifier(key)
        let foreign = try await DevelopmentKey().sign(Self.claims())
        #expect(throws: TokenRefusal.badSignature) { try verifier.actor(for: foreign) }
        let changed = try await Self.tampered(key)
        #expect(throws: TokenRefusal.self) { try verifier.actor(for: changed) }
        var parts = try await key.sign(Self.claims()).split(separator: ".").map(String.init)
        parts[1] = Self.base64URL(
            #"{"sub":"yo-7","role":"administrator","exp":\#(Int(Self.now) + 60)}"#)
        #expect(throws: TokenRefusal.badSignature) { try verifier.actor(for: parts.joined(separator: ".")) }
    }

    @Test func theKeyDecidesTheAlgorithm() async throws {
        let key = DevelopmentKey()
        let verifier = try await Self.verifier(key)
        var parts = try await key.sign(Self.claims()).split(separator: ".").map(String.init)
        parts[0] = Self.base64URL(#"{"alg":"RS256","kid":"development"}"#)
        #expect(throws: TokenRefusal.unknownKey) { try verifier.actor(for: parts.joined(separator: ".")) }
        parts[0] = Self.base64URL(#"{"alg":"EdDSA","kid":"other"}"#)
        #expect(throws: TokenRefusal.unknownKey) { try verifier.actor(for: parts.joined(separator: ".")) }
        parts[0] = Self.base64URL(#"{"alg":"EdDSA","kid":"development","crit":["exp"]}"#)
        #expect(throws: TokenRefusal.unknownExtension) { try verifier.actor(for: parts.joined(separator: ".")) }
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "eyJhbGciOiJFZERTQSJ9..", "eyJhbGciOiJFZERTQSJ9.e30", "%%%.%%%.%%%", "{}.{}.{}",
        "eyJhbGciOiJFZERTQSJ9.bnVsbA.AAAA", "eyJhbGciOjF9.e30.AAAA", String(repeating: "a.", count: 5000),
    ])
    func nonsenseIsRefused(_ token: String) async throws {
        let verifier = try await Self.verifier(DevelopmentKey())
        #expect(throws: TokenRefusal.self) { try verifier.actor(for: token) }
    }

    @Test func ES256AndRS256AreUnderstood() async throws {
        let elliptic = ES256PrivateKey()
        let parameters = try #require(elliptic.parameters)
        let rsa = try Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
        let primitives = try rsa.publicKey.getKeyPrimitives()
        let jwks = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"ec","x":"\(Self.urlSafe(parameters.x))","y":"\(Self.urlSafe(parameters.y))"},
            {"kty":"RSA","alg":"RS256","kid":"rsa","n":"\(Self.base64URL(primitives.modulus))",
             "e":"\(Self.base64URL(primitives.publicExponent))"}]}
            """
        let verifier = TokenVerifier(
            keys: try await TokenKeySet(jwks: Data(jwks.utf8), mode: .production), clock: MovableTime().clock)
        let keys = await JWTKeyCollection().add(ecdsa: elliptic, kid: "ec")
            .add(rsa: rsa, digestAlgorithm: .sha256, kid: "rsa")
        for kid: JWKIdentifier in ["ec", "rsa"] {
            let token = try await keys.sign(Self.claims(), kid: kid)
            #expect(try verifier.actor(for: token).subject == "yo-7")
        }
        let other = await JWTKeyCollection().add(ecdsa: ES256PrivateKey(), kid: "ec")
        let forged = try await other.sign(Self.claims(), kid: "ec")
        #expect(throws: TokenRefusal.badSignature) { try verifier.actor(for: forged) }
    }

    @Test func whatIsRememberedStillExpires() async throws {
        let (key, time) = (DevelopmentKey(), MovableTime())
        let verifier = try await Self.verifier(key, time)
        let token = try await key.sign(Self.claims { $0.exp = Self.now + 10 })
        for _ in 0..<3 { _ = try verifier.actor(for: token) }
        time.advance(seconds: 9)
        _ = try verifier.actor(for: token)
        time.advance(seconds: 1)
        for _ in 0..<2 { #expect(throws: TokenRefusal.expired) { try verifier.actor(for: token) } }
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"AAAA","kid":"h"}]}"#,
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA","kid":"a"}]}"#, #"{"keys":[{"kty":"OKP","crv":"Ed25519"}]}"#,
        #"{"keys":[{"kty":"RSA","kid":"r","alg":"RS512","n":"AAAA","e":"AQAB"}]}"#,
        #"{"keys":[{"kty":"EC","crv":"P-384","kid":"e","x":"AA","y":"AA"}]}"#,
    ])
    func keySetsThatCannotBeUsedAreRefused(_ text: String) async {
        await #expect(throws: TokenKeySet.Failure.self) {
            try await TokenKeySet(jwks: Data(text.utf8), mode: .development)
        }
    }

    private static func base64URL(_ text: String) -> String { base64URL(Data(text.utf8)) }
    private static func base64URL(_ data: Data) -> String { urlSafe(data.base64EncodedString()) }
    private static func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
