public import CaseTiming
public import Ledger

/// Programme areas side by side: the same indicators, as of the same day.
///
/// A number that could tell of fewer than five people is suppressed: `null` in JSON, with its name in the row's
/// `suppressed`; `*` in CSV. See ``SmallCells`` for which those are.
public struct SummaryReport: Encodable, Hashable, Sendable {
    /// The day as of which is counted, Europe/Berlin.
    public var asOf: CalendarDate
    /// The areas, by id.
    public var areas: [AreaSummary]

    private enum CodingKeys: String, CodingKey {
        case asOf
        case areas = "items"
    }
}

/// The numbers of one programme area.
public struct AreaSummary: Encodable, Hashable, Sendable {
    /// The area.
    public var areaId: String
    /// What it is called.
    public var name: String?
    /// The urban region it belongs to.
    public var region: String?
    /// The municipality.
    public var municipality: String?
    /// By month, then by office, with all offices together last.
    public var rows: [SummaryRow]
}

/// The numbers of one programme area, month and office.
public struct SummaryRow: Hashable, Sendable {
    /// The month.
    public var month: CalendarMonth
    /// The office; `nil` for all of them together.
    public var office: Office?
    /// The numbers.
    public var cells: [SummaryIndicator: SummaryCell]

    /// The number under an indicator.
    public subscript(indicator: SummaryIndicator) -> SummaryCell { cells[indicator] ?? .count(0) }

    /// Shared days ÷ active days of cases; `nil` when there are none or they are suppressed.
    public var simultaneityOfCases: Double? { ratio(.sharedDaysOfCases, .activeDaysOfCases) }

    /// Shared days ÷ active days of households; `nil` when there are none or they are suppressed.
    public var simultaneityOfHouseholds: Double? { ratio(.sharedDaysOfHouseholds, .activeDaysOfHouseholds) }

    /// The indicators whose numbers are suppressed, in their order.
    public var suppressed: [SummaryIndicator] { SummaryIndicator.allCases.filter { self[$0] == .suppressed } }

    private func ratio(_ shared: SummaryIndicator, _ active: SummaryIndicator) -> Double? {
        guard case .count(let shared) = self[shared], case .count(let active) = self[active], active > 0 else {
            return nil
        }
        return Double(shared) / Double(active)
    }
}

/// A number in a summary, or that it is suppressed.
public enum SummaryCell: Hashable, Sendable {
    /// The number.
    case count(Int)
    /// It could tell of fewer than five people.
    case suppressed

    /// The number, unless it is suppressed.
    public var value: Int? {
        if case .count(let value) = self { value } else { nil }
    }
}

extension SummaryRow: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// Encodes `{"month", "office", "participants", "plans": {…}, …, "suppressed": [names]}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(month.description, forKey: Key("month"))
        try container.encode(office?.rawValue ?? "all", forKey: Key("office"))
        try encode(SummaryIndicator.allCases, at: 0, into: &container)
        try container.encode(suppressed.map(\.rawValue), forKey: Key("suppressed"))
    }

    /// Encodes indicators that lie in the same object, `depth` names down.
    private func encode(
        _ indicators: [SummaryIndicator], at depth: Int, into container: inout KeyedEncodingContainer<Key>
    ) throws {
        var rest = indicators[...]
        while let first = rest.first {
            let name = first.path[depth]
            let group = rest.prefix { $0.path[depth] == name }
            rest = rest.dropFirst(group.count)
            if first.path.count == depth + 1 {
                if let value = self[first].value {
                    try container.encode(value, forKey: Key(name))
                } else {
                    try container.encodeNil(forKey: Key(name))
                }
            } else {
                var nested = container.nestedContainer(keyedBy: Key.self, forKey: Key(name))
                try encode(Array(group), at: depth + 1, into: &nested)
                try encodeRatio(of: first, at: depth, into: &nested)
            }
        }
    }

    private func encodeRatio(
        of first: SummaryIndicator, at depth: Int, into container: inout KeyedEncodingContainer<Key>
    ) throws {
        guard depth == 1 else { return }
        switch first {
        case .activeCases: try container.encode(simultaneityOfCases, forKey: Key("ratio"))
        case .activeHouseholds: try container.encode(simultaneityOfHouseholds, forKey: Key("ratio"))
        default: break
        }
    }
}
