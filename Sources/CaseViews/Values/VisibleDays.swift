import CaseTiming
import Ledger

/// The days on which something may be seen: ranges that are sorted and neither overlap nor touch.
///
/// Rows never depend on the present day. What does depend on it, such as a consent with an end, is kept with these days
/// and cut when somebody asks.
struct VisibleDays: Hashable, Sendable {
    /// A range of days, the last one included; without a last one as long as none is known.
    struct Span: Hashable, Sendable {
        var from: CalendarDate
        var until: CalendarDate?
    }

    private(set) var spans: [Span]

    /// No day.
    static let never = VisibleDays([])

    /// The days that lie in any of the spans; a span that ends before it begins has none.
    init(_ spans: some Sequence<Span>) {
        self.spans = []
        let sorted = spans.filter { $0.from <= $0.until ?? $0.from }.sorted { $0.from < $1.from }
        for span in sorted {
            guard let previous = self.spans.last, previous.until.map({ span.from <= $0 + 1 }) ?? true else {
                self.spans.append(span)
                continue
            }
            self.spans[self.spans.count - 1].until =
                if let before = previous.until, let after = span.until { max(before, after) } else { nil }
        }
    }

    /// The days from one on, to the other if there is one.
    init(from: CalendarDate, until: CalendarDate? = nil) {
        self.init([Span(from: from, until: until)])
    }

    /// The SQL condition that a row's days contain one. A CASE, because of rows behind a policy PostgreSQL keeps the statistics
    /// of such an operator from the planner, which would take hardly any row to be visible, and begin with tens of thousands.
    static func isShown(_ column: String, on day: String) -> String {
        "CASE WHEN \(column) @> \(day)::date THEN TRUE ELSE FALSE END"
    }

    var isEmpty: Bool { spans.isEmpty }

    func contains(_ day: CalendarDate) -> Bool {
        spans.contains { $0.from <= day && day <= $0.until ?? day }
    }

    func union(_ other: VisibleDays) -> VisibleDays {
        if isEmpty { return other }
        return other.isEmpty ? self : VisibleDays(spans + other.spans)
    }

    func intersection(_ other: VisibleDays) -> VisibleDays {
        VisibleDays(
            spans.flatMap { left in
                other.spans.map { right in
                    let ends = [left.until, right.until].compactMap { $0 }
                    return Span(from: max(left.from, right.from), until: ends.min())
                }
            })
    }

    /// PostgreSQL's text form of a `datemultirange`: half-open ranges.
    var multirange: String {
        let ranges = spans.map { "[\($0.from),\($0.until.map { ($0 + 1).description } ?? ""))" }
        return "{" + ranges.joined(separator: ",") + "}"
    }
}

extension VisibleDays: Codable {
    private enum CodingKeys: String, CodingKey {
        case from, until
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var spans: [Span] = []
        while !container.isAtEnd {
            let span = try container.nestedContainer(keyedBy: CodingKeys.self)
            spans.append(
                Span(
                    from: try span.decode(CalendarDate.self, forKey: .from),
                    until: try span.decodeIfPresent(CalendarDate.self, forKey: .until)))
        }
        self.init(spans)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for span in spans {
            var nested = container.nestedContainer(keyedBy: CodingKeys.self)
            try nested.encode(span.from, forKey: .from)
            try nested.encodeIfPresent(span.until, forKey: .until)
        }
    }
}
