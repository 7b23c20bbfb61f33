import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct AlignmentRouteTests {
    private static let path = "/v1/timing/align"

    private func ask(_ body: String, role: Role = .partner, _ way: Way = .router) async throws -> TestResponse {
        let fixture = try await ServiceFixture()
        return try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(role, office: role == .caseworker ? .socialOffice : nil)
            let answer = try await client.post(Self.path, body, token: token)
            #expect(try await fixture.store.head() == 0)
            return answer
        }
    }

    private static let household = """
        {"measures": [
            {"id": "welding", "start": "2026-03-02", "end": "2026-05-29", "movable": false},
            {"id": "coaching", "start": "2026-06-22", "end": "2026-08-31", "weight": 2},
            {"id": "child care", "start": "2026-09-01", "end": "2026-12-31", "earliestStart": "2026-06-01", "weight": 1.5}],
         "relations": [
            {"first": "welding", "second": "coaching", "relation": "concurrent", "tolerance": 43},
            {"first": "child care", "second": "coaching", "relation": "concurrent-with-start", "tolerance": 30}]}
        """

    @Test(arguments: Way.allCases) func theShiftsAreAnsweredWithTheirCost(_ way: Way) async throws {
        let answer = try await ask(Self.household, way)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json")
        // 71 days of coaching with all but 43 inside the course: 28, so it starts on 2 May; child care follows to 1 June.
        #expect(
            answer.json == [
                "feasible": true, "cost": 240,
                "shifts": [
                    ["id": "child care", "days": -92], ["id": "coaching", "days": -51], ["id": "welding", "days": 0],
                ],
            ], "\(answer.text)")
    }

    @Test func aContradictionIsAnsweredInWords() async throws {
        let answer = try await ask(
            """
            {"measures": [{"id": "a", "start": "2026-03-01", "end": "2026-03-31", "movable": false},
                          {"id": "b", "start": "2026-03-22", "end": "2026-04-30", "latestEnd": "2026-05-05"}],
             "relations": [{"first": "a", "second": "b", "relation": "before"},
                           {"first": "b", "second": "a", "relation": "after-end", "minDays": -99}]}
            """)
        #expect(answer.status == .ok)
        #expect(
            answer.json == [
                "feasible": false,
                "contradiction": [
                    [
                        "first": "a", "second": "b", "relation": "before",
                        "sentence": .string(
                            "Measure a cannot move: it lies from 2026-03-01 to 2026-03-31. Measure b has to start at least "
                                + "1 day after measure a ends. Measure b cannot end after 2026-05-05."),
                    ]
                ],
            ], "\(answer.text)")
        let tight = try await ask(
            #"{"measures": [{"id": "a", "start": "2026-03-01", "end": "2026-03-31", "earliestStart": "2026-03-02", "latestEnd": "2026-03-31"}]}"#
        )
        #expect(tight.text.contains(#""first":"a","second":"a","relation":"limits""#), "\(tight.text)")
    }

    @Test func officesHaveWindowsAndWeights() async throws {
        func ask(_ offices: String) async throws -> TestResponse {
            try await self.ask(
                """
                {"measures": [{"id": "a", "start": "2026-03-01", "end": "2026-03-31", "office": "job-centre"},
                              {"id": "b", "start": "2026-03-22", "end": "2026-04-30", "office": "youth-office"}],
                 "relations": [{"first": "a", "second": "b", "relation": "before"}], "offices": \(offices)}
                """)
        }
        func days(_ offices: String) async throws -> [JSONValue?] {
            let answer = try await ask(offices)
            guard case .array(let shifts)? = answer.json["shifts"] else { return [.string(answer.text)] }
            return [answer.json["cost"]] + shifts.map { $0["days"] }
        }
        #expect(try await days("[]") == [10, -10, 0])
        #expect(try await days(#"[{"office": "job-centre", "from": "2026-02-25"}]"#) == [10, -4, 6])
        #expect(try await days(#"[{"office": "job-centre", "weight": 1.5}]"#) == [10, 0, 10])
        #expect(
            try await days(#"[{"office": "youth-office", "weight": 0.5}, {"office": "job-centre", "weight": 2}]"#)
                == [5, 0, 10])
        let tight = try await ask(
            #"[{"office": "job-centre", "from": "2026-03-01"}, {"office": "youth-office", "to": "2026-05-05"}]"#)
        #expect(tight.text.contains("The office has no room for measure b after 2026-05-05."), "\(tight.text)")
        let flawed = try await ask(
            """
            [{"office": "job-centre", "from": "2026-03-02", "to": "2026-03-01", "weight": 0.0001},
             {"office": "job-centre"}, {"office": "tax-office"}]
            """)
        #expect(flawed.pointers == ["/offices/2/office"])
        let wrong = try await ask(
            #"[{"office": "job-centre", "from": "2026-03-02", "to": "2026-03-01", "weight": 0.0001}, {"office": "job-centre"}]"#
        )
        #expect(wrong.pointers == ["/offices/0/to", "/offices/0/weight", "/offices/1/office"], "\(wrong.text)")
    }

    @Test func officesAndMeasuresHaveSeveralWindows() async throws {
        func ask(_ measure: String, _ offices: String) async throws -> TestResponse {
            try await self.ask(
                """
                {"measures": [{"id": "a", "start": "2026-03-23", "end": "2026-04-01", "office": "job-centre"\(measure)}],
                 "offices": [{"office": "job-centre"\(offices)}]}
                """)
        }
        let terms = #", "windows": [{"from": "2026-04-20"}, {"from": "2026-01-07", "to": "2026-03-27"}]"#
        #expect(try await ask("", terms).json["shifts"] == [["id": "a", "days": -5]])
        #expect(try await ask(terms, "").json["shifts"] == [["id": "a", "days": -5]])
        let later = #", "windows": [{"to": "2025-12-31"}, {"from": "2026-04-01"}]"#
        #expect(try await ask(later, terms).json["shifts"] == [["id": "a", "days": 28]])
        let tight = try await ask(#", "earliestStart": "2026-03-20", "latestEnd": "2026-04-25""#, terms)
        #expect(
            tight.text.contains(
                "Measure a lasts 10 days and fits nowhere where there is room for it: from 2026-03-20 to 2026-04-25, but "
                    + "only from 2026-01-07 to 2026-03-27 or from 2026-04-20 on."), "\(tight.text)")
        let wrong = try await ask(
            #", "windows": [{"from": "2026-03-02", "to": "2026-03-01"}]"#, #", "to": "2026-12-31"\#(terms)"#)
        #expect(wrong.pointers == ["/offices/0/windows", "/measures/0/windows/0/to"], "\(wrong.text)")
        #expect(try await ask("", #", "windows": []"#).pointers == ["/offices/0/windows"])
        #expect(
            try await ask("", #", "windows": [{"until": "2026-03-01"}]"#).pointers == ["/offices/0/windows/0/until"])
    }

    @Test func weightsMayHaveThreeDecimalPlacesAndTheCostHasThem() async throws {
        func cost(_ weight: String) async throws -> JSONValue? {
            let body = """
                {"measures": [{"id": "a", "start": "2026-03-01", "end": "2026-03-31", "earliestStart": "2026-03-04", \
                "weight": \(weight)}], "relations": []}
                """
            let answer = try await ask(body)
            return answer.status == .ok ? answer.json["cost"] : answer.problem.map { .string($0) }
        }
        #expect(try await cost("0.125") == .number("0.375"))
        #expect(try await cost("0.5") == .number("1.5"))
        #expect(try await cost("1.0") == .number("3"))
        #expect(try await cost("1e3") == .number("3000"))
        #expect(try await cost("0") == .number("0"))
        #expect(try await cost("1000000") == .number("3000000"))
        #expect(try await cost("0.0001") == "malformed")
        #expect(try await cost("1e-400") == "malformed")
        #expect(try await cost("-1") == "malformed")
        #expect(try await cost("1000001") == "malformed")
    }

    @Test func whatCannotBeReadIsNamed() async throws {
        let measures = #"{"id": "a", "start": "2026-03-01", "end": "2026-03-31"}"#
        let answer = try await ask(
            """
            {"measures": [\(measures), \(measures), {"id": "b", "start": "2026-03-02", "end": "2026-03-01"},
                          {"id": "c", "start": "2026-03-01", "end": "2026-03-31", "weight": 0.0005}],
             "relations": [{"first": "a", "second": "x", "relation": "before"},
                           {"first": "y", "second": "c", "relation": "before"},
                           {"first": "c", "second": "c", "relation": "before"}]}
            """)
        #expect(answer.problem == "malformed")
        #expect(
            answer.pointers == [
                "/measures/1/id", "/measures/2/end", "/measures/3/weight", "/relations/0/second", "/relations/1/first",
                "/relations/2/second",
            ], "\(answer.text)")
        let shapes = try await ask(
            """
            {"measures": [{"id": "a", "start": "2026-02-30", "end": 3, "movable": "no"}, {"start": "2026-03-01"}],
             "relations": [{"first": "a", "second": "a", "relation": "during", "tolerance": -1, "minDays": 1.5}], "x": 1}
            """)
        #expect(
            shapes.pointers == [
                "/measures/0/start", "/measures/0/end", "/measures/0/movable", "/measures/1/id", "/measures/1/end",
                "/relations/0/relation", "/relations/0/tolerance", "/relations/0/minDays", "/x",
            ], "\(shapes.text)")
        for body in ["", "[]", "{}", "{\"measures\":{}}", "{\"measures\":[[]]}", "{\"measures\":[null]}", "{"] {
            #expect(try await ask(body).problem == "malformed", "\(body)")
        }
    }

    @Test func sizesAreLimited() async throws {
        func body(_ measures: Int, _ relations: Int) -> String {
            let all = (0..<measures).map { #"{"id":"m\#($0)","start":"2026-03-01","end":"2026-03-31"}"# }
            let related = (0..<relations).map { _ in #"{"first":"m0","second":"m1","relation":"before"}"# }
            return #"{"measures":[\#(all.joined(separator: ","))],"relations":[\#(related.joined(separator: ","))]}"#
        }
        #expect(try await ask(body(250, 1000)).json["cost"] == 31)
        #expect(try await ask(body(251, 1)).pointers == ["/measures"])
        #expect(try await ask(body(2, 1001)).pointers == ["/relations"])
    }

    @Test func everybodyWithATokenMayAskAndNobodyElse() async throws {
        for role in [Role.caseworker, .supervisor, .auditor, .administrator, .partner] {
            #expect(try await ask(#"{"measures":[]}"#, role: role).json == ["feasible": true, "cost": 0, "shifts": []])
        }
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let answer = try await client.post(Self.path, "{}")
            #expect(answer.problem == "unauthenticated")
            let token = try await fixture.token(.auditor)
            #expect(
                try await client.post(Self.path, "{}", token: token, type: "text/plain").problem
                    == "unsupported-media-type")
        }
    }
}
