/// An instant, in UTC, with microseconds: `timestamptz`. A `timestamp` without zone is read as UTC.
public struct PostgresTimestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public var microsecondsSince1970: Int64

    /// PostgreSQL's `infinity`: later than every instant.
    public static let infinity = PostgresTimestamp(microsecondsSince1970: .max)
    /// PostgreSQL's `-infinity`: earlier than every instant.
    public static let negativeInfinity = PostgresTimestamp(microsecondsSince1970: .min)

    /// PostgreSQL counts from 2000-01-01.
    static let epochOffset: Int64 = 946_684_800_000_000

    /// An instant from its distance to 1970.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Whether one instant is before another.
    public static func < (one: PostgresTimestamp, other: PostgresTimestamp) -> Bool {
        one.microsecondsSince1970 < other.microsecondsSince1970
    }
}

extension PostgresTimestamp: PostgresArrayScalar {
    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }
    /// `timestamptz[]`
    public static var postgresArrayType: PostgresType { .timestamptzArray }

    /// Appends microseconds since 2000. What lies before the type's range is sent such that the server refuses it.
    public func encode(into writer: inout PostgresWriter) {
        switch self {
        case .infinity: writer.append(Int64.max)
        case .negativeInfinity: writer.append(Int64.min)
        default:
            let (difference, overflow) = microsecondsSince1970.subtractingReportingOverflow(Self.epochOffset)
            writer.append(overflow ? Int64.min + 1 : difference)
        }
    }

    /// Reads a `timestamptz` or `timestamp`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> PostgresTimestamp {
        guard cell.type == .timestamptz || cell.type == .timestamp else { throw cell.mismatch("a timestamp") }
        let microseconds = try cell.integer(as: Int64.self)
        switch microseconds {
        case .max: return .infinity
        case .min: return .negativeInfinity
        default:
            let (sum, overflow) = microseconds.addingReportingOverflow(epochOffset)
            // The last thirty years before PostgreSQL's end of time (294276) lie after ours, and our infinity is not
            // theirs.
            guard !overflow, sum != .max else { throw PostgresCell.failure("an instant after the year 294246") }
            return PostgresTimestamp(microsecondsSince1970: sum)
        }
    }
}
