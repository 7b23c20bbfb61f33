import Foundation
import Testing

/// Somebody who asks, and which planted values may reach them.
struct Watcher: Sendable {
    var name: String
    var role: String?
    var office: String?
    /// The subject of the token.
    var subject: String?
    var caller: Caller
    /// Whether the token covers the area that the cases lie in.
    var isResponsible = true

    /// Whether a value may stand in an answer to this one, from an operation of the API.
    func maySee(_ plant: PlantedCase.Plant, in operation: APIOperation) -> Bool {
        if plant.category == "told" {
            return operation.path.hasSuffix("/entrusted-notes") && role == "caseworker" && office == plant.owner
                && subject.map(plant.holders.contains) == true
        }
        return switch role {
        case "auditor":
            operation.path.hasPrefix("/v1/audit/cases/") && !operation.path.hasSuffix("/access-report")
        case "administrator": operation.path.hasSuffix("/access-report")
        case "caseworker", "supervisor":
            isResponsible && (office.map { plant.isVisible(to: $0) } ?? false)
        default: false
        }
    }
}

/// An operation as the API describes it.
struct APIOperation: Hashable, Sendable {
    var method: String
    var path: String
    var roles: [String]
    /// Names and example values of what has to be in the query.
    var query: [String]
    /// The full example of the body.
    var body: JSON

    /// All operations of the description.
    static func all(in document: JSON) -> [APIOperation] {
        guard case .object(let paths) = document["paths"] else { return [] }
        return paths.sorted { $0.key < $1.key }.flatMap { path, methods -> [APIOperation] in
            guard case .object(let methods) = methods else { return [] }
            return methods.sorted { $0.key < $1.key }.map { method, operation in
                let required = operation["parameters"].items.filter {
                    $0["in"].text == "query" && $0["required"] == .bool(true)
                }
                let contents: [JSON] =
                    if case .object(let types) = operation["requestBody"]["content"] { Array(types.values) } else { [] }
                return APIOperation(
                    method: method.uppercased(), path: path, roles: operation["x-roles"].items.compactMap(\.text),
                    query: required.map {
                        "\($0["name"].text ?? "")=\($0["example"].text ?? $0["example"].serialized)"
                    },
                    body: contents.first?["examples"]["full"]["value"] ?? .null)
            }
        }
    }

    /// Every address of it: each office, each case and one that nobody has, and one of anything else.
    func addresses(of cases: [String]) -> [String] {
        var addresses = [path]
        func fill(_ name: String, _ values: [String]) {
            guard path.contains("{\(name)}") else { return }
            addresses = addresses.flatMap { address in
                values.map { address.replacingOccurrences(of: "{\(name)}", with: $0) }
            }
        }
        fill("office", ["job-centre", "youth-office", "social-office"])
        fill("caseId", cases)
        fill("areaId", ["planted-quarter", "nowhere"])
        let unknown = HouseholdStory.id("nothing there")
        while let range = addresses.first?.range(of: "\\{[A-Za-z]+\\}", options: .regularExpression),
            let name = addresses.first.map({ String($0[range]) })
        {
            addresses = addresses.map { $0.replacingOccurrences(of: name, with: unknown) }
        }
        guard !query.isEmpty else { return addresses }
        return addresses.map { "\($0)?\(query.joined(separator: "&"))" }
    }
}

extension Answer {
    /// What an answer says, without what is different in any two answers.
    var constant: String { "\(status) \(header("content-type") ?? "") \(text)" }

    /// Every byte of it, its headers among them.
    var everything: String { headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n" + text }
}
