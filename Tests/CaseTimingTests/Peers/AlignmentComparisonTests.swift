import CaseTiming
import Foundation
import Ledger
import Testing

/// Compares optima with those of HiGHS, an independent solver, as scipy has it.
@Suite struct AlignmentComparisonTests {
    /// One problem a line; every relation as the domain defines it, in the order of the measures' days, not as our bounds.
    private static let script = """
        import json, sys
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, linprog, milp
        FAR = 20000
        for line in sys.stdin:
            p = json.loads(line)
            n, ms = len(p["measures"]), p["measures"]
            # Where there are several windows to choose from, one number each that is 1 for the one chosen.
            choices = [(i, ws) for i, m in enumerate(ms) if not m["fixed"] for ws in m["windows"] if len(ws) > 1]
            size = 2 * n + sum(len(ws) for _, ws in choices)
            rows, rhs = [], []
            def least(terms, value):
                row = np.zeros(size)
                for number, factor in terms: row[number] -= factor
                rows.append(row); rhs.append(-value)
            for i, m in enumerate(ms):
                for sign in (1, -1): least([(n + i, 1), (i, sign)], 0)
                if m["fixed"]:
                    least([(i, 1)], 0); least([(i, -1)], 0)
                else:
                    if m["earliest"] is not None: least([(i, 1)], m["earliest"] - m["s"])
                    if m["latest"] is not None: least([(i, -1)], m["e"] - m["latest"])
                    for ws in m["windows"]:
                        if len(ws) != 1: continue
                        if ws[0]["from"] is not None: least([(i, 1)], ws[0]["from"] - m["s"])
                        if ws[0]["to"] is not None: least([(i, -1)], m["e"] - ws[0]["to"])
            for r in p["relations"]:
                a, b = r["a"], r["b"]
                sa, ea, sb, eb = ms[a]["s"], ms[a]["e"], ms[b]["s"], ms[b]["e"]
                lo, t, kind = r["min"] - r["tol"], r["tol"], r["kind"]
                hi = None if r["max"] is None else r["max"] + t
                forward = {"before": sb - ea, "before-start": sb - sa, "before-end": eb - ea}
                backward = {"after": sa - eb, "after-start": sa - sb, "after-end": ea - eb}
                if kind in forward or kind in backward:
                    one, d = (1, forward[kind]) if kind in forward else (-1, backward[kind])
                    least([(b, one), (a, -one)], lo - d)
                    if hi is not None: least([(b, -one), (a, one)], d - hi)
                elif kind == "concurrent":
                    k = min(ea - sa, eb - sb) + 1 - t
                    if k > 0:
                        least([(a, 1), (b, -1)], k - 1 - (ea - sb))
                        least([(b, 1), (a, -1)], k - 1 - (eb - sa))
                else:
                    d = sa - sb if kind == "concurrent-with-start" else ea - eb
                    least([(a, 1), (b, -1)], -t - d)
                    least([(a, -1), (b, 1)], d - t)
            place = 2 * n
            for i, ws in choices:
                own = [(place + k, w) for k, w in enumerate(ws)]
                place += len(ws)
                for sign in (1, -1): least([(k, sign) for k, _ in own], sign)
                lows = [FAR if w["from"] is None else ms[i]["s"] - w["from"] for _, w in own]
                highs = [FAR if w["to"] is None else w["to"] - ms[i]["e"] for _, w in own]
                least([(i, 1)] + [(k, low) for (k, _), low in zip(own, lows)], 0)
                least([(i, -1)] + [(k, high) for (k, _), high in zip(own, highs)], 0)
            extra = size - 2 * n
            w = np.array([0.0] * n + [float(m["w"]) for m in ms] + [0.0] * extra)
            A, c = np.array(rows), np.array(rhs, dtype=float)
            def solve(goal, A, c):
                if not extra:
                    bounds = [(None, None)] * n + [(0, None)] * n
                    return linprog(goal, A_ub=A, b_ub=c, bounds=bounds, method="highs")
                bounds = Bounds([-FAR] * n + [0] * (n + extra), [FAR] * n + [np.inf] * n + [1] * extra)
                return milp(goal, constraints=LinearConstraint(A, ub=c), bounds=bounds,
                    integrality=[1] * n + [0] * n + [1] * extra)
            best = solve(w, A, c)
            if best.status == 2:
                print("answer infeasible")
                continue
            assert best.status == 0, best.message
            cost = round(best.fun)
            assert abs(best.fun - cost) < 1e-4, best.fun
            # Among all optima the one with the least sum of shifts is the earliest for each measure.
            first = solve(
                np.array([1.0] * n + [0.0] * (n + extra)), np.vstack([A, w]),
                np.append(c, cost + (1e-3 if extra else 0)))
            assert first.status == 0, first.message
            print("answer", cost, *[round(x) for x in first.x[:n]])
        """

    enum Room: CaseIterable {
        case anywhere, oneWindow, severalWindows
    }

    @Test(arguments: Room.allCases) func noCheaperAndNoEarlierSolutionExists(room: Room) throws {
        var generator = SeededGenerator(seed: 2026)
        var alignments: [RandomAlignment] = []
        for number in 0..<300 {
            let count = number < 250 ? generator.integer(2...8) : generator.integer(20...50)
            alignments.append(
                RandomAlignment(
                    &generator, measures: count, relations: number < 250 ? generator.integer(1...10) : count,
                    spread: number % 3 == 0 ? 20 : 200, weights: 1...9, withOffices: room == .oneWindow,
                    withWindows: room == .severalWindows))
        }
        let input = try alignments.map { try Self.line($0) }.joined(separator: "\n") + "\n"
        guard let output = try Peer.run(Self.script, needing: ["numpy", "scipy"], input: input) else { return }
        // HiGHS tells about itself in between now and then.
        let answers = output.split(separator: "\n").filter { $0.hasPrefix("answer ") }.map { $0.dropFirst(7) }
        try #require(answers.count == alignments.count)
        var solved = 0
        for (alignment, answer) in zip(alignments, answers) {
            let result = alignment.solution
            guard answer != "infeasible" else {
                #expect(result.contradiction != nil)
                continue
            }
            solved += 1
            let numbers = answer.split(separator: " ").compactMap { Int($0) }
            #expect(result.cost == numbers.first.map { Int128($0) })
            #expect(alignment.measures.map { result.days?[$0.id] } == numbers.dropFirst().map { $0 })
            #expect(result.days.map { holds(alignment, $0) } == true)
        }
        #expect(solved > (room == .anywhere ? 100 : 60) && solved < 290)
    }

    private struct Window: Encodable {
        var from: Int?, to: Int?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
        }

        private enum Keys: String, CodingKey { case from, to }
    }

    private struct Measure: Encodable {
        var s: Int, e: Int, earliest: Int?, latest: Int?, windows: [[Window]], fixed: Bool, w: Int

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(s, forKey: .s)
            try container.encode(e, forKey: .e)
            try container.encode(earliest, forKey: .earliest)
            try container.encode(latest, forKey: .latest)
            try container.encode(windows, forKey: .windows)
            try container.encode(fixed, forKey: .fixed)
            try container.encode(w, forKey: .w)
        }

        private enum Keys: String, CodingKey { case s, e, earliest, latest, windows, fixed, w }
    }

    private struct Relation: Encodable {
        var a: Int, b: Int, kind: RelationKind, min: Int, max: Int?, tol: Int

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(a, forKey: .a)
            try container.encode(b, forKey: .b)
            try container.encode(kind, forKey: .kind)
            try container.encode(min, forKey: .min)
            try container.encode(max, forKey: .max)
            try container.encode(tol, forKey: .tol)
        }

        private enum Keys: String, CodingKey { case a, b, kind, min, max, tol }
    }

    private struct Line: Encodable {
        var measures: [Measure]
        var relations: [Relation]
    }

    private static func line(_ alignment: RandomAlignment) throws -> String {
        let index = Dictionary(uniqueKeysWithValues: alignment.measures.enumerated().map { ($1.id, $0) })
        let line = Line(
            measures: alignment.measures.map { measure in
                Measure(
                    s: measure.days.first.daysSince1970, e: measure.days.last.daysSince1970,
                    earliest: measure.earliestStart?.daysSince1970, latest: measure.latestEnd?.daysSince1970,
                    windows: [measure.windows, measure.capacity?.windows ?? .always].map { days in
                        days.windows.map { Window(from: $0.from?.daysSince1970, to: $0.to?.daysSince1970) }
                    }, fixed: !measure.isMovable, w: measure.weight)
            },
            relations: alignment.relations.map { relation in
                Relation(
                    a: index[relation.first]!, b: index[relation.second]!, kind: relation.kind, min: relation.minDays,
                    max: relation.maxDays, tol: relation.tolerance)
            })
        return String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
    }
}
