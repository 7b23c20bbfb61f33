import HTTPTypes
import Hummingbird
import Logging

/// The outermost layer: every answer, good or bad, leaves through here with its request id and protective headers, and
/// every error leaves as a problem document.
struct AnswerMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    let metrics: ServiceMetrics
    let paths: RoutePatterns

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.requestID = Self.requestID(of: request)
        metrics.requestBegan()
        var response: Response
        do {
            response = try await next(request, context)
        } catch let failure as BodyReadFailure {
            ended(request, context, status: 400, began)
            throw failure.cause
        } catch {
            response = answer(to: error, request, context).response
        }
        response.headers[.requestID] = context.requestID
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentTypeOptions] = "nosniff"
        // A page brings its own, which lets its style in.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.frameOptions] = "DENY"
        ended(request, context, status: response.status.code, began)
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as any HTTPResponseError where error.status == .notFound:
            let methods = paths.methods(at: request.uri.path)
            guard !methods.isEmpty else { return .notFound }
            return Problem(
                kind: .methodNotAllowed, detail: "This address does not answer \(request.method.rawValue.prefix(16)).",
                allowedMethods: methods)
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            return Problem(kind: .tooLarge, detail: "The body is too large.")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            return .malformed("The request cannot be read.")
        case is CancellationError:
            return .unavailable("The request was stopped before it was done; send it again.")
        default:
            context.logger.error(
                "request failed",
                metadata: ["request": "\(context.requestID)", "error": "\(type(of: error))", "reason": "\(error)"])
            return .internalError
        }
    }

    private func ended(_ request: Request, _ context: Context, status: Int, _ began: ContinuousClock.Instant) {
        let duration = ContinuousClock.now - began
        let route = context.endpointPath ?? "NotFound"
        metrics.requestEnded(
            route: route, method: Self.knownMethod(request.method), status: status, after: duration)
        // The template of the route and never the address: ids, names and search words stay out of the logs.
        context.logger.log(
            level: status >= 500 ? .warning : .debug, "request",
            metadata: [
                "request": "\(context.requestID)", "method": "\(Self.knownMethod(request.method))",
                "route": "\(route)", "status": "\(status)", "ms": "\(Int64(duration / .milliseconds(1)))",
            ])
    }

    /// The caller's own request id where it is harmless, else one of ours.
    private static func requestID(of request: Request) -> String {
        guard let stated = request.headers[.requestID], (1...64).contains(stated.utf8.count),
            stated.utf8.allSatisfy({ isHarmless($0) })
        else { return RequestID().description }
        return stated
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }

    /// Methods are the client's words; only those that exist become labels.
    private static func knownMethod(_ method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .put, .patch, .delete, .options].contains(method) ? method.rawValue : "other"
    }
}

/// Which methods an address answers; asked only when no route fits.
struct RoutePatterns: Sendable {
    private let patterns: [(segments: [Substring], method: String)]

    init(_ operations: [Operation]) {
        patterns = operations.flatMap { operation in
            let segments = operation.path.split(separator: "/")
            return operation.method == .get
                ? [(segments, "GET"), (segments, "HEAD")] : [(segments, operation.method.rawValue)]
        }
    }

    /// The methods that the path answers, sorted; empty if the path is unknown.
    func methods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        return Set(
            patterns.filter { pattern in
                pattern.segments.count == segments.count
                    && zip(pattern.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }.map(\.method)
        ).sorted()
    }
}
