/// A day of the proleptic Gregorian calendar, without time or zone: `date`.
public struct PostgresDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public var daysSince1970: Int32

    /// PostgreSQL's `infinity`: later than every day.
    public static let infinity = PostgresDate(daysSince1970: .max)
    /// PostgreSQL's `-infinity`: earlier than every day.
    public static let negativeInfinity = PostgresDate(daysSince1970: .min)

    /// PostgreSQL counts from 2000-01-01.
    static let epochOffset: Int32 = 10_957

    /// A day from its distance to 1970.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// Whether one day is before another.
    public static func < (one: PostgresDate, other: PostgresDate) -> Bool {
        one.daysSince1970 < other.daysSince1970
    }
}

extension PostgresDate: PostgresArrayScalar {
    /// `date`
    public static var postgresType: PostgresType { .date }
    /// `date[]`
    public static var postgresArrayType: PostgresType { .dateArray }

    /// Appends days since 2000. What lies before the type's range is sent such that the server refuses it.
    public func encode(into writer: inout PostgresWriter) {
        switch self {
        case .infinity: writer.append(Int32.max)
        case .negativeInfinity: writer.append(Int32.min)
        default:
            let (difference, overflow) = daysSince1970.subtractingReportingOverflow(Self.epochOffset)
            writer.append(overflow ? Int32.min + 1 : difference)
        }
    }

    /// Reads a `date`.
    public static func decode(_ cell: PostgresCell) throws(PostgresError) -> PostgresDate {
        guard cell.type == .date else { throw cell.mismatch("a date") }
        let days = try cell.integer(as: Int32.self)
        switch days {
        case .max: return .infinity
        case .min: return .negativeInfinity
        default:
            // PostgreSQL's last date is in the year 5874897 and leaves room for more than the thirty years.
            return PostgresDate(daysSince1970: days &+ epochOffset)
        }
    }
}
