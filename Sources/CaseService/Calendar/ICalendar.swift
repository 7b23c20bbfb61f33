import CaseFile
import Foundation
import Ledger

/// Writes calendars as calendar programs read them (RFC 5545): lines of at most 75 octets, folded between characters, and
/// texts with their special characters escaped.
///
/// Times of day are what a clock on the wall in Europe/Berlin shows, with that zone described beside them: an appointment at
/// ten stays at ten, whatever a law does to the offset until then.
struct ICalendar {
    /// Octets on a line, without its end (RFC 5545, 3.1).
    private static let lineLength = 75

    private var text = ""

    /// A calendar of that name.
    init(name: String) {
        line("BEGIN", "VCALENDAR")
        line("VERSION", "2.0")
        line("PRODID", "-//Gleichtakt//Gleichtakt//EN")
        line("CALSCALE", "GREGORIAN")
        line("METHOD", "PUBLISH")
        line("NAME", Self.escaped(name))
        line("X-WR-CALNAME", Self.escaped(name))
        line("X-WR-TIMEZONE", Self.zone)
        line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        text += Self.zoneDescription
    }

    /// An event of a calendar.
    struct Event: Hashable {
        /// When it is.
        enum Time: Hashable {
            /// From a time in Europe/Berlin on, for so many minutes where that is known.
            case wall(WallTime, minutes: Int?)
            /// All day.
            case day(CalendarDate)
        }

        /// What it goes by: the same as long as it is the same event (RFC 5545, 3.8.4.7).
        var uid: String
        /// How often it was changed since it was first told.
        var sequence: Int
        var time: Time
        var summary: String
        var description: String
        var category: String
        var isCancelled = false
    }

    /// Adds an event.
    ///
    /// - Parameter stamp: when this was written.
    mutating func add(_ event: Event, at stamp: Instant) {
        line("BEGIN", "VEVENT")
        line("UID", event.uid)
        line("DTSTAMP", Self.utc(stamp))
        line("SEQUENCE", "\(event.sequence)")
        switch event.time {
        case .wall(let start, let minutes):
            line("DTSTART;TZID=\(Self.zone)", Self.basic(start.day) + "T" + Self.digits(start.time.minutes * 60))
            // A duration, and no end: minutes go by the same where the clocks change meanwhile (RFC 5545, 3.3.6).
            if let minutes { line("DURATION", "PT\(minutes)M") }
        case .day(let day):
            line("DTSTART;VALUE=DATE", Self.basic(day))
            line("DTEND;VALUE=DATE", Self.basic(day + 1))
            // What is due on a day takes no time of it.
            line("TRANSP", "TRANSPARENT")
        }
        line("SUMMARY", Self.escaped(event.summary))
        line("DESCRIPTION", Self.escaped(event.description))
        line("CATEGORIES", Self.escaped(event.category))
        line("CLASS", "PRIVATE")
        line("STATUS", event.isCancelled ? "CANCELLED" : "CONFIRMED")
        line("END", "VEVENT")
    }

    /// The calendar's bytes.
    var bytes: [UInt8] {
        var whole = self
        whole.line("END", "VCALENDAR")
        return Array(whole.text.utf8)
    }

    private mutating func line(_ name: String, _ value: String) {
        text += Self.folded("\(name):\(value)") + "\r\n"
    }

    // MARK: The zone

    private static let zone = "Europe/Berlin"

    /// Summer time as it has been since 1996: from the last Sunday of March to that of October (Directive 2000/84/EC).
    private static let zoneDescription = [
        "BEGIN:VTIMEZONE", "TZID:\(zone)",
        "BEGIN:DAYLIGHT", "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD",
        "END:VTIMEZONE",
    ].map { $0 + "\r\n" }.joined()

    // MARK: Values

    /// A content line in pieces that each fit on a line; all but the first begin with a space, which belongs to none of them.
    static func folded(_ line: String) -> String {
        var folded = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if length + width > lineLength {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(scalar)
            length += width
        }
        return folded
    }

    /// A text as a value (RFC 5545, 3.3.11). Control characters, which cannot be told, are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n": escaped += "\\n"
            case "\t": escaped += "\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// `19700101T000000Z`.
    private static func utc(_ instant: Instant) -> String {
        let second = instant.microsecondsSince1970.flooredDivision(by: 1_000_000)
        let day = second.flooredDivision(by: 86_400)
        return basic(CalendarDate(daysSince1970: Int(day))) + "T" + digits(Int(second - day * 86_400)) + "Z"
    }

    /// `19700101`.
    private static func basic(_ day: CalendarDate) -> String { day.description.replacing("-", with: "") }

    /// `000000`, the time of day after so many seconds.
    private static func digits(_ second: Int) -> String {
        [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
}

extension UTF8 {
    /// How many octets a scalar takes.
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x80: 1
        case 0x80..<0x800: 2
        case 0x800..<0x1_0000: 3
        default: 4
        }
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
