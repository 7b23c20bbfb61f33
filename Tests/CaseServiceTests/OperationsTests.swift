import CaseFile
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
                "gleichtakt_view_position 7", "gleichtakt_view_lag_events 0",
            ] {
                #expect(answer.text.contains(line + "\n"), "\(line)")
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
