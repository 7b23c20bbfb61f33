import CaseFile
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CaseService

@Suite struct OpenAPITests {
    @Test func theDocumentNamesExactlyTheRoutes() async throws {
        let application = try await ServiceFixture().application()
        let routes = Set(
            application.router().routes.filter { $0.method != .head }
                .map { "\($0.method.rawValue) \($0.path.description)" })
        let document = try JSONParser.parse(application.openAPI)
        guard case .object(let paths) = document["paths"] else { return #expect(Bool(false), "no paths") }
        var described: Set<String> = []
        for path in paths {
            guard case .object(let methods) = path.value else { continue }
            for method in methods { described.insert("\(method.name.uppercased()) \(path.name)") }
        }
        #expect(described == routes)
        #expect(routes.contains("POST /v1/cases/{caseId}/start-measure"))
        #expect(routes.contains("GET /openapi.json"))
    }

    @Test func everyOperationSaysWhatItNeedsAndAnswers() async throws {
        let application = try await ServiceFixture().application()
        let ids = application.operations.map(\.id)
        #expect(Set(ids).count == ids.count)
        for operation in application.operations {
            let named = Set(
                operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() })
            let described = Set(operation.parameters.filter { $0.place == .path }.map { $0.name[...] })
            #expect(named == described, "\(operation.path)")
            #expect(!operation.summary.isEmpty)
            #expect(!operation.answers.isEmpty)
        }
    }

    @Test func thePolicyDecidesAboutEveryOperation() async throws {
        let application = try await ServiceFixture().application()
        let open = application.operations.filter { $0.access == .open }.map(\.id)
        #expect(Set(open) == ["liveness", "readiness", "metrics", "openapi", "calendarFeed"])
        for operation in application.operations where operation.access != .open {
            #expect(
                operation.access.policyAction != nil,
                "\(operation.id) decides by itself: give it an AccessAction, and say in AccessPolicy who may")
            let namesOffice = operation.path.contains("{office}")
            if case .officeAction = operation.access { #expect(namesOffice) } else { #expect(!namesOffice) }
        }
    }

    /// A generated client makes an object of a `uuid`, which it cannot send in a header.
    @Test func headersArePlainText() async throws {
        for operation in try await ServiceFixture().application().operations {
            for parameter in operation.parameters where parameter.place == .header {
                #expect(parameter.pattern != nil || parameter.shape.schema["format"] == nil, "\(parameter.name)")
            }
        }
        let document = try JSONParser.parse(try await ServiceFixture().application().openAPI)
        let operation = document["paths"]?["/v1/cases/{caseId}/start-measure"]?["post"]
        guard case .array(let parameters) = operation?["parameters"] else { return #expect(Bool(false)) }
        let patterns = parameters.compactMap { $0["schema"]?["pattern"]?.text }
        #expect(patterns.contains("^\"[0-9]{1,18}\"$"), "what If-Match takes, and nothing else")
        #expect(operation?["x-roles"] == ["caseworker"])
        let rejected = operation?["responses"]?["409"]?["content"]?["application/problem+json"]
        #expect(rejected?["example"]?["rule"] == "already-engaged")
    }

    @Test func anImportLineIsAddressedToOneSubject() async throws {
        let document = try JSONParser.parse(try await ServiceFixture().application().openAPI)
        guard case .array(let alternatives) = document["components"]?["schemas"]?["ImportLine"]?["oneOf"] else {
            return #expect(Bool(false), "no alternatives")
        }
        #expect(alternatives.count == CommandSubject.allCases.count)
        let body = document["paths"]?["/v1/import"]?["post"]?["requestBody"]?["content"]?["application/x-ndjson"]
        for subject in CommandSubject.allCases {
            let example = try #require(body?["examples"]?[subject.rawValue]?["value"])
            let line = try ImportLine(JSONWriter.bytes(of: example), in: CommandCatalogue())
            #expect(line.definition.subject == subject)
            #expect(BodyValidator.issues(in: line.data, for: line.definition.text.body).isEmpty)
        }
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        let document = try JSONParser.parse(try await ServiceFixture().application().openAPI)
        func references(_ value: JSONValue) -> [String] {
            switch value {
            case .object(let members):
                members.flatMap { $0.name == "$ref" ? [$0.value.text ?? ""] : references($0.value) }
            case .array(let elements): elements.flatMap(references)
            default: []
            }
        }
        for reference in Set(references(document)) {
            let name = try #require(reference.split(separator: "/").last)
            #expect(document["components"]?["schemas"]?[String(name)] != nil, "\(reference)")
        }
    }

    @Test(arguments: Way.allCases)
    func theDocumentIsServed(_ way: Way) async throws {
        let application = try await ServiceFixture().application()
        try await application.server().test(way.setup) { client in
            let answer = try await client.get("/openapi.json")
            #expect(answer.status == .ok)
            #expect(answer.json["openapi"] == "3.1.0")
            #expect(Array(answer.body.readableBytesView) == application.openAPI)
        }
    }

    /// Asks a validator that is not ours, where there is one: see ops/python-packages.
    @Test func theDocumentIsValid() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID().uuidString).json")
        try Data(try await ServiceFixture().application().openAPI).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let interpreter = ProcessInfo.processInfo.environment["GLEICHTAKT_TEST_PYTHON"] ?? "python3"
        func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [interpreter] + arguments
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus, output)
        }
        guard try python(["-c", "import openapi_spec_validator"]).status == 0 else {
            print("SKIPPED: the API document was not validated; \(interpreter) has no openapi_spec_validator.")
            return
        }
        let verdict = try python(["-m", "openapi_spec_validator", "--schema", "3.1", file.path()])
        #expect(verdict.status == 0, "\(verdict.output)")
    }
}
