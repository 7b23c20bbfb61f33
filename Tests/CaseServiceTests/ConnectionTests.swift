import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import Ledger
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import CaseService

/// What happens below HTTP: half requests, bytes that are none, and the end of the service.
@Suite struct ConnectionTests {
    private static func configuration(idle: Duration = .seconds(60)) -> ServiceConfiguration {
        ServiceConfiguration(port: 0, idleLimit: idle, headerLimit: 8 * 1024)
    }

    @Test(arguments: [
        "\u{1}\u{2}\u{3}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/import HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
    func bytesThatAreNoHTTPAreAProblem(_ bytes: String) async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(configuration: Self.configuration(idle: .seconds(2)))
        let answer = try await LiveService.run(application) { port, _ in
            try await RawConnection.exchange(port: port, Array(bytes.utf8))
        }
        #expect(answer.hasPrefix("HTTP/1.1 40"), "\(answer)")
        #expect(answer.contains("application/problem+json"), "\(answer)")
    }

    /// A request that hides in another one's body, or nonsense behind a good request, is never carried out as part of it.
    @Test(arguments: [
        "\u{1}\u{2}\u{3}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "POST /v1/import HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ])
    func nonsenseBehindARequestIsAProblemOfItsOwn(_ bytes: String) async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(configuration: Self.configuration(idle: .seconds(2)))
        let answer = try await LiveService.run(application) { port, _ in
            try await RawConnection.exchange(
                port: port, Array("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\(bytes)".utf8), untilClosed: true)
        }
        let statuses = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        #expect(statuses == ["200", "400"], "\(answer)")
    }

    @Test func headsThatAreTooLargeAreAProblem() async throws {
        let fixture = try await ServiceFixture()
        let answer = try await LiveService.run(fixture.application(configuration: Self.configuration())) { port, _ in
            let head = "GET /healthz HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 64 * 1024))\r\n\r\n"
            return try await RawConnection.exchange(port: port, Array(head.utf8))
        }
        #expect(answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(200))")
        #expect(answer.contains("\"code\":\"malformed\""), "\(answer.prefix(200))")
    }

    @Test func headsOfTooManyFieldsAreAProblem() async throws {
        let fixture = try await ServiceFixture()
        let answer = try await LiveService.run(fixture.application(configuration: Self.configuration())) { port, _ in
            let fields = (0..<4_000).map { "X\($0): 1\r\n" }.joined()
            return try await RawConnection.exchange(
                port: port, Array("GET /healthz HTTP/1.1\r\nHost: x\r\n\(fields)\r\n".utf8))
        }
        #expect(answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(200))")
        #expect(answer.contains("\"code\":\"malformed\""), "\(answer.prefix(200))")
    }

    @Test(arguments: ["Content-Length: 4096\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"])
    func bodiesThatAreTooLargeAreRefusedWithOrWithoutALength(_ length: String) async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.token(.administrator)
        let configuration = ServiceConfiguration(port: 0, bodyLimit: 1024, idleLimit: .seconds(60))
        let text = #"{"name":"\#(String(repeating: "a", count: 4085))"}"#
        let chunk = "400\r\n\(text.prefix(0x400))\r\n"
        let answer = try await LiveService.run(fixture.application(configuration: configuration)) { port, _ in
            let head =
                "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\n\(length)"
            let body = length.contains("chunked") ? chunk + chunk + "0\r\n\r\n" : text
            return try await RawConnection.exchange(port: port, Array((head + body).utf8))
        }
        #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer.prefix(200))")
        #expect(answer.contains("\"code\":\"too-large\""), "\(answer.prefix(400))")
        #expect(try await fixture.store.head() == 0)
    }

    /// Bytes keep coming, so the connection is never idle; the whole does not arrive in time.
    @Test(.timeLimit(.minutes(5))) func aBodyThatTricklesInIsRefused() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.token(.administrator)
        let configuration = ServiceConfiguration(port: 0, timeLimit: .milliseconds(400), idleLimit: .seconds(60))
        let answer = try await LiveService.run(fixture.application(configuration: configuration)) { port, _ in
            let head =
                "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: 4096\r\n\r\n"
            return try await RawConnection.trickle(port: port, Array(head.utf8), "{\"name\":\"aaaaaaaa")
        }
        #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer.prefix(400))")
        #expect(try await fixture.store.head() == 0)
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "GET /heal", "POST /v1/import HTTP/1.1\r\nHost: x\r\n",
            "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        ])
    func halfRequestsAreLetGo(_ bytes: String) async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(configuration: Self.configuration(idle: .milliseconds(300)))
        _ = try await LiveService.run(application) { port, _ in
            try await RawConnection.exchange(port: port, Array(bytes.utf8))
        }
        #expect(try await fixture.store.head() == 0)
    }

    @Test func aBodyThatBreaksOffChangesNothing() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.token(.administrator)
        try await LiveService.run(fixture.application(configuration: Self.configuration())) { port, _ in
            let head =
                "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"name\":\"A\"}"
            try await RawConnection.drop(port: port, Array(head.utf8))
            let healthy = try await RawConnection.exchange(
                port: port, Array("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
            #expect(healthy.hasPrefix("HTTP/1.1 200"))
        }
        #expect(try await fixture.store.head() == 0)
    }

    @Test func whatIsUnderWayEndsBeforeTheServiceDoes() async throws {
        let fixture = try await ServiceFixture()
        let gate = Gate()
        let token = try await fixture.token(.administrator)
        let application = fixture.application(
            commands: WaitingHandler(handler: fixture.handler, gate: gate), configuration: Self.configuration())
        let answer = try await LiveService.run(application) { port, group in
            let body = #"{"name":"A"}"#
            let request =
                "POST /v1/areas/a/publish-area HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            async let answer = RawConnection.exchange(port: port, Array(request.utf8))
            await gate.arrived()
            await group.triggerGracefulShutdown()
            try await Task.sleep(for: .milliseconds(200))
            // Nobody else is let in any more.
            let refused = try? await RawConnection.exchange(
                port: port, Array("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
            #expect(refused ?? "" == "")
            gate.open()
            return try await answer
        }
        #expect(answer.hasPrefix("HTTP/1.1 201"), "\(answer)")
        #expect(try await fixture.store.head() == 1)
    }

    @Test(.timeLimit(.minutes(5))) func whoeverWaitsIsSentAwayWhenTheServiceEnds() async throws {
        let fixture = try await ServiceFixture()
        let token = try await fixture.token(.caseworker, office: .youthOffice)
        let answer = try await LiveService.run(fixture.application(configuration: Self.configuration())) {
            port, group in
            let request =
                "GET /v1/timing/findings?atLeast=99&wait=30 HTTP/1.1\r\nHost: x\r\n"
                + "Authorization: Bearer \(token)\r\n\r\n"
            async let answer = RawConnection.exchange(port: port, Array(request.utf8))
            try await Task.sleep(for: .milliseconds(300))
            await group.triggerGracefulShutdown()
            return try await answer
        }
        #expect(answer.hasPrefix("HTTP/1.1 503"), "\(answer)")
        #expect(answer.contains("\"code\":\"unavailable\""))
    }
}

/// Lets a command arrive, and holds it until it is opened.
private final class Gate: Sendable {
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let openings = AsyncStream.makeStream(of: Void.self)

    func arrived() async { await arrivals.stream.first { _ in true } }
    func open() { openings.continuation.finish() }
    func pass() async {
        arrivals.continuation.yield()
        for await _ in openings.stream {}
    }
}

private struct WaitingHandler: CommandHandling {
    let handler: CommandHandler
    let gate: Gate

    func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt {
        await gate.pass()
        return try await handler.handle(request)
    }
}
