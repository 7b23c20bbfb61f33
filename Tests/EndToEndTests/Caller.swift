import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// An answer of the service.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: Data
    var json: JSON { (try? JSON(parsing: body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first(name: name) }
}

/// Somebody who speaks to the service with a token.
struct Caller: Sendable {
    var base: String
    var token: String?
    var client: HTTPClient = .shared
    /// After how long without an answer a request has failed.
    var patience: Duration = .seconds(35)

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send(.GET, path, nil, headers)
    }

    func post(_ path: String, _ body: JSON, headers: [String: String] = [:]) async throws -> Answer {
        try await send(.POST, path, Data(body.serialized.utf8), headers)
    }

    func send(_ method: HTTPMethod, _ path: String, _ body: Data?, _ headers: [String: String]) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: body))
        }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let response = try await client.execute(request, timeout: TimeAmount(patience))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: Data(buffer: bytes))
    }
}

extension HTTPClient {
    /// A client that asks many things of one service at the same time, and does not wait for one that is not there.
    static func wide(_ connections: Int) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            connectionPool: .init(
                idleTimeout: .seconds(60), concurrentHTTP1ConnectionsPerHostSoftLimit: connections))
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
