import CaseTiming
import Foundation
import Ledger
import Postgres

/// Rows in the binary format of COPY (PostgreSQL documentation, "COPY", "Binary Format").
struct CopyRows {
    /// Signature, flags, and the length of a header extension that there is not.
    private static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]

    private var writer = PostgresWriter()
    private(set) var count = 0

    /// No rows yet, with room for so many bytes.
    init(reserving capacity: Int = 0) {
        writer.bytes.reserveCapacity(capacity)
        writer.append(contentsOf: Self.header)
    }

    /// All that is to be sent: the rows and the end marker.
    var bytes: [UInt8] {
        mutating get {
            writer.append(Int16(-1))
            return writer.bytes
        }
    }

    /// Begins a row of so many fields, which have to follow.
    mutating func row(fields: Int16) {
        count += 1
        writer.append(fields)
    }

    mutating func null() { writer.append(Int32(-1)) }

    mutating func field(_ value: some PostgresEncodable) {
        if value.isPostgresNull { return null() }
        writer.appendCounted { value.encode(into: &$0) }
    }

    mutating func field(_ id: UUID) {
        writer.append(Int32(16))
        withUnsafeBytes(of: id.uuid) { writer.append(contentsOf: $0) }
    }

    mutating func field(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            writer.append(Int32(truncatingIfNeeded: utf8.count))
            writer.append(contentsOf: utf8)
        }
    }

    mutating func field(_ text: String?) {
        if let text { field(text) } else { null() }
    }

    mutating func field(_ date: CalendarDate) { field(date.postgres) }

    mutating func field(_ date: CalendarDate?) {
        if let date { field(date.postgres) } else { null() }
    }

    mutating func field(_ date: PostgresDate) {
        writer.append(Int32(4))
        date.encode(into: &writer)
    }

    /// A `smallint`.
    mutating func small(_ number: Int?) {
        guard let number else { return null() }
        writer.append(Int32(2))
        writer.append(Int16(clamping: number))
    }

    /// Text or JSON that is UTF-8 already.
    mutating func utf8(_ bytes: [UInt8]) {
        writer.append(Int32(truncatingIfNeeded: bytes.count))
        writer.append(contentsOf: bytes)
    }

    /// A `datemultirange` (`multirange_send`, `range_send`): the lower bound belongs to a range and the upper does not.
    mutating func field(_ days: VisibleDays) {
        writer.appendCounted { writer in
            writer.append(Int32(truncatingIfNeeded: days.spans.count))
            for span in days.spans {
                writer.appendCounted { writer in
                    writer.append(span.until == nil ? Self.lowerInclusive | Self.upperInfinite : Self.lowerInclusive)
                    writer.append(Int32(4))
                    span.from.postgres.encode(into: &writer)
                    guard let until = span.until else { return }
                    writer.append(Int32(4))
                    (until + 1).postgres.encode(into: &writer)
                }
            }
        }
    }

    /// The flags of a range (`rangetypes.h`).
    private static let lowerInclusive: UInt8 = 0x02
    private static let upperInfinite: UInt8 = 0x10

    /// A `tsvector` of lexemes without places (`tsvectorrecv`); the server puts them in its order.
    mutating func lexemes(_ lexemes: some Collection<String>) {
        writer.appendCounted { writer in
            writer.append(Int32(truncatingIfNeeded: lexemes.count))
            for lexeme in lexemes {
                writer.append(contentsOf: lexeme.utf8)
                writer.append(UInt8(0))
                writer.append(UInt16(0))
            }
        }
    }
}
