import CaseTiming
import Foundation
import Ledger

/// How fast measures are brought into step, beside HiGHS, a solver of linear programs that is not ours, on the same
/// problems in the same run. Both have to find the same cost.
public struct AlignMeasure: Sendable {
    private let python: String?
    private let plan: BenchPlan

    /// - Parameter python: an interpreter that has scipy, which HiGHS comes with; without one there is no reference.
    public init(python: String?, plan: BenchPlan) {
        self.python = python
        self.plan = plan
    }

    /// Solves them in turns.
    public func run() async throws -> [Measurement] {
        var measurements: [Measurement] = []
        for (size, count, detail, most) in [
            (AlignmentSamples.Size.household, 200, "4 to 8 measures of a household, as many relations", 1.0),
            (.large, 20, "50 measures, 100 relations", 100.0),
            (.windowed, 20, "50 measures, 100 relations, three offices with 12 windows each", 100.0),
            (.contradictory, 20, "50 measures, 103 relations that contradict themselves", 100.0),
        ] {
            var samples = AlignmentSamples(seed: 2026)
            let problems = try (0..<count).map { _ in try samples.next(size) }
            measurements.append(
                try await measure(problems, detail, most, isSolvable: size != .contradictory))
        }
        return measurements
    }

    private func measure(
        _ problems: [AlignmentProblem], _ detail: String, _ most: Double, isSolvable: Bool
    ) async throws -> Measurement {
        _ = problems.map { Alignment(of: $0) }
        var latencies = Latencies()
        var rounds: [Round] = []
        for round in 1...plan.rounds {
            var ours = Latencies()
            let costs = try problems.map { problem -> Int128? in
                let clock = ContinuousClock()
                let began = clock.now
                let alignment = Alignment(of: problem)
                ours.note(clock.now - began)
                guard case .shifts(_, let cost) = alignment else { return nil }
                guard isSolvable else { throw BenchFailure("something that contradicts itself was solved") }
                return cost
            }
            guard !isSolvable || !costs.contains(nil) else { throw BenchFailure("something solvable was not solved") }
            latencies.merge(ours)
            let theirs = try await isSolvable ? solveWithHiGHS(problems, costs.compactMap(\.self)) : nil
            rounds.append(Round(ours: ours.percentile(50), reference: theirs ?? 0))
            let reference = theirs.map { ", HiGHS \($0) ms" } ?? ""
            plan.progress("align, \(detail), round \(round): \(ours.percentile(50)) ms\(reference)")
        }
        var measurement = Measurement(
            "align", detail + ", the slowest of a hundred", value: latencies.percentile(99), unit: "ms",
            bound: .atMost(most), latencies: latencies)
        if rounds.allSatisfy({ $0.reference > 0 }) {
            measurement.reference = "HiGHS, half of all"
            measurement.referenceValue = rounds.map(\.reference).median
            measurement.ratio = rounds.map { $0.ours / $0.reference }.median
        }
        return measurement
    }

    // MARK: HiGHS

    private struct Question: Encodable {
        struct Measure: Encodable {
            var first: Int
            var last: Int
            var least: Int?
            var greatest: Int?
            var windows: [[Int]]
            var weight: Int
        }

        struct Relation: Encodable {
            var first: Int
            var second: Int
            var kind: String
            var minDays: Int
            var tolerance: Int
        }

        var measures: [Measure]
        var relations: [Relation]
    }

    private struct Answer: Decodable {
        var cost: Double
        var milliseconds: Double
    }

    /// How long HiGHS takes for half of the problems, in milliseconds: the solver alone, once the program is set up.
    private func solveWithHiGHS(_ problems: [AlignmentProblem], _ costs: [Int128]) async throws -> Double? {
        guard let python else { return nil }
        let folder = FileManager.default.temporaryDirectory.appending(path: "align-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (script, questions) = (folder.appending(path: "highs.py"), folder.appending(path: "questions"))
        try Data(Self.script.utf8).write(to: script)
        let encoder = JSONEncoder()
        let lines = try problems.map { String(decoding: try encoder.encode(Self.question($0)), as: UTF8.self) }
        try Data(lines.joined(separator: "\n").utf8).write(to: questions)
        let output = try await ChildProcess.run(python, [script.path(), questions.path()])
        let answers = try output.split(separator: "\n").map {
            try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
        }
        guard answers.count == costs.count, zip(answers, costs).allSatisfy({ abs($0.cost - Double($1)) < 0.001 }) else {
            throw BenchFailure("HiGHS finds another cost than ours")
        }
        return answers.map(\.milliseconds).median
    }

    private static func question(_ problem: AlignmentProblem) -> Question {
        let number = Dictionary(uniqueKeysWithValues: problem.measures.enumerated().map { ($1.id, $0) })
        return Question(
            measures: problem.measures.map { measure in
                // HiGHS needs an end where there is none.
                let far = 100_000
                let windows = measure.isMovable ? measure.capacity?.windows.windows ?? [] : []
                let isSingle = windows.count == 1
                let first = [measure.earliestStart, isSingle ? windows[0].from : nil].compactMap(\.self).max()
                let last = [measure.latestEnd, isSingle ? windows[0].to : nil].compactMap(\.self).min()
                return Question.Measure(
                    first: measure.days.first.daysSince1970, last: measure.days.last.daysSince1970,
                    least: measure.isMovable ? first.map { $0 - measure.days.first } : 0,
                    greatest: measure.isMovable ? last.map { $0 - measure.days.last } : 0,
                    windows: isSingle
                        ? []
                        : windows.map {
                            [
                                $0.from.map { $0 - measure.days.first } ?? -far,
                                $0.to.map { $0 - measure.days.last } ?? far,
                            ]
                        }, weight: measure.weight)
            },
            relations: problem.relations.map { relation in
                Question.Relation(
                    first: number[relation.first] ?? 0, second: number[relation.second] ?? 0,
                    kind: relation.kind.rawValue, minDays: relation.minDays, tolerance: relation.tolerance)
            })
    }

    /// The shifts x and their amounts d: least sum of weight × d, where d ≥ x, d ≥ −x, and every relation holds. Where there
    /// are windows to choose from, each has a number that is 1 if it is the one.
    private static let script = """
        import json, sys, time
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, linprog, milp
        from scipy.sparse import csr_array
        for line in open(sys.argv[1]):
            question = json.loads(line)
            measures, n = question["measures"], len(question["measures"])
            rows, bounds = [], []
            def least(terms, value):
                rows.append(terms)
                bounds.append(-value)
            for i in range(n):
                least([(n + i, 1), (i, 1)], 0)
                least([(n + i, 1), (i, -1)], 0)
            for relation in question["relations"]:
                a, b = relation["first"], relation["second"]
                first, second = measures[a], measures[b]
                if relation["kind"] == "concurrent":
                    days = min(first["last"] - first["first"], second["last"] - second["first"]) + 1 - relation["tolerance"]
                    if days > 0:
                        least([(a, 1), (b, -1)], days - 1 - (first["last"] - second["first"]))
                        least([(b, 1), (a, -1)], days - 1 - (second["last"] - first["first"]))
                else:
                    end = first["last"] if relation["kind"] == "before" else first["first"]
                    least([(b, 1), (a, -1)], relation["minDays"] - relation["tolerance"] - (second["first"] - end))
            place = 2 * n
            for i, measure in enumerate(measures):
                chosen = [(place + k, window) for k, window in enumerate(measure["windows"])]
                if not chosen:
                    continue
                place += len(chosen)
                least([(k, 1) for k, _ in chosen], 1)
                least([(k, -1) for k, _ in chosen], -1)
                least([(i, 1)] + [(k, -window[0]) for k, window in chosen], 0)
                least([(i, -1)] + [(k, window[1]) for k, window in chosen], 0)
            extra = place - 2 * n
            entries = [(number, column, -factor) for number, row in enumerate(rows) for column, factor in row]
            row, column, factor = zip(*entries)
            matrix = csr_array((factor, (row, column)), shape=(len(rows), place))
            costs = np.array([0.0] * n + [float(m["weight"]) for m in measures] + [0.0] * extra)
            limits = [(m.get("least"), m.get("greatest")) for m in measures] + [(0, None)] * n + [(0, 1)] * extra
            began = time.perf_counter()
            if extra:
                low = [-np.inf if least is None else least for least, _ in limits]
                high = [np.inf if greatest is None else greatest for _, greatest in limits]
                best = milp(costs, constraints=LinearConstraint(matrix, ub=bounds), bounds=Bounds(low, high),
                    integrality=[0] * 2 * n + [1] * extra)
            else:
                best = linprog(costs, A_ub=matrix, b_ub=bounds, bounds=limits, method="highs")
            took = time.perf_counter() - began
            assert best.status == 0, best.message
            print(json.dumps({"cost": best.fun, "milliseconds": took * 1000}))
        """
}
