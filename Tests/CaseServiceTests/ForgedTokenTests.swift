import CaseFile
import CaseTiming
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

/// Tokens that are not what they claim to be, against every operation over the wire.
@Suite("A token that is not good opens nothing") struct ForgedTokenTests {
    private static func claims(_ now: Double, _ change: (inout TokenClaims) -> Void = { _ in }) -> TokenClaims {
        var claims = TokenClaims(
            sub: "yo-7", name: "Zqname", role: "caseworker", office: "youth-office", exp: now + 3600, nbf: nil,
            iat: now)
        claims.iss = "https://identity.example.org"
        claims.aud = TokenClaims.Audience(["gleichtakt"])
        change(&claims)
        return claims
    }

    private static func base64URL(_ text: String) -> String { base64URL(Data(text.utf8)) }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    /// What goes wrong with a token, and the token.
    private static func forgeries(_ key: DevelopmentKey, now: Double) async throws -> [(name: String, token: String)] {
        let good = try await key.sign(claims(now))
        let parts = good.split(separator: ".").map(String.init)
        func with(header: String? = nil, payload: String? = nil, signature: String? = nil) -> String {
            [header.map(base64URL) ?? parts[0], payload.map(base64URL) ?? parts[1], signature ?? parts[2]]
                .joined(separator: ".")
        }
        let administrator =
            #"{"sub":"yo-7","role":"administrator","iss":"https://identity.example.org","aud":"gleichtakt","#
            + #""exp":\#(Int(now) + 3600)}"#
        // The public key as the secret of an HMAC: what a verifier falls for that lets the token choose (RFC 8725).
        let signed = base64URL(#"{"alg":"HS256","kid":"development"}"#) + "." + parts[1]
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: try key.jwks))
        return [
            ("nonsense", "nonsense"), ("empty parts", ".."),
            ("no signature", with(signature: "")),
            ("another signature", with(signature: base64URL("Zqsignature"))),
            ("the algorithm none", with(header: #"{"alg":"none","kid":"development"}"#, signature: "")),
            ("the algorithm None", with(header: #"{"alg":"None","kid":"development"}"#, signature: "")),
            ("claims that were changed", with(payload: administrator)),
            ("an HMAC", signed + "." + base64URL(Data(code))),
            ("another key", try await DevelopmentKey().sign(claims(now))),
            ("an unknown key", with(header: #"{"alg":"EdDSA","kid":"Zqkey"}"#)),
            ("expired", try await key.sign(claims(now) { $0.exp = now - 1 })),
            ("without end", try await key.sign(claims(now) { $0.exp = nil })),
            ("not yet valid", try await key.sign(claims(now) { $0.nbf = now + 600 })),
            ("another issuer", try await key.sign(claims(now) { $0.iss = "https://elsewhere.example.org" })),
            ("no issuer", try await key.sign(claims(now) { $0.iss = nil })),
            ("another audience", try await key.sign(claims(now) { $0.aud = TokenClaims.Audience(["other"]) })),
            ("no audience", try await key.sign(claims(now) { $0.aud = nil })),
            ("the worker", try await key.sign(claims(now) { $0.role = "worker" })),
            ("an unknown role", try await key.sign(claims(now) { $0.role = "Zqrole" })),
            ("an unknown office", try await key.sign(claims(now) { $0.office = "Zqoffice" })),
        ]
    }

    @Test func everyOperationRefusesEveryForgery() async throws {
        let fixture = try await ServiceFixture()
        let now = Double(fixture.time.clock.now.microsecondsSince1970) / 1_000_000
        let verifier = TokenVerifier(
            keys: try await TokenKeySet(jwks: fixture.key.jwks, mode: .development),
            terms: TokenTerms(issuer: "https://identity.example.org", audience: "gleichtakt"),
            clock: fixture.time.clock)
        let application = fixture.application(verifier: verifier)
        let forgeries = try await Self.forgeries(fixture.key, now: now)
        let good = try await fixture.key.sign(Self.claims(now))
        try await application.server().test(.live) { client in
            #expect(try await client.get("/v1/youth-office/cases", token: good).status == .ok)
            for operation in application.operations where operation.access != .open {
                let path = operation.path.replacing("{office}", with: "youth-office").replacing(
                    /\{[A-Za-z]+\}/, with: "0198c0de-0000-7000-8000-000000000001")
                for (name, token) in forgeries {
                    let answer =
                        operation.method == .post
                        ? try await client.post(path, "{}", token: token)
                        : try await client.get(path, token: token, method: operation.method)
                    #expect(answer.problem == "unauthenticated", "\(operation.id), \(name): \(answer.text)")
                    #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer ") == true)
                    #expect(!answer.text.contains("Zq"), "\(name): \(answer.text)")
                }
            }
        }
        #expect(fixture.reads.reads.map(\.view) == ["worklist"], "nothing was read but with the good token")
        #expect(try await fixture.store.head() == 0, "and nothing was recorded")
    }
}
