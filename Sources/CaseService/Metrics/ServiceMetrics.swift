import CoreMetrics
import Synchronization

/// What the service measures of itself: requests by route, method and status, how long they took, and what was appended.
final class ServiceMetrics: Sendable {
    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private struct Series {
        var requests: Counter
        var duration: Timer
    }

    private let factory: any MetricsFactory
    private let series = Mutex<[Key: Series]>([:])
    private let appended: Counter
    private let replayed: Counter
    private let inFlight: Meter

    init(factory: any MetricsFactory) {
        self.factory = factory
        appended = Counter(label: "gleichtakt_events_appended_total", dimensions: [], factory: factory)
        replayed = Counter(label: "gleichtakt_commands_replayed_total", dimensions: [], factory: factory)
        inFlight = Meter(label: "gleichtakt_http_requests_in_flight", dimensions: [], factory: factory)
    }

    func requestBegan() { inFlight.increment() }

    /// Counts a request. The route is the template, so that neither ids nor names become labels.
    func requestEnded(route: String, method: String, status: Int, after duration: Duration) {
        inFlight.decrement()
        let key = Key(route: route, method: method, status: status)
        let series = series.withLock { series in
            if let known = series[key] { return known }
            let dimensions = [("route", route), ("method", method)]
            let made = Series(
                requests: Counter(
                    label: "gleichtakt_http_requests_total", dimensions: dimensions + [("status", String(status))],
                    factory: factory),
                duration: Timer(label: "gleichtakt_http_request_seconds", dimensions: dimensions, factory: factory))
            series[key] = made
            return made
        }
        series.requests.increment()
        series.duration.recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    func commandEnded(events: Int, isReplay: Bool) {
        if isReplay { replayed.increment() } else { appended.increment(by: events) }
    }

    /// Takes over values that are only known when asked for.
    func set(_ name: String, _ value: Double, _ dimensions: [(String, String)] = []) {
        Meter(label: name, dimensions: dimensions, factory: factory).set(value)
    }
}
