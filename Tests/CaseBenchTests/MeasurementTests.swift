import Foundation
import Testing

@testable import CaseBench

@Suite("A measurement")
struct MeasurementTests {
    @Test("takes the median of the rounds' ratios, not the ratio of medians")
    func ratio() {
        let rounds = [Round(ours: 10, reference: 5), Round(ours: 30, reference: 20), Round(ours: 40, reference: 40)]
        let measurement = Measurement(
            "append", "test", rounds: rounds, unit: "events/s", reference: "INSERT", bound: .atLeast(1.5))
        #expect(measurement.value == 30)
        #expect(measurement.referenceValue == 20)
        #expect(measurement.ratio == 1.5)
        #expect(measurement.target == 1.5)
        #expect(measurement.met == true)
    }

    @Test("judges a number by itself where there is no reference")
    func bounds() {
        let latency = Measurement("lag", "test", value: 101, unit: "ms", bound: .atMost(100))
        #expect(latency.met == false)
        #expect(latency.ratio == nil)
        #expect(Measurement("lag", "test", value: 7, unit: "ms").met == nil)
    }

    @Test("takes the middle of the values, or the mean of both middle ones")
    func median() {
        #expect([3.0, 1, 2].median == 2)
        #expect([4.0, 1, 2, 3].median == 2.5)
        #expect([Double]().median == 0)
    }

    @Test("is written with the members of the contract, and without those it does not know")
    func coding() throws {
        var latencies = Latencies()
        latencies.note(.milliseconds(2))
        let measurement = Measurement(
            "append", "test", rounds: [Round(ours: 2, reference: 1)], unit: "events/s", reference: "INSERT",
            latencies: latencies, residentMB: 12)
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(measurement)) as? [String: Any]
        #expect(
            Set(object?.keys.map(\.self) ?? []) == [
                "measure", "detail", "value", "unit", "reference", "referenceValue", "ratio", "p50", "p99",
                "residentMB",
            ])
        #expect(object?["p99"] as? Double == 2)
    }
}

@Suite("Latencies")
struct LatenciesTests {
    @Test("read percentiles off by the nearest rank", arguments: [(50.0, 50.0), (99, 99), (100, 100), (0.5, 1)])
    func percentiles(_ percent: Double, _ expected: Double) {
        var latencies = Latencies()
        for milliseconds in (1...100).shuffled() { latencies.note(.milliseconds(milliseconds)) }
        #expect(latencies.percentile(percent) == expected)
    }

    @Test("know nothing of no call")
    func none() {
        #expect(Latencies().percentile(99) == 0)
    }

    @Test("count what was merged in")
    func merged() {
        var latencies = Latencies()
        latencies.note(.milliseconds(1))
        var others = Latencies()
        others.note(.milliseconds(3))
        others.note(.milliseconds(2))
        latencies.merge(others)
        #expect(latencies.count == 3)
        #expect(latencies.percentile(100) == 3)
    }
}
