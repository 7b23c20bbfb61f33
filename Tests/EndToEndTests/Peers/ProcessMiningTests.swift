import Foundation
import Ledger
import Testing

/// pm4py, a library that processes are mined with: see ops/python-packages.
@Suite("What pm4py reads", .serialized, .timeLimit(.minutes(5)))
struct ProcessMiningTests {
    private static let script = """
        import sys
        import pm4py
        log = pm4py.read_ocel2_json(sys.argv[1])
        print("events", len(log.events))
        print("types", ",".join(sorted(set(log.objects["ocel:type"]))))
        related = set(log.relations["ocel:oid"])
        assert related <= set(log.objects["ocel:oid"]), related - set(log.objects["ocel:oid"])
        assert log.events["ocel:timestamp"].is_monotonic_increasing
        cases = pm4py.ocel_flattening(log, "case")
        for name, trace in cases.groupby("case:concept:name", sort=True):
            print(name, " ".join(trace["concept:name"]))
        graph = pm4py.discover_ocdfg(log)
        print("edges", " ".join(sorted("%s>%s" % edge for edge in graph["edges"]["event_couples"]["measure"])))
        """

    @Test("is every case's history, and the way of every measure through it")
    func story() async throws {
        guard try await Peer.has("pm4py") else { return }
        let installation = try await Installation.start()
        let story = HouseholdStory(today: LedgerClock.system.today)
        let teller = try await Storyteller(story, on: installation)
        try await teller.tell()
        try await installation.waitUntilAtRest()
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let said = try await installation.run(
            "export", "--format", "ocel", "--output", file.path, "--reason", "a test of exports")
        #expect(said == "")
        // A file that is there already is not written over.
        _ = try await installation.run("export", "--format", "ocel", "--output", file.path, status: 1)
        let read = "SELECT count(*)::text FROM audit.reads WHERE view = 'export' AND reason = 'a test of exports'"
        #expect(try await installation.rows(read) == ["1"])

        let (status, output) = try await Peer.python(["-c", Self.script, file.path])
        #expect(status == 0, "\(output)")
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines.contains("events \(try await installation.rows("SELECT count(*)::text FROM ledger.events")[0])"))
        for id in [story.parent, story.youth] {
            let history = try await installation.rows(
                """
                SELECT string_agg(type, ' ' ORDER BY position) FROM ledger.events
                WHERE stream = 'case-\(id)'
                """)
            let trace = try #require(lines.first { $0.hasPrefix("case:\(id) ") })
            // Other streams tell of the case as well: the household's and the offer's.
            let told = Set(trace.split(separator: " ").dropFirst())
            #expect(told.isSuperset(of: Set(history[0].split(separator: " "))))
        }
        let edges = try #require(lines.first { $0.hasPrefix("edges ") })
        #expect(edges.contains("MeasureAdded>"), "\(edges)")
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(!written.contains("planted"))
        try await installation.stop()
    }
}
