/// How long a period of the law lasts: a number of days, weeks, months or years.
public struct PeriodLength: Hashable, Sendable {
    /// What is counted.
    public enum Unit: String, CaseIterable, Hashable, Sendable {
        case days = "D"
        case weeks = "W"
        case months = "M"
        case years = "Y"
    }

    /// The longest period that is counted: 100 years.
    public static let maximumYears = 100

    /// How many, at least 1.
    public let count: Int
    /// Of what.
    public let unit: Unit

    /// A length; `nil` unless it is at least 1 and no longer than ``maximumYears``.
    public init?(_ count: Int, _ unit: Unit) {
        let perYear =
            switch unit {
            case .days: 366
            case .weeks: 53
            case .months: 12
            case .years: 1
            }
        guard (1...Self.maximumYears * perYear).contains(count) else { return nil }
        self.count = count
        self.unit = unit
    }

    /// Months that the length has, or `nil` when it is counted in days.
    public var months: Int? {
        switch unit {
        case .months: count
        case .years: count * 12
        case .days, .weeks: nil
        }
    }
}

extension PeriodLength: LosslessStringConvertible {
    /// The length as ISO 8601 writes it: "P14D", "P2W", "P1M", "P1Y".
    public var description: String { "P\(count)\(unit.rawValue)" }

    /// Reads an ISO 8601 duration of days, weeks, months or years, or of years and months together (`P1Y6M` is
    /// `P18M`). `nil` for anything else: the law has no rule for months and days in one period, and none for hours.
    public init?(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "P"), text.utf8.count <= 12 else { return nil }
        var parts: [(count: Int, unit: Unit)] = []
        var digits = ""
        for character in text.dropFirst() {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                guard let count = Int(digits), let unit = Unit(rawValue: String(character)) else { return nil }
                parts.append((count, unit))
                digits = ""
            }
        }
        guard digits.isEmpty else { return nil }
        if parts.count == 2, parts[0].unit == .years, parts[1].unit == .months {
            let (months, overflow) = parts[0].count.multipliedReportingOverflow(by: 12)
            guard !overflow, months <= Self.maximumYears * 12, parts[1].count < 12 else { return nil }
            self.init(months + parts[1].count, .months)
        } else if parts.count == 1 {
            self.init(parts[0].count, parts[0].unit)
        } else {
            return nil
        }
    }
}

extension PeriodLength {
    /// The length within a sentence: "1 month", "2 weeks".
    var words: String {
        let noun =
            switch unit {
            case .days: "day"
            case .weeks: "week"
            case .months: "month"
            case .years: "year"
            }
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
