import CaseFile
import CaseTiming
import CaseViews
import CoreMetrics
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct OperationsTests {
    private struct Broken: Error {}

    @Test(arguments: Way.allCases)
    func readinessFollowsLedgerViewsAndWorker(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let ready = try await client.get("/readyz")
            #expect(ready.status == .ok, "\(ready.text)")
            #expect(ready.json["status"] == "ready")
            #expect(ready.json["checks"]?["views"]?["position"] == 7)
            fixture.time.advance(seconds: 31)
            let late = try await client.get("/readyz")
            #expect(late.status == .serviceUnavailable)
            #expect(late.json["checks"]?["worker"]?["ok"] == false)
            #expect(late.json["checks"]?["ledger"]?["ok"] == true)
            fixture.workerSeenAt.value = fixture.time.clock.now
            fixture.queries.change { $0.failure = Broken() }
            let broken = try await client.get("/readyz")
            #expect(broken.status == .serviceUnavailable)
            #expect(broken.json["checks"]?["views"]?["ok"] == false)
            #expect(try await client.get("/healthz").status == .ok)
        }
    }

    @Test func measurementsAreExposed() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            _ = try await client.get("/nowhere")
            let answer = try await client.get("/metrics")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "# TYPE gleichtakt_http_requests_total counter",
                #"gleichtakt_http_requests_total{route="/v1/areas/{areaId}/publish-area",method="POST",status="201"} 1"#,
                #"gleichtakt_http_requests_total{route="NotFound",method="GET",status="404"} 1"#,
                #"gleichtakt_http_request_seconds_count{route="/v1/areas/{areaId}/publish-area",method="POST"} 1"#,
                #"gleichtakt_http_request_seconds_bucket{route="NotFound",method="GET",le="+Inf"} 1"#,
                "gleichtakt_events_appended_total 1", "gleichtakt_append_queue_depth 3", "gleichtakt_ledger_position 1",
                #"gleichtakt_view_position{view="job-centre"} 7"#, #"gleichtakt_view_lag_events{view="summary"} 0"#,
                #"gleichtakt_view_lag_seconds{view="findings"} 0"#,
                #"gleichtakt_projection_stopped{projection="case-views"} 0"#,
                #"gleichtakt_parked_streams{projection="case-views"} 0"#,
            ] {
                #expect(answer.text.contains(line + "\n"), "\(line)")
            }
        }
    }

    @Test func viewsThatStandStillAreAnAlarmAndParkedStreamsAreOneToo() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            fixture.unhandledEvents.value = [
                ServiceHealth.UnhandledEvent(projection: "case-views", position: 12, hasStopped: false)
            ]
            let parked = try await client.get("/readyz")
            #expect(parked.status == .ok, "everything else goes on")
            #expect(parked.json["checks"]?["projections"]?["ok"] == false)
            #expect(parked.json["checks"]?["projections"]?["parkedStreams"] == 1)
            #expect(
                try await client.get("/metrics").text.contains(#"gleichtakt_parked_streams{projection="case-views"} 1"#)
            )
            fixture.unhandledEvents.value = [
                ServiceHealth.UnhandledEvent(projection: "case-views", position: 12, hasStopped: true)
            ]
            let stopped = try await client.get("/readyz")
            #expect(stopped.status == .serviceUnavailable)
            #expect(stopped.json["checks"]?["projections"]?["stoppedAt"] == 12)
            #expect(
                try await client.get("/metrics").text.contains(
                    #"gleichtakt_projection_stopped{projection="case-views"} 1"#))
            fixture.unhandledEvents.value = []
            #expect(try await client.get("/readyz").status == .ok)
            #expect(stopped.json["checks"]?["projections"]?["casesWithoutTiming"] == 0)
            fixture.unhandledEvents.value = [
                ServiceHealth.UnhandledEvent(projection: TimingAgenda.name, position: 12, hasStopped: false)
            ]
            let untimed = try await client.get("/readyz")
            #expect(untimed.status == .ok, "everything else goes on")
            #expect(untimed.json["checks"]?["projections"]?["ok"] == false)
            #expect(untimed.json["checks"]?["projections"]?["parkedStreams"] == 0)
            #expect(untimed.json["checks"]?["projections"]?["casesWithoutTiming"] == 1)
            #expect(try await client.get("/metrics").text.contains("gleichtakt_timing_failing_scopes 1\n"))
        }
    }

    @Test func lagIsCountedInEventsAndInSeconds() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            fixture.queries.change { $0.position = 0 }
            fixture.time.advance(seconds: 90)
            let text = try await client.get("/metrics").text
            #expect(text.contains(#"gleichtakt_view_lag_events{view="case-files"} 1"# + "\n"))
            #expect(text.contains(#"gleichtakt_view_lag_seconds{view="case-files"} 90"# + "\n"))
        }
    }

    /// Reading one's own writes works on every query of a view, or on none that anybody could rely on.
    @Test func everyQueryOfAViewTakesAPositionAndWaits() async throws {
        let fixture = try await ServiceFixture()
        let queries = fixture.application().operations.filter { $0.tag == "views" || $0.tag == "summary" }
        #expect(queries.count >= 6)
        for operation in queries {
            #expect(
                Set(operation.parameters.map(\.name)).isSuperset(of: ["atLeast", "wait"]), "\(operation.id)")
        }
        let token = try await fixture.token(.supervisor, office: .youthOffice)
        let id = "0198c0de-0000-7000-8000-000000000001"
        try await fixture.application().server().test(.router) { client in
            for path in [
                "/v1/youth-office/cases", "/v1/youth-office/cases/\(id)", "/v1/cases/\(id)/timeline",
                "/v1/timing/findings", "/v1/summary/areas", "/v1/summary/areas/gallus",
            ] {
                let early = try await client.get("\(path)?atLeast=8", token: token)
                #expect(early.problem == "unavailable" && early.headers[.retryAfter] != nil, "\(path)")
                let reached = try await client.get("\(path)?atLeast=7&wait=1", token: token)
                #expect(reached.status == .ok || reached.status == .notFound, "\(path)")
            }
        }
    }

    @Test func seriesAreKeptAndEscaped() {
        let metrics = PrometheusMetrics()
        metrics.makeCounter(label: "http.requests", dimensions: [("route", "a\"b\\\n")]).increment(by: 2)
        metrics.makeCounter(label: "http.requests", dimensions: [("route", "a\"b\\\n")]).increment(by: 3)
        metrics.makeTimer(label: "wait", dimensions: []).recordNanoseconds(3_000_000)
        let text = metrics.exposition()
        #expect(text.contains(#"http_requests_total{route="a\"b\\\n"} 5"#))
        #expect(text.contains(#"wait_seconds_bucket{le="0.0025"} 0"#))
        #expect(text.contains(#"wait_seconds_bucket{le="0.005"} 1"#))
        #expect(text.contains("wait_seconds_sum 0.003\n"))
    }
}
