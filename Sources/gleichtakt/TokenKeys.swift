import CaseService
import Foundation
import Ledger
import Logging

/// What tokens are verified with: the keys of the identity provider, or the development key.
struct TokenKeys {
    let verifier: TokenVerifier
    /// `nil` for the development key, which never changes.
    let keeper: TokenKeyKeeper?

    /// The keys that the settings name, as they are now.
    static func load(_ settings: Settings, clock: LedgerClock, logger: Logger) async throws -> TokenKeys {
        let mode: ServiceMode = try settings.mode() == .production ? .production : .development
        let terms = TokenTerms(issuer: settings.issuer, audience: settings.audience)
        if mode == .production {
            for (name, value) in [("GLEICHTAKT_ISSUER", terms.issuer), ("GLEICHTAKT_AUDIENCE", terms.audience)]
            where value == nil {
                logger.warning("\(name) is not set: tokens that the provider made for others are taken too")
            }
        }
        guard let location = try location(settings, mode) else {
            let keys = try await TokenKeySet(jwks: developmentKey(settings).jwks, mode: mode)
            return TokenKeys(verifier: TokenVerifier(keys: keys, terms: terms, clock: clock), keeper: nil)
        }
        let document = try await location.read(mode: mode)
        let keys = try await TokenKeySet(jwks: document, mode: mode)
        for flaw in keys.passedOver { logger.warning("\(flaw)") }
        let verifier = TokenVerifier(keys: keys, terms: terms, clock: clock)
        let keeper = TokenKeyKeeper(of: verifier, document: document, mode: mode, logger: logger) {
            try await location.read(mode: mode)
        }
        return TokenKeys(verifier: verifier, keeper: keeper)
    }

    private static func location(_ settings: Settings, _ mode: ServiceMode) throws -> KeySetLocation? {
        if let text = settings.keySet { return try KeySetLocation(text, mode: mode) }
        if let issuer = settings.issuer { return try KeySetLocation(issuer: issuer, mode: mode) }
        guard mode == .development else {
            throw Failure("In production, GLEICHTAKT_JWKS has to name the key set of your identity provider.")
        }
        return nil
    }

    /// The key of the data directory that development tokens are signed with; made when it is first asked for.
    static func developmentKey(_ settings: Settings) throws -> DevelopmentKey {
        try FileManager.default.createDirectory(at: settings.dataDirectory, withIntermediateDirectories: true)
        return try DevelopmentKey.loadOrMake(
            path: settings.dataDirectory.appendingPathComponent("development-key.json").path)
    }
}
