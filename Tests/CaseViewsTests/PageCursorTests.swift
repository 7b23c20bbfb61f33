import CaseFile
import CaseTiming
import Foundation
import Testing

@testable import CaseViews

@Suite("Cursors are opaque and belong to one query")
struct PageCursorTests {
    @Test("come back as they were, and are safe in a URL")
    func roundTrip() throws {
        let cursor = PageCursor(place: ["müller  anna\"\\/", UUID().uuidString])
        let text = cursor.text(of: ["worklist", "a"])
        #expect(try PageCursor(text, of: ["worklist", "a"]) == cursor)
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    }

    @Test("of another query, or changed, they are refused")
    func refused() {
        let text = PageCursor(place: ["x", UUID().uuidString]).text(of: ["worklist", "a"])
        for forged in [
            "", "x", "####", String(text.dropLast()), text + "A", String(text.reversed()),
            String(repeating: "A", count: 10_000),
        ] {
            #expect(throws: ViewQueryError.invalidCursor, "\(forged)") {
                _ = try PageCursor(forged, of: ["worklist", "a"])
            }
        }
        #expect(throws: ViewQueryError.invalidCursor) { _ = try PageCursor(text, of: ["worklist", "b"]) }
        // The parts of a query cannot be shifted into one another.
        let shifted = PageCursor(place: ["p"]).text(of: ["a", "b"])
        #expect(throws: ViewQueryError.invalidCursor) { _ = try PageCursor(shifted, of: ["ab", ""]) }
    }
}

@Suite("Waiting for the views")
struct PositionWatchTests {
    private actor Source {
        var position: Int64 = 0
        var reads = 0
        func move(to position: Int64) { self.position = position }
        func read() -> Int64 {
            reads += 1
            return position
        }
    }

    @Test("many who wait ask the database once at a time, and each is told in time")
    func many() async throws {
        let source = Source()
        let watch = PositionWatch(pause: .milliseconds(5)) { await source.read() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 1...200 {
                group.addTask { try await watch.wait(for: Int64(index), timeout: .seconds(30)) }
            }
            try await Task.sleep(for: .milliseconds(60))
            await source.move(to: 200)
            for try await isReached in group { #expect(isReached) }
        }
        #expect(await source.reads < 400, "200 first looks, then one poller")
    }

    @Test("a time-out answers false, a cancellation ends the wait")
    func ends() async throws {
        let source = Source()
        let watch = PositionWatch(pause: .milliseconds(5)) { await source.read() }
        #expect(try await watch.wait(for: 1, timeout: .milliseconds(30)) == false)
        let waiting = Task { try await watch.wait(for: 1, timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(20))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await source.move(to: 3)
        #expect(try await watch.wait(for: 2, timeout: .zero))
    }
}
