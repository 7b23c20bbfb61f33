import CaseFile
import Foundation
import Testing

@Suite("Times on the wall") struct WallTimeTests {
    @Test(
        "are read from RFC 3339 with any offset as Berlin's clocks show them, and written with Berlin's",
        arguments: [
            ("2026-03-09T10:00:00+01:00", "2026-03-09T10:00", "2026-03-09T10:00:00+01:00"),
            ("2026-03-09T09:00:00Z", "2026-03-09T10:00", "2026-03-09T10:00:00+01:00"),
            ("2026-07-01T23:30:00Z", "2026-07-02T01:30", "2026-07-02T01:30:00+02:00"),
            ("2026-12-31T18:45:00-05:00", "2027-01-01T00:45", "2027-01-01T00:45:00+01:00"),
            ("2026-07-01T10:00", "2026-07-01T10:00", "2026-07-01T10:00:00+02:00"),
            // The last minute of winter and the first of summer.
            ("2026-03-29T00:59:00Z", "2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
            // The hour that comes twice, and the minutes around it.
            ("2026-10-24T23:59:00Z", "2026-10-25T01:59", "2026-10-25T01:59:00+02:00"),
            ("2026-10-25T00:30:00Z", "2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T01:30:00Z", "2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T02:00:00Z", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
        ])
    func offsets(_ text: String, _ onTheWall: String, _ written: String) throws {
        let time = try #require(WallTime(text))
        #expect(time.description == onTheWall)
        #expect(time.rfc3339 == written)
        #expect(WallTime(written) == time)
    }

    @Test("have full minutes and a day that exists")
    func refused() {
        for text in [
            "2026-03-09T10:00:01Z", "2026-03-09T10:00:00.5Z", "2026-03-09T10:00:00", "2026-02-30T10:00:00Z", "",
        ] {
            #expect(WallTime(text) == nil, "\(text)")
        }
    }

    @Test("stay what they are in every event, whatever was sent")
    func coded() throws {
        let sent = try JSONDecoder().decode([WallTime].self, from: Data(#"["2026-03-09T09:00:00Z"]"#.utf8))
        #expect(String(decoding: try JSONEncoder().encode(sent), as: UTF8.self) == #"["2026-03-09T10:00"]"#)
    }

    @Test(arguments: ["2026-03-02T00:00", "2026-12-31T23:59", "2024-02-29T08:05"])
    func areReadAsTheyAreWritten(_ text: String) throws {
        let time = try #require(WallTime(text))
        #expect(time.description == text)
        let written = try JSONEncoder().encode([time])
        #expect(String(decoding: written, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([WallTime].self, from: written) == [time])
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02T24:00", "2026-03-02T8:00", "2026-02-30T08:00", "2026-03-02 08:00",
        "2026-03-02T08:00:00", "2026-03-02T08:00Z", "T08:00", "2026-03-02T",
    ])
    func otherFormsAreRefused(_ text: String) {
        #expect(WallTime(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([WallTime].self, from: Data("[\"\(text)\"]".utf8))
        }
    }

    @Test func comeInTheirOrder() throws {
        let times = try ["2026-03-01T23:59", "2026-03-02T00:00", "2026-03-02T00:01"].map { try #require(WallTime($0)) }
        #expect(times.shuffled().sorted() == times)
    }
}
