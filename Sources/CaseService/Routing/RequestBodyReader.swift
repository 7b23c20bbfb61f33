import HTTPTypes
import Hummingbird

/// The connection failed while a body was read. The cause goes back to Hummingbird, which closes the connection.
struct BodyReadFailure: Error {
    let cause: any Error
}

/// Reads whole bodies within limits of size and time.
struct RequestBodyReader: Sendable {
    /// More bytes are refused.
    var limit: Int
    /// How long a body may take to arrive. A client that stops sending altogether meets the connection's idle limit.
    var timeLimit: Duration

    /// The body of a request.
    ///
    /// - Throws: ``Problem`` when it is too large or takes too long, ``BodyReadFailure`` when the connection fails.
    func read(_ request: Request) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var body = ByteBuffer()
        let deadline = ContinuousClock.now + timeLimit
        do {
            for try await chunk in request.body {
                guard body.readableBytes + chunk.readableBytes <= limit else { throw tooLarge }
                // Most bodies arrive in one piece, which is then taken as it is.
                if body.readableBytes == 0 { body = chunk } else { body.writeImmutableBuffer(chunk) }
                guard ContinuousClock.now < deadline else {
                    throw Problem(kind: .requestTimeout, detail: "The body did not arrive within \(timeLimit).")
                }
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw BodyReadFailure(cause: error)
        }
        return body
    }

    private var tooLarge: Problem {
        Problem(kind: .tooLarge, detail: "The body may have at most \(limit) bytes.")
    }
}
