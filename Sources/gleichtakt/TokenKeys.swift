import CaseService
import Foundation

/// The keys that tokens are verified with: those of the settings, or the development key.
enum TokenKeys {
    static func load(_ settings: Settings) async throws -> TokenKeySet {
        let mode: ServiceMode = try settings.mode() == .production ? .production : .development
        if let file = settings.keySetFile { return try await TokenKeySet.load(path: file, mode: mode) }
        guard mode == .development else {
            throw Failure("In production, GLEICHTAKT_JWKS has to name the key set of your identity provider.")
        }
        return try await TokenKeySet(jwks: developmentKey(settings).jwks, mode: mode)
    }

    /// The key of the data directory that development tokens are signed with; made when it is first asked for.
    static func developmentKey(_ settings: Settings) throws -> DevelopmentKey {
        try FileManager.default.createDirectory(at: settings.dataDirectory, withIntermediateDirectories: true)
        return try DevelopmentKey.loadOrMake(
            path: settings.dataDirectory.appendingPathComponent("development-key.json").path)
    }
}
