public import Ledger

/// An amount of money, its decimal digits kept exactly as they were written.
public struct Money: Codable, Hashable, Sendable {
    /// A decimal number without exponent, e.g. `1234.50`; at most 12 digits before the point and 4 after it.
    public let amount: String
    /// The ISO 4217 code, e.g. `EUR`.
    public let currency: String

    /// An amount in a currency, or `nil` when the amount is no such number or the currency no such code.
    public init?(amount: String, currency: String) {
        guard Self.isDecimal(amount), currency.utf8.count == 3,
            currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        self.amount = amount
        self.currency = currency
    }

    /// Whether the amount lies below zero.
    public var isNegative: Bool { amount.hasPrefix("-") && amount.contains { ("1"..."9").contains($0) } }

    /// Decodes `{"amount": "1234.50", "currency": "EUR"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let amount = try container.decode(String.self, forKey: .amount)
        let currency = try container.decode(String.self, forKey: .currency)
        guard let money = Money(amount: amount, currency: currency) else {
            let isAmountWrong = Money(amount: amount, currency: "EUR") == nil
            throw DecodingError.dataCorruptedError(
                forKey: isAmountWrong ? .amount : .currency, in: container,
                debugDescription: isAmountWrong
                    ? "an amount is a decimal number in a string, such as \"1234.50\""
                    : "a currency is three capital letters (ISO 4217), such as \"EUR\"")
        }
        self = money
    }

    private enum CodingKeys: String, CodingKey {
        case amount, currency
    }

    private static func isDecimal(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...12).contains(whole.count), whole.utf8.allSatisfy(isDigit) else {
            return false
        }
        guard parts.count == 2 else { return true }
        return (1...4).contains(parts[1].count) && parts[1].utf8.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension Money: SchemaDescribed {
    /// Digits in a text, and a code of three letters.
    public static var jsonSchema: JSONSchema {
        .object(
            [
                JSONSchema.Property("amount", .text(pattern: "^-?[0-9]{1,12}(\\.[0-9]{1,4})?$")),
                JSONSchema.Property("currency", .text(pattern: "^[A-Z]{3}$")),
            ], title: "Money")
    }
    /// Nothing.
    public static var schemaExample: Money? { Money(amount: "0", currency: "EUR") }
}
