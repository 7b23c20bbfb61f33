import CaseFile
import CaseTiming
import HTTPTypes
import Hummingbird
import Ledger

/// What happens before every operation: who asks, whether they may, and whether the query can be read.
struct OperationResponder: Sendable {
    let verifier: TokenVerifier
    /// What fetches keys that the verifier does not know yet.
    let keys: TokenKeyKeeper?
    let limiter: RateLimiter?

    /// Answers a request to an operation.
    func respond(_ operation: Operation, to request: Request, in context: ServiceContext) async throws -> Response {
        let caller = try await caller(of: operation, request, context)
        let query = try QueryParameters(request.uri.query, for: operation.parameters)
        return try await operation.handle(
            ServiceRequest(request: request, context: context, caller: caller, query: query))
    }

    private func caller(
        of operation: Operation, _ request: Request, _ context: ServiceContext
    ) async throws -> CaseFile.Actor? {
        switch operation.access {
        case .open:
            return nil
        case .action(let action):
            let actor = try await authenticated(request)
            try Self.require(AccessPolicy.judge(action, by: actor))
            return actor
        case .officeAction(let action):
            let actor = try await authenticated(request)
            guard let office = context.parameters.get("office").flatMap(Office.init(rawValue:)) else {
                throw Problem.notFound
            }
            try Self.require(AccessPolicy.judge(action, by: actor, viewOf: office))
            return actor
        }
    }

    private static func require(_ verdict: AccessVerdict) throws {
        switch verdict {
        case .allowed: return
        case .forbidden(let sentence): throw Problem(kind: .forbidden, detail: sentence)
        case .notFound: throw Problem.notFound
        }
    }

    /// What follows the scheme `Bearer`, whose capitals do not matter (RFC 9110 section 11.1).
    private static func bearerToken(in header: String) -> String? {
        let rest = header.utf8.dropFirst(7)
        if header.hasPrefix("Bearer "), let first = rest.first, first != UInt8(ascii: " ") {
            return String(Substring(rest))
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    private func authenticated(_ request: Request) async throws -> CaseFile.Actor {
        guard let header = request.headers[.authorization] else {
            throw Problem(
                kind: .unauthenticated, detail: "Send the header Authorization: Bearer <token>.",
                challenge: "Bearer realm=\"gleichtakt\"")
        }
        guard let token = Self.bearerToken(in: header) else {
            throw Problem(
                kind: .unauthenticated, detail: "The header Authorization has to be: Bearer <token>.",
                challenge: "Bearer realm=\"gleichtakt\", error=\"invalid_request\"")
        }
        let actor: CaseFile.Actor
        do throws(TokenRefusal) {
            actor = try await self.actor(for: token)
        } catch {
            throw Problem(
                kind: .unauthenticated, detail: error.sentence,
                challenge: "Bearer realm=\"gleichtakt\", error=\"invalid_token\"")
        }
        try limiter?.admit(actor.subject)
        return actor
    }

    private func actor(for token: String) async throws(TokenRefusal) -> CaseFile.Actor {
        do throws(TokenRefusal) {
            return try verifier.actor(for: token)
        } catch {
            // The provider may sign with a new key since a moment.
            guard error == .unknownKey, let keys else { throw error }
            await keys.refreshForUnknownKey()
        }
        // Another request may have fetched the key meanwhile, so this asks again whoever it was.
        return try verifier.actor(for: token)
    }
}
