import CaseFile
import CaseTiming
import Foundation
import Testing

@testable import CaseService

@Suite struct DevelopmentKeyTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
    private var path: String { folder.appending(path: "development-key.json").path() }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func theKeyIsMadeOnceAndForItsOwnerAlone() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try DevelopmentKey.loadOrMake(path: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let loaded = try DevelopmentKey.loadOrMake(path: path)
        #expect(try loaded.jwks == made.jwks)
        let time = MovableTime()
        let token = try await loaded.token(
            for: CaseFile.Actor(subject: "su-1", role: .supervisor, office: .jobCentre), lifetime: 60, clock: time.clock
        )
        let verifier = TokenVerifier(
            keys: try await TokenKeySet(jwks: made.jwks, mode: .development), clock: time.clock)
        #expect(try verifier.actor(for: token).office == .jobCentre)
    }

    @Test func theJWKSHoldsNoPrivatePart() throws {
        let text = try #require(String(data: try DevelopmentKey().jwks, encoding: .utf8))
        #expect(!text.contains("\"d\""))
        #expect(text.contains("\"kid\":\"development\""))
    }

    @Test func aKeyThatOthersCanReadIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try DevelopmentKey.loadOrMake(path: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: DevelopmentKey.Failure.exposed(path: path)) { try DevelopmentKey.load(path: path) }
    }

    @Test func anotherFileIsNoKey() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data("{}".utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: DevelopmentKey.Failure.unreadable(path: path)) { try DevelopmentKey.loadOrMake(path: path) }
    }

    @Test func productionRefusesTheDevelopmentKey() async throws {
        let jwks = try DevelopmentKey().jwks
        await #expect(throws: TokenKeySet.Failure.developmentKeyInProduction) {
            try await TokenKeySet(jwks: jwks, mode: .production)
        }
    }
}
