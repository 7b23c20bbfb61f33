import CaseFile
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTKit
import Ledger
import Logging
import Testing

@testable import CaseService

@Suite("Keys of an identity provider")
struct TokenKeyKeeperTests {
    private static let now = Double((Instant("2026-03-16T09:00:00Z")?.microsecondsSince1970 ?? 0) / 1_000_000)

    /// A key of an invented provider.
    private struct ProviderKey: Sendable {
        let id: String
        private let key = Curve25519.Signing.PrivateKey()

        init(_ id: String) { self.id = id }

        var jwk: String {
            let x = key.publicKey.rawRepresentation.base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            return #"{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"\#(id)","x":"\#(x)"}"#
        }

        func sign(_ change: (inout TokenClaims) -> Void = { _ in }) async throws -> String {
            var claims = TokenClaims(
                sub: "yo-7", name: nil, role: "caseworker", office: "youth-office", exp: now + 3600, iat: now)
            change(&claims)
            let kid = JWKIdentifier(string: id)
            return try await JWTKeyCollection().add(eddsa: EdDSA.PrivateKey(backing: key), kid: kid).sign(
                claims, kid: kid)
        }
    }

    private static func document(_ keys: ProviderKey...) -> Data {
        Data(#"{"keys":[\#(keys.map(\.jwk).joined(separator: ","))]}"#.utf8)
    }

    /// What a provider publishes, and how often it was asked.
    private final class Provider: Sendable {
        let document: Mutex2<Result<Data, KeySetLocation.Failure>>
        let asked = Mutex2(0)

        init(_ document: Data) { self.document = Mutex2(.success(document)) }

        func read() throws -> Data {
            asked.value += 1
            return try document.value.get()
        }
    }

    private static func keeper(
        of verifier: TokenVerifier, _ provider: Provider, atMostEvery least: Duration = .zero
    ) throws -> TokenKeyKeeper {
        TokenKeyKeeper(
            of: verifier, document: try provider.document.value.get(), mode: .production, atMostEvery: least,
            logger: .quiet
        ) { try provider.read() }
    }

    private static func verifier(_ document: Data, terms: TokenTerms = TokenTerms()) async throws -> TokenVerifier {
        TokenVerifier(
            keys: try await TokenKeySet(jwks: document, mode: .production), terms: terms, clock: MovableTime().clock)
    }

    @Test("a token with a new key is taken at once, over a live port; one of a key that is gone is refused")
    func rotation() async throws {
        let (old, new) = (ProviderKey("2025"), ProviderKey("2026"))
        let provider = Provider(Self.document(old))
        let fixture = try await ServiceFixture()
        let verifier = try await Self.verifier(Self.document(old))
        let keeper = try Self.keeper(of: verifier, provider)
        let application = Application(router: fixture.application(verifier: verifier, keys: keeper).router())
        let (before, after) = (try await old.sign(), try await new.sign())
        try await application.test(.live) { client async throws -> Void in
            func status(_ token: String) async throws -> Int {
                try await client.get("/v1/rules", token: token).status.code
            }
            #expect(try await status(before) == 200)
            #expect(try await status(after) == 401)
            provider.document.value = .success(Self.document(old, new))
            #expect(try await status(after) == 200)
            #expect(try await status(before) == 200)
            // The old key was stolen: nothing that it signed is taken any more, though it was taken before.
            provider.document.value = .success(Self.document(new))
            #expect(await keeper.refreshForUnknownKey())
            #expect(try await status(before) == 401)
            #expect(try await status(after) == 200)
        }
    }

    @Test("none of many who come with a new key at once is refused because another one fetched it")
    func rush() async throws {
        let (old, new) = (ProviderKey("2025"), ProviderKey("2026"))
        let provider = Provider(Self.document(old))
        let fixture = try await ServiceFixture()
        let verifier = try await Self.verifier(Self.document(old))
        let keeper = try Self.keeper(of: verifier, provider, atMostEvery: .seconds(3600))
        provider.document.value = .success(Self.document(new))
        let application = Application(router: fixture.application(verifier: verifier, keys: keeper).router())
        let token = try await new.sign()
        try await application.test(.live) { client in
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 {
                    group.addTask { try await client.get("/v1/rules", token: token).status.code }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: 200, count: 40))
        }
        #expect(provider.asked.value == 1)
    }

    @Test("who makes up keys cannot make the provider be asked all the time")
    func flood() async throws {
        let key = ProviderKey("2026")
        let provider = Provider(Self.document(key))
        let verifier = try await Self.verifier(Self.document(key))
        let keeper = try Self.keeper(of: verifier, provider, atMostEvery: .seconds(3600))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { #expect(await !keeper.refreshForUnknownKey()) } }
        }
        #expect(provider.asked.value == 1)
    }

    @Test("a provider that does not answer, or answers nonsense, takes no key away")
    func unanswered() async throws {
        let key = ProviderKey("2026")
        let provider = Provider(Self.document(key))
        let verifier = try await Self.verifier(Self.document(key))
        let keeper = try Self.keeper(of: verifier, provider)
        let token = try await key.sign()
        for answer: Result<Data, KeySetLocation.Failure> in [
            .failure(.unanswered("it is down")), .success(Data("<html>".utf8)), .success(Data(#"{"keys":[]}"#.utf8)),
            .success(try DevelopmentKey().jwks),
        ] {
            provider.document.value = answer
            #expect(await !keeper.refreshForUnknownKey())
            #expect(try verifier.actor(for: token).subject == "yo-7")
        }
        #expect(provider.asked.value == 4)
    }

    @Test("keys for other purposes are passed over, as providers publish them beside those for signing")
    func otherKeys() async throws {
        let key = ProviderKey("2026")
        let encryption = #"{"kty":"RSA","use":"enc","alg":"RSA-OAEP","kid":"e","n":"AAAA","e":"AQAB"}"#
        let unknown = #"{"kty":"AKP","kid":"pq","alg":"ML-DSA-65","pub":"AAAA"}"#
        let long = #"{"kty":"EC","crv":"P-384","kid":"p","x":"AA","y":"AA"}"#
        let set = try await TokenKeySet(
            jwks: Data(#"{"keys":[\#(encryption),\#(unknown),\#(key.jwk),\#(long)]}"#.utf8), mode: .production)
        #expect(set.passedOver.count == 3)
        let verifier = TokenVerifier(keys: set, clock: MovableTime().clock)
        #expect(try verifier.actor(for: try await key.sign()).subject == "yo-7")
        await #expect(throws: TokenKeySet.Failure.self) {
            try await TokenKeySet(jwks: Data(#"{"keys":[\#(key.jwk),\#(key.jwk)]}"#.utf8), mode: .production)
        }
    }

    @Test("a token of another issuer or for another service is refused")
    func terms() async throws {
        let key = ProviderKey("2026")
        let verifier = try await Self.verifier(
            Self.document(key), terms: TokenTerms(issuer: "https://login.example.org/a", audience: "gleichtakt"))
        func refusal(_ change: (inout TokenClaims) -> Void) async throws -> TokenRefusal? {
            let token = try await key.sign(change)
            do throws(TokenRefusal) {
                _ = try verifier.actor(for: token)
                return nil
            } catch {
                return error
            }
        }
        func claims(_ issuer: String?, _ audience: [String]?) -> (inout TokenClaims) -> Void {
            {
                $0.iss = issuer
                $0.aud = audience.map(TokenClaims.Audience.init)
            }
        }
        let issuer = "https://login.example.org/a"
        #expect(try await refusal(claims(issuer, ["gleichtakt"])) == nil)
        #expect(try await refusal(claims(issuer, ["account", "gleichtakt"])) == nil)
        #expect(try await refusal(claims(issuer + "/", ["gleichtakt"])) == .wrongIssuer)
        #expect(try await refusal(claims(nil, ["gleichtakt"])) == .wrongIssuer)
        #expect(try await refusal(claims(issuer, ["account"])) == .wrongAudience)
        #expect(try await refusal(claims(issuer, [])) == .wrongAudience)
        #expect(try await refusal(claims(issuer, nil)) == .wrongAudience)
    }

    @Test("a key set is fetched by its address or by its issuer's metadata, and from nowhere else")
    func locations() async throws {
        let key = ProviderKey("2026")
        let router = Router()
        let document = String(decoding: Self.document(key), as: UTF8.self)
        router.get("jwks") { _, _ in document }
        router.get("moved") { _, _ in Response.redirect(to: "/jwks") }
        router.get("huge") { _, _ in String(repeating: " ", count: KeySetLocation.limit + 1) }
        router.get("realm/.well-known/openid-configuration") { request, _ in
            let host = request.head.authority ?? ""
            return #"{"issuer":"http://\#(host)/realm","jwks_uri":"http://\#(host)/jwks"}"#
        }
        router.get("other/.well-known/openid-configuration") { request, _ in
            let host = request.head.authority ?? ""
            return #"{"issuer":"http://\#(host)/realm","jwks_uri":"http://\#(host)/jwks"}"#
        }
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
            .test(.live) { client async throws -> Void in
                let base = "http://127.0.0.1:\(try #require(client.port))"
                func read(_ location: KeySetLocation) async throws -> String {
                    String(decoding: try await location.read(mode: .development), as: UTF8.self)
                }
                #expect(try await read(KeySetLocation("\(base)/jwks", mode: .development)) == document)
                #expect(try await read(KeySetLocation(issuer: "\(base)/realm", mode: .development)) == document)
                for path in ["moved", "missing", "huge"] {
                    await #expect(throws: KeySetLocation.Failure.self, "\(path)") {
                        try await read(KeySetLocation("\(base)/\(path)", mode: .development))
                    }
                }
                await #expect(throws: KeySetLocation.Failure.self, "it speaks for another one") {
                    try await read(KeySetLocation(issuer: "\(base)/other", mode: .development))
                }
                #expect(throws: KeySetLocation.Failure.unprotected("\(base)/jwks")) {
                    try KeySetLocation("\(base)/jwks", mode: .production)
                }
            }
        #expect(
            try KeySetLocation("https://login.example.org/jwks", mode: .production)
                == .url(try #require(URL(string: "https://login.example.org/jwks"))))
        #expect(
            try KeySetLocation("/etc/gleichtakt/jwks.json", mode: .production) == .file("/etc/gleichtakt/jwks.json"))
        #expect(throws: KeySetLocation.Failure.self) { try KeySetLocation(issuer: "accounts", mode: .production) }
    }
}
