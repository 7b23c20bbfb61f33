import CaseFile
import CaseTiming
import JWTKit

/// The claims of a token that the service looks at.
struct TokenClaims: JWTPayload {
    var sub: String?
    var name: String?
    var role: String?
    var office: String?
    /// Slugs of programme areas; absent means all.
    var areas: [String]?
    /// Seconds since 1970-01-01T00:00:00Z.
    var exp: Double?
    var nbf: Double?
    var iat: Double?
    var iss: String?
    var aud: Audience?

    /// For whom a token is: one audience or several, maybe none. The library's own type ends the process for none.
    struct Audience: Codable, Sendable {
        var names: [String]

        init(_ names: [String]) { self.names = names }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            names = try (try? container.decode(String.self)).map { [$0] } ?? container.decode([String].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(names)
        }
    }

    /// Dates are judged by ``TokenVerifier`` on the injected clock, not by the library on the machine's.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// Who the claims say is asking.
    ///
    /// - Throws: ``TokenRefusal`` for a subject, role, office or areas that the service does not know.
    func actor() throws(TokenRefusal) -> CaseFile.Actor {
        guard let sub, !sub.isEmpty, sub.utf8.count <= 200, !TextFormats.hasControlCharacters(sub) else {
            throw .badClaim("sub", "names who asks, in at most 200 characters")
        }
        guard let role else { throw .badClaim("role", "is missing") }
        // The worker acts inside its own process; a token that claims to be it is forged or a mistake.
        guard let role = Role(rawValue: role), role != .worker else {
            throw .badClaim("role", "is none of \(Self.roles)")
        }
        var actingOffice: Office?
        if let office {
            guard let known = Office(rawValue: office) else {
                throw .badClaim("office", "is none of \(Office.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            actingOffice = known
        }
        // A supervisor without an office compares areas, and has no office's own cases.
        if actingOffice == nil, role == .caseworker {
            throw .badClaim("office", "is missing; a caseworker acts for an office")
        }
        if let areas, !areas.allSatisfy(TextFormats.isSlug) {
            throw .badClaim("areas", "holds something that is no area id")
        }
        return CaseFile.Actor(
            subject: sub, name: name, role: role, office: actingOffice, areas: areas.map(Set.init))
    }

    private static let roles = Role.allCases.filter { $0 != .worker }.map(\.rawValue).joined(separator: ", ")
}
