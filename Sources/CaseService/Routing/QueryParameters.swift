import CaseFile
import CaseTiming
import Foundation
import Ledger

/// The parameters of a query, checked against what the route knows.
struct QueryParameters: Sendable {
    private var values: [String: String] = [:]

    /// The parameters in `query`, the part of the address after the question mark.
    ///
    /// - Throws: ``Problem`` that names every parameter that is unknown, missing, repeated or of the wrong form.
    init(_ query: String?, for parameters: [Operation.Parameter]) throws {
        var issues: [Problem.Issue] = []
        var named: Set<String> = []
        for pair in (query ?? "").split(separator: "&", omittingEmptySubsequences: true) where issues.count < 20 {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0]) ?? ""
            func complain(_ detail: String) {
                issues.append(Problem.Issue(place: .parameter(String(name.prefix(64))), detail: detail))
            }
            guard let parameter = parameters.first(where: { $0.place == .query && $0.name == name }) else {
                let known = parameters.filter { $0.place == .query }.map(\.name)
                complain(
                    "is no parameter here; "
                        + (known.isEmpty ? "there are none" : "known are \(known.joined(separator: ", "))"))
                continue
            }
            named.insert(name)
            guard var value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                complain("is not percent-encoded UTF-8")
                continue
            }
            // An offset's plus sign that was not escaped arrives as a space; nothing else of these forms has one.
            if parameter.shape == .instant || parameter.shape == .positionOrInstant {
                value = value.replacing(" ", with: "+")
            }
            if let complaint = BodyValidator.complaint(about: value, for: parameter.shape) {
                complain(complaint)
            } else if values.updateValue(value, forKey: name) != nil {
                complain("is there twice")
            }
        }
        for parameter in parameters
        where parameter.place == .query && parameter.isRequired && !named.contains(parameter.name) {
            let expectation = BodyValidator.expectation(of: parameter.shape)
            issues.append(Problem.Issue(place: .parameter(parameter.name), detail: "is missing: \(expectation)"))
        }
        guard issues.isEmpty else {
            throw Problem.malformed("The query has parameters that cannot be read; see errors.", issues)
        }
    }

    /// The value of a parameter.
    func text(_ name: String) -> String? { values[name] }
    /// The value of a parameter that is a whole number.
    func integer(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
    /// The value of a parameter that is true or false.
    func flag(_ name: String) -> Bool? { values[name].map { $0 == "true" } }
    /// The value of a parameter that is a position.
    func position(_ name: String) -> Position? { values[name].flatMap { Position($0) } }
    /// The value of a parameter that is a day.
    func date(_ name: String) -> CalendarDate? { values[name].flatMap { CalendarDate($0) } }
    /// The value of a parameter that is a month.
    func month(_ name: String) -> CalendarMonth? { values[name].flatMap { CalendarMonth($0) } }
    /// The value of a parameter that is a moment.
    func instant(_ name: String) -> Instant? { values[name].flatMap { Instant($0) } }
    /// The value of a parameter that is an office.
    func office(_ name: String) -> Office? { values[name].flatMap { Office(rawValue: $0) } }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
