import HTTPTypes
import Hummingbird
import Ledger

/// An error as the API answers it: `application/problem+json` (RFC 9457).
struct Problem: Error, Hashable, Sendable {
    /// One thing that is wrong with the input, and where.
    struct Issue: Hashable, Sendable {
        /// A JSON pointer (RFC 6901) into the body, or the name of a header or query parameter.
        var place: Place
        /// What is wrong and what would be right, without the value itself where that may be personal.
        var detail: String
    }

    /// Where an ``Issue`` lies.
    enum Place: Hashable, Sendable {
        case pointer(String)
        case header(String)
        case parameter(String)
    }

    var kind: ProblemKind
    /// What happened and what to do about it, in a sentence and without personal data.
    var detail: String
    var issues: [Issue] = []
    /// The domain's rule, for ``ProblemKind/rejected``.
    var rule: String?
    /// The version now, for ``ProblemKind/versionConflict``.
    var currentVersion: Int?
    /// After how many seconds to ask again.
    var retryAfter: Int?
    /// The methods that do exist, for ``ProblemKind/methodNotAllowed``.
    var allowedMethods: [String] = []
    /// What the client should do to authenticate, for ``ProblemKind/unauthenticated``.
    var challenge: String?

    /// The one and only answer for what is unknown and for what is not visible.
    static let notFound = Problem(
        kind: .notFound, detail: "There is nothing here, or it is not visible to you.")

    static func malformed(_ detail: String, _ issues: [Issue] = []) -> Problem {
        Problem(kind: .malformed, detail: detail, issues: issues)
    }

    static func unavailable(_ detail: String, retryAfter seconds: Int = 1) -> Problem {
        Problem(kind: .unavailable, detail: detail, retryAfter: seconds)
    }

    static let internalError = Problem(
        kind: .internalError, detail: "The request failed on our side; the request id helps to find out why.")

    /// The bytes of the document.
    var document: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        write(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// Writes the members of the document into an object that is open.
    func write(to writer: inout JSONWriter) {
        writer.member("type", kind.type)
        writer.member("title", kind.title)
        writer.member("status", kind.status)
        writer.member("detail", detail)
        writer.member("code", kind.rawValue)
        if let rule { writer.member("rule", rule) }
        if let currentVersion { writer.member("currentVersion", currentVersion) }
        guard !issues.isEmpty else { return }
        writer.name("errors")
        writer.beginArray()
        for issue in issues {
            writer.beginObject()
            switch issue.place {
            case .pointer(let pointer): writer.member("pointer", pointer)
            case .header(let name): writer.member("header", name)
            case .parameter(let name): writer.member("parameter", name)
            }
            writer.member("detail", issue.detail)
            writer.endObject()
        }
        writer.endArray()
    }

    /// The whole answer.
    var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if let currentVersion { headers[.eTag] = "\"\(currentVersion)\"" }
        if !allowedMethods.isEmpty { headers[.allow] = allowedMethods.joined(separator: ", ") }
        if let challenge { headers[.wwwAuthenticate] = challenge }
        return Response(
            status: .init(code: kind.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }
}
