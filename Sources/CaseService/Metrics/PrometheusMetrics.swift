public import CoreMetrics
import Synchronization

/// Collects what is measured in this process and writes it in Prometheus' text format 0.0.4.
///
/// Bootstrapped as the process's metrics factory by `gleichtakt serve` and `work`, so that what libraries measure is
/// there too. No maintained library of the ecosystem covers this on the versions in use, and the format is small.
public final class PrometheusMetrics: MetricsFactory {
    struct Identity: Hashable {
        var name: String
        var labels: String
    }

    private struct Family {
        var kind: String
        var series: [String: any PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    /// A registry without any measurement.
    public init() {}

    /// All measurements, ready for a scrape.
    public func exposition() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name, labels, to: &text)
            }
        }
        return text
    }

    /// A counter; its name ends in `_total`.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let name = Self.name(label)
        return series(name.hasSuffix("_total") ? name : name + "_total", "counter", dimensions, PrometheusCounter.init)
    }

    /// A counter of fractions; its name ends in `_total`.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        let name = Self.name(label)
        return series(name.hasSuffix("_total") ? name : name + "_total", "counter", dimensions, PrometheusCounter.init)
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(Self.name(label), "gauge", dimensions, PrometheusGauge.init)
    }

    /// A histogram where values are to be aggregated, else a gauge.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            return series(Self.name(label), "histogram", dimensions) {
                PrometheusHistogram(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000])
            }
        }
        return series(Self.name(label), "gauge", dimensions, PrometheusGauge.init)
    }

    /// A histogram in seconds; its name ends in `_seconds`.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = Self.name(label)
        return series(name.hasSuffix("_seconds") ? name : name + "_seconds", "histogram", dimensions) {
            PrometheusHistogram(
                bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
        }
    }

    // Prometheus expects series to stay, so that a counter never jumps back while the process lives.
    /// Keeps the series.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Keeps the series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Keeps the series.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Keeps the series.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Keeps the series.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func series<Series: PrometheusSeries>(
        _ name: String, _ kind: String, _ dimensions: [(String, String)], _ make: () -> Series
    ) -> Series {
        let labels = Self.labels(dimensions)
        return families.withLock { families in
            if let known = families[name]?.series[labels] as? Series { return known }
            let made = make()
            families[name, default: Family(kind: kind)].series[labels] = made
            return made
        }
    }

    private static func name(_ label: String) -> String {
        let name = String(
            label.unicodeScalars.map { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    ? Character(scalar) : "_"
            })
        return name.first?.isNumber == true ? "_" + name : name
    }

    private static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { key, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name(key))=\"\(escaped)\""
        }.joined(separator: ",")
    }
}
