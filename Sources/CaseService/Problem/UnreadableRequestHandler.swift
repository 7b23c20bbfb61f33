import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives the answer to bytes that are no HTTP the form of every other error.
///
/// Hummingbird answers such bytes below all middleware, with an empty 400, and closes. That answer is the only one with
/// an empty body and `Connection: close` in its head, and is completed here on its way out.
final class UnreadableRequestHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0", head.headerFields[.connection] == "close"
        else { return context.write(data, promise: promise) }
        let body = ByteBuffer(bytes: Self.document)
        head.headerFields[.contentType] = "application/problem+json"
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.cacheControl] = "no-store"
        head.headerFields[.contentTypeOptions] = "nosniff"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: promise)
    }

    private static let document = Problem.malformed("The bytes are no HTTP request, or its head is too large.").document
}
