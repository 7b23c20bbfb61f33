import CaseViews
import HTTPTypes
import Hummingbird
import Ledger
import Logging

/// What operators and machines ask: whether it lives, whether it is ready, what it measures, and how it is described.
struct OperationsRoutes: Sendable {
    /// A check that takes longer has failed.
    private static let timeLimit = Duration.seconds(2)

    let store: any EventStore
    let log: any TransparencyLog
    let queries: any CaseQueries
    let health: ServiceHealth
    let metrics: ServiceMetrics
    let registry: PrometheusMetrics
    let clock: LedgerClock
    let logger: Logger
    /// The description of the API, in which these routes occur as well.
    let document: ByteBuffer

    var operations: [Operation] {
        [
            operation("/openapi.json", "openapi", "This description (OpenAPI 3.1).", ["type": "object"]) { _ in
                Self.response(.ok, "application/json", document)
            },
            operation("/healthz", "liveness", "Whether the process lives.", ["type": "object"]) { _ in
                Self.response(.ok, "application/json", ByteBuffer(string: #"{"status":"alive"}"#))
            },
            readiness,
            operation(
                "/metrics", "metrics", "Measurements in Prometheus' text format.", ["type": "string"], "text/plain"
            ) {
                _ in
                await refreshGauges()
                return Self.response(
                    .ok, "text/plain; version=0.0.4; charset=utf-8", ByteBuffer(string: registry.exposition()))
            },
        ]
    }

    private func operation(
        _ path: String, _ id: String, _ summary: String, _ schema: JSONValue, _ mediaType: String = "application/json",
        handle: @escaping @Sendable (ServiceRequest) async throws -> Response
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, tag: "operations", summary: summary, access: .open,
            answers: [Operation.Answer(status: 200, description: summary, content: [(mediaType, schema)])],
            handle: handle)
    }

    private var readiness: Operation {
        let schema: JSONValue = [
            "type": "object", "required": ["status", "checks"],
            "properties": [
                "status": ["type": "string", "enum": ["ready", "not-ready"]], "checks": ["type": "object"],
            ],
        ]
        return Operation(
            method: .get, path: "/readyz", id: "readiness", tag: "operations",
            summary: "Whether requests can be served: ledger, views and worker.", access: .open,
            answers: [
                Operation.Answer(status: 200, description: "Ready.", content: [("application/json", schema)]),
                Operation.Answer(status: 503, description: "Not ready.", content: [("application/json", schema)]),
            ]
        ) { _ in
            await checks()
        }
    }

    private func checks() async -> Response {
        async let head = timed { try await store.head() }
        async let position = timed { try await queries.position() }
        async let worker = timed { try await health.workerSeenAt() }
        async let alarms = timed { try await health.unhandledEvents() }
        let (ledger, views, seen, unhandled) = await (head, position, worker, alarms)
        let age = (seen ?? nil).map { max(0, (clock.now.microsecondsSince1970 - $0.microsecondsSince1970) / 1_000_000) }
        let isWorkerAlive = age.map { $0 <= health.workerPatience } ?? false
        // Views that stand still are as good as without a worker. A parked stream is an alarm, and everything else goes on.
        let stopped = unhandled?.first { $0.hasStopped && $0.projection == CaseViewProjector.name }
        let isFollowing = unhandled != nil && stopped == nil
        let isReady = ledger != nil && views != nil && isWorkerAlive && isFollowing
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("status", isReady ? "ready" : "not-ready")
        writer.name("checks")
        writer.beginObject()
        check("ledger", ledger != nil, [("position", ledger)], &writer)
        check("views", views != nil, [("position", views), ("lag", lag(ledger, views))], &writer)
        check("worker", isWorkerAlive, [("secondsSinceSeen", age)], &writer)
        check(
            "projections", unhandled?.isEmpty ?? false,
            [
                ("stoppedAt", stopped?.position),
                ("parkedStreams", unhandled.map { Int64($0.count { !$0.hasStopped && !$0.isTimings }) }),
                ("casesWithoutTiming", unhandled.map { Int64($0.count(where: \.isTimings)) }),
            ], &writer)
        writer.endObject()
        writer.endObject()
        var response = Self.response(
            isReady ? .ok : .serviceUnavailable, "application/json", ByteBuffer(bytes: writer.bytes))
        if !isReady { response.headers[.retryAfter] = "5" }
        return response
    }

    private func check(
        _ name: String, _ isGood: Bool, _ numbers: [(name: String, value: Int64?)], _ writer: inout JSONWriter
    ) {
        writer.name(name)
        writer.beginObject()
        writer.name("ok")
        writer.boolean(isGood)
        for number in numbers { if let value = number.value { writer.member(number.name, value) } }
        writer.endObject()
    }

    private func lag(_ ledger: Position?, _ views: Position?) -> Int64? {
        guard let ledger, let views else { return nil }
        return max(0, ledger - views)
    }

    private func refreshGauges() async {
        metrics.set("gleichtakt_append_queue_depth", Double(await health.queueDepth()))
        async let head = timed { try await store.head() }
        async let position = timed { try await queries.position() }
        async let alarms = timed { try await health.unhandledEvents() }
        async let checkpoint = timed { try await log.checkpoint(size: nil)?.size ?? 0 }
        let (ledger, views, unhandled, sealed) = await (head, position, alarms, checkpoint)
        if let sealed { metrics.set("gleichtakt_sealed_position", Double(sealed)) }
        if let ledger { metrics.set("gleichtakt_ledger_position", Double(ledger)) }
        if let views { await refreshLag(of: views, behind: ledger) }
        if let unhandled {
            for projection in [CaseViewProjector.name, ViewRebuild.name] {
                let own = unhandled.filter { $0.projection == projection }
                let label = [("projection", projection)]
                metrics.set("gleichtakt_projection_stopped", own.contains { $0.hasStopped } ? 1 : 0, label)
                metrics.set("gleichtakt_parked_streams", Double(own.count { !$0.hasStopped }), label)
            }
            metrics.set("gleichtakt_timing_failing_scopes", Double(unhandled.count(where: \.isTimings)))
        }
    }

    /// All views are written by one projection, and each is as far as that is.
    private func refreshLag(of position: Position, behind ledger: Position?) async {
        let lag = lag(ledger, position)
        // Since when the first event that the views do not contain waits for them.
        let waiting = await timed { try await store.read(after: position, limit: 1).first?.recordedAt }
        let seconds = waiting.map { since in
            since.map { max(0, Double(clock.now.microsecondsSince1970 - $0.microsecondsSince1970) / 1_000_000) } ?? 0
        }
        for view in ViewName.allCases {
            let label = [("view", view.rawValue)]
            metrics.set("gleichtakt_view_position", Double(position), label)
            if let lag { metrics.set("gleichtakt_view_lag_events", Double(lag), label) }
            if let seconds { metrics.set("gleichtakt_view_lag_seconds", seconds, label) }
        }
    }

    /// What `check` answers in time, else `nil`.
    private func timed<Value: Sendable>(_ check: @escaping @Sendable () async throws -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask {
                do {
                    return try await check()
                } catch {
                    logger.debug("check failed", metadata: ["error": "\(type(of: error))", "reason": "\(error)"])
                    return nil
                }
            }
            group.addTask {
                try? await Task.sleep(for: Self.timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ mediaType: String, _ body: ByteBuffer) -> Response {
        Response(status: status, headers: [.contentType: mediaType], body: ResponseBody(byteBuffer: body))
    }
}

extension ServiceHealth.UnhandledEvent {
    /// Whether it is timing that cannot handle it, and not a view.
    fileprivate var isTimings: Bool { projection == TimingAgenda.name }
}
