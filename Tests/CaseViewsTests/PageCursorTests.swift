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
