import CaseCommands
import CaseFile
import CaseTiming
import CaseViews
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import NIOCore
import RuleFiles
import Synchronization

@testable import CaseService

/// A service over a ledger in memory, with a clock that stands still until it is moved.
struct ServiceFixture: Sendable {
    let time: MovableTime
    let store: InMemoryEventStore
    let log: InMemoryTransparencyLog
    let handler: CommandHandler
    let key: DevelopmentKey
    let verifier: TokenVerifier
    let rules: RuleBook
    let queries = FakeQueries()
    let reads = InMemoryAuditReads()
    let feeds = InMemoryCalendarFeeds()
    let metrics = PrometheusMetrics()
    let workerSeenAt = Mutex2<Instant?>(nil)
    let unhandledEvents = Mutex2<[ServiceHealth.UnhandledEvent]>([])

    init() async throws {
        time = MovableTime()
        let clock = time.clock
        store = InMemoryEventStore(clock: clock)
        log = InMemoryTransparencyLog(
            store: store, key: try NoteSigningKey(name: "example.org/log", seed: Array(repeating: 9, count: 32)),
            clock: clock)
        let vault = Vault(
            store: InMemoryKeyStore(),
            masterKeys: try MasterKeyring(current: "k1", keys: ["k1": Array(repeating: 7, count: 32)]))
        rules = try RuleFiles.book()
        handler = CommandHandler(
            store: store, appender: store, vault: vault, rules: rules, clock: clock, logger: Logger.quiet)
        key = DevelopmentKey()
        verifier = TokenVerifier(keys: try await TokenKeySet(jwks: key.jwks, mode: .development), clock: clock)
        workerSeenAt.value = clock.now
    }

    func application(
        commands: (any CommandHandling)? = nil, verifier other: TokenVerifier? = nil, keys: TokenKeyKeeper? = nil,
        configuration: ServiceConfiguration = ServiceConfiguration()
    ) -> CaseServiceApplication {
        CaseServiceApplication(
            .init(
                commands: commands ?? handler, queries: queries, store: store,
                history: CaseHistory(store: store, cases: handler.cases, households: handler.households), log: log,
                rules: rules, verifier: other ?? verifier, keys: keys, reads: reads,
                feeds: feeds,
                health: ServiceHealth(
                    queueDepth: { 3 }, workerSeenAt: { [workerSeenAt] in workerSeenAt.value },
                    unhandledEvents: { [unhandledEvents] in unhandledEvents.value }),
                metrics: metrics, clock: time.clock, logger: Logger.quiet),
            configuration: configuration)
    }

    func token(
        _ role: Role, office: Office? = nil, subject: String = "yo-7", areas: Set<String>? = nil, lifetime: Int = 3600
    ) async throws -> String {
        try await key.token(
            for: CaseFile.Actor(subject: subject, role: role, office: office, areas: areas), lifetime: lifetime,
            clock: time.clock)
    }

    /// Publishes the area that participants are registered in.
    func publishArea(_ client: any TestClientProtocol) async throws {
        let answer = try await client.post(
            "/v1/areas/frankfurt-gallus/publish-area", #"{"name":"Frankfurt Gallus"}"#,
            token: try await token(.administrator))
        precondition(answer.status == .created || answer.status == .ok, "\(answer.text)")
    }

    static func registration(_ familyName: String = "Okafor") -> String {
        """
        {"givenName":"Mira","familyName":"\(familyName)","bornOn":"2008-05-17","areaId":"frankfurt-gallus",\
        "effectiveOn":"2026-03-02"}
        """
    }
}

/// A value that several tasks share.
final class Mutex2<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>
    init(_ value: Value) { mutex = Mutex(value) }
    var value: Value {
        get { mutex.withLock { $0 } }
        set { mutex.withLock { $0 = newValue } }
    }
}

/// A clock that a test moves.
final class MovableTime: Sendable {
    private let now = Mutex(Instant("2026-03-16T09:00:00Z") ?? Instant(microsecondsSince1970: 0))
    var clock: LedgerClock { LedgerClock { [self] in now.withLock { $0 } } }
    func advance(seconds: Int64) { now.withLock { $0 = $0.adding(seconds: seconds) } }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// On which the same test runs: the router alone, or a server on a port of its own.
enum Way: CaseIterable, Sendable {
    case router, live

    var setup: TestingSetup {
        switch self {
        case .router: .router
        case .live: .live
        }
    }
}

extension TestClientProtocol {
    func post(
        _ uri: String, _ body: String, token: String? = nil, type: String? = "application/json",
        headers: [String: String] = [:]
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        if let type { fields[.contentType] = type }
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        return try await execute(uri: uri, method: .post, headers: fields, body: ByteBuffer(string: body))
    }

    func get(
        _ uri: String, token: String? = nil, method: HTTPRequest.Method = .get, headers: [String: String] = [:]
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        return try await execute(uri: uri, method: method, headers: fields, body: nil)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var json: JSONValue { (try? JSONParser.parse(Array(body.readableBytesView))) ?? .null }
    /// Status and code of a problem document; nothing else may look like one.
    var problem: String? {
        guard headers[.contentType] == "application/problem+json", json["status"] == .number(String(status.code)),
            let code = json["code"]?.text, json["type"] == .string("/problems/\(code)"), json["title"]?.text != nil,
            json["detail"]?.text?.isEmpty == false
        else { return nil }
        return code
    }
    var pointers: [String] {
        guard case .array(let errors) = json["errors"] else { return [] }
        return errors.compactMap { $0["pointer"]?.text ?? $0["parameter"]?.text ?? $0["header"]?.text }
    }
}
