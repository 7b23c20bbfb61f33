import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Where the key set of an identity provider is published.
public enum KeySetLocation: Hashable, Sendable {
    /// A file.
    case file(String)
    /// An address that answers with the key set.
    case url(URL)
    /// An issuer whose OpenID Connect metadata say where the key set is (OpenID Connect Discovery 1.0 section 4).
    case issuer(URL)

    /// What is wrong with a location, or what is in the way of reading it.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Keys that travel unprotected can be exchanged on the way.
        case unprotected(String)
        /// The provider does not answer as it should; why.
        case unanswered(String)

        /// What is the matter and what to do about it.
        public var description: String {
            switch self {
            case .unprotected(let text):
                "The keys of tokens are not fetched from \(text) in production; use an address that begins with https://."
            case .unanswered(let reason): "The key set cannot be fetched: \(reason)"
            }
        }
    }

    /// How many bytes a document may have.
    static let limit = 1 << 20
    private static let patience = TimeAmount.seconds(10)

    /// What a setting says: an address, or a file's path.
    ///
    /// - Throws: ``Failure/unprotected(_:)``.
    public init(_ text: String, mode: ServiceMode) throws {
        guard let url = try Self.address(text, mode) else {
            self = .file(text)
            return
        }
        self = .url(url)
    }

    /// The key set that an issuer's metadata name.
    ///
    /// - Parameter text: the issuer, as in the claim `iss`.
    /// - Throws: ``Failure``.
    public init(issuer text: String, mode: ServiceMode) throws {
        guard let url = try Self.address(text, mode) else {
            throw Failure.unanswered(
                "the issuer '\(text)' is no address, so GLEICHTAKT_JWKS has to say where its keys are")
        }
        self = .issuer(url)
    }

    private static func address(_ text: String, _ mode: ServiceMode) throws -> URL? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.host() != nil
        else { return nil }
        guard scheme == "https" || mode == .development else { throw Failure.unprotected(text) }
        return url
    }

    /// The document as it is now.
    ///
    /// - Throws: ``Failure``, or an error of the file system.
    public func read(mode: ServiceMode) async throws -> Data {
        switch self {
        case .file(let path): return try Data(contentsOf: URL(filePath: path))
        case .url(let url): return try await Self.fetch(url)
        case .issuer(let issuer):
            let metadata = try await Self.fetch(issuer.appending(path: ".well-known/openid-configuration"))
            guard let found = try? JSONDecoder().decode(ProviderMetadata.self, from: metadata) else {
                throw Failure.unanswered("the metadata of \(issuer) name no jwks_uri")
            }
            // Otherwise one issuer could speak for another (section 4.3).
            guard found.issuer == issuer.absoluteString else {
                throw Failure.unanswered("the metadata of \(issuer) are those of another issuer")
            }
            guard let url = try Self.address(found.jwks_uri, mode) else {
                throw Failure.unanswered("the jwks_uri of \(issuer) is no address")
            }
            return try await Self.fetch(url)
        }
    }

    private struct ProviderMetadata: Decodable {
        var issuer: String
        var jwks_uri: String
    }

    /// What an address answers. It is where the setting says: answers that lead elsewhere, maybe unprotected, are refused.
    private static func fetch(_ url: URL) async throws -> Data {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
        let result: Result<Data, any Error>
        do {
            let answer = try await client.execute(HTTPClientRequest(url: url.absoluteString), timeout: patience)
            guard answer.status == .ok else {
                throw Failure.unanswered("\(url) answers with status \(answer.status.code)")
            }
            result = .success(Data(buffer: try await answer.body.collect(upTo: limit)))
        } catch {
            result = .failure(error as? Failure ?? Failure.unanswered("\(url) gives no key set: \(type(of: error))"))
        }
        try await client.shutdown()
        return try result.get()
    }
}
