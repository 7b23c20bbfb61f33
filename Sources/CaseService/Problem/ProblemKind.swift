/// The kinds of errors the API answers with; the raw value is the `code` of the problem document.
enum ProblemKind: String, CaseIterable, Sendable {
    case malformed
    case unauthenticated
    case forbidden
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case requestTimeout = "request-timeout"
    case rejected
    case versionConflict = "version-conflict"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case idempotencyKeyReused = "idempotency-key-reused"
    case rateLimited = "rate-limited"
    case unavailable
    case internalError = "internal"

    /// The HTTP status.
    var status: Int {
        switch self {
        case .malformed: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .rejected: 409
        case .versionConflict: 412
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .idempotencyKeyReused: 422
        case .rateLimited: 429
        case .internalError: 500
        case .unavailable: 503
        }
    }

    /// A short summary that is the same every time, as RFC 9457 wants it.
    var title: String {
        switch self {
        case .malformed: "The request cannot be read"
        case .unauthenticated: "Who asks is not known"
        case .forbidden: "Not allowed to this actor"
        case .notFound: "Not found"
        case .methodNotAllowed: "Not with this method"
        case .requestTimeout: "The request took too long to arrive"
        case .rejected: "The rules of the case say no"
        case .versionConflict: "The version is another one"
        case .tooLarge: "The body is too large"
        case .unsupportedMediaType: "The body has an unsupported media type"
        case .idempotencyKeyReused: "The idempotency key belongs to another command"
        case .rateLimited: "Too many requests"
        case .unavailable: "Not available at the moment"
        case .internalError: "Something went wrong on our side"
        }
    }

    /// The `type` member: stable, relative to the service's address.
    var type: String { "/problems/\(rawValue)" }
}
