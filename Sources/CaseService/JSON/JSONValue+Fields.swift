import CaseFile
import Foundation

// How documents are put together from values of the domain.

extension JSONValue {
    /// An object of those fields that have a value.
    static func fields(_ fields: [(String, JSONValue?)]) -> JSONValue {
        .object(fields.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    static func text(_ value: (some CustomStringConvertible)?) -> JSONValue? {
        value.map { .string($0.description) }
    }

    static func id(_ id: UUID) -> JSONValue { .string(id.uuidString.lowercased()) }
    static func whole(_ number: Int) -> JSONValue { .number(String(number)) }
    static func decimal(_ number: Double) -> JSONValue { .number(PrometheusText.number(number)) }
    static func words(_ words: [String]) -> JSONValue { .array(words.map { .string($0) }) }

    static func money(_ money: Money) -> JSONValue {
        ["amount": .string(money.amount), "currency": .string(money.currency)]
    }

    static func list<Element>(_ elements: [Element], _ value: (Element) -> JSONValue) -> JSONValue {
        .array(elements.map(value))
    }
}
