import Foundation
import Ledger
import LedgerSuite
import Testing

@testable import CaseFile

@Suite("The catalogue of events", .serialized) struct EventCatalogueTests {
    private static let descriptions = SampleFiles.sources.appending(
        path: "CaseFile/Catalogue/EventDescriptions.swift")
    private static let page = SampleFiles.sources.appending(
        path: "gleichtakt/Documentation.docc/Event-catalogue.md")

    /// Compares a file that is made from code, or writes it.
    private func expect(_ file: URL, toBe text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if SampleFiles.areRecorded { try Data(text.utf8).write(to: file) }
        let isSame = try String(contentsOf: file, encoding: .utf8) == text
        #expect(
            isSame,
            "\(file.lastPathComponent) is out of date: GLEICHTAKT_RECORD=1 swift test --filter EventCatalogueTests",
            sourceLocation: sourceLocation)
    }

    @Test func whatWasReleasedKeepsItsShape() throws {
        let known = try ReleasedShapes(of: EventCatalogue.shapes)
        if SampleFiles.areRecorded {
            let released = try? ReleasedShapes(reading: SampleFiles.shapes)
            try (released ?? ReleasedShapes(shapes: [:])).adding(known).write(to: SampleFiles.shapes)
        }
        for fault in try ReleasedShapes(reading: SampleFiles.shapes).faults(in: known) {
            Issue.record(Comment(rawValue: fault))
        }
    }

    @Test(arguments: EventSample.all) func samplesAreValid(_ sample: EventSample) throws {
        let entry = try #require(try EventCatalogue.entries().first { $0.shape.name == sample.name })
        let data: AnyJSON = try LedgerJSON.decode(from: sample.data)
        #expect(SchemaValidation.faults(of: data, against: entry.data).isEmpty)
        if let personal = sample.personal {
            let schema = try #require(entry.personal)
            let tree: AnyJSON = try LedgerJSON.decode(from: personal)
            #expect(SchemaValidation.faults(of: tree, against: schema).isEmpty)
        }
    }

    @Test func descriptionsAreTheCommentsOfTheCode() throws {
        let comments = try DocComments(
            in: ["CaseFile", "CaseTiming"].map { SampleFiles.sources.appending(path: $0) })
        let shapes = EventCatalogue.shapes
        let titles = try Set(
            shapes.flatMap { shape in
                ["\(shape.body)"] + (try shape.dataSchema().titles) + (try shape.personalSchema()?.titles ?? [])
            })
        let texts = comments.texts.filter { name, _ in
            titles.contains(name) || titles.contains(name.split(separator: ".").dropLast().joined(separator: "."))
        }
        for shape in shapes { #expect(texts["\(shape.body)"] != nil, "\(shape.body) has no doc comment") }
        try expect(Self.descriptions, toBe: Self.source(texts))
    }

    private static func source(_ texts: [String: String]) -> String {
        let rows = texts.sorted { $0.key < $1.key }.map { name, text in
            let literal = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            let row = "        \"\(name)\": \"\(literal)\",\n"
            return row.count <= 121 ? row : "        \"\(name)\":\n            \"\(literal)\",\n"
        }
        return """
            // swift-format-ignore-file
            // Made from doc comments: GLEICHTAKT_RECORD=1 swift test --filter EventCatalogueTests

            /// What the comments of the code say of events and their members.
            enum EventDescriptions {
                /// By names such as `MeasureAdded` and `MeasureAdded.window`.
                static let texts: [String: String] = [
            \(rows.joined())    ]
            }

            """
    }

    @Test func thePageIsCurrent() throws {
        try expect(Self.page, toBe: CataloguePage(try EventCatalogue.entries()).text)
    }

    @Test func theDocumentRefersToEveryShape() throws {
        struct Document: Decodable {
            struct Reference: Decodable {
                var to: String
                enum CodingKeys: String, CodingKey { case to = "$ref" }
            }
            struct Definition: Decodable {
                var title: String
                var properties: [String: AnyJSON]
                var required: [String]
            }
            var schema: String
            var oneOf: [Reference]
            var definitions: [String: Definition]
            enum CodingKeys: String, CodingKey {
                case oneOf
                case schema = "$schema"
                case definitions = "$defs"
            }
        }
        let document: Document = try LedgerJSON.decode(from: Array(EventCatalogueDocument().text().utf8))
        #expect(document.schema == "https://json-schema.org/draft/2020-12/schema")
        #expect(Set(document.oneOf.map(\.to)) == Set(document.definitions.keys.map { "#/$defs/\($0)" }))
        #expect(Set(document.definitions.keys) == Set(EventCatalogue.shapes.map(\.name)))
        let registered = try #require(document.definitions["case.ParticipantRegistered.1"])
        guard case .object(let personal) = registered.properties["personal"] else {
            Issue.record("the personal part is missing")
            return
        }
        #expect(personal["x-personal"] == .boolean(true))
        #expect(registered.properties["schemaVersion"] == .object(["const": .integer(1)]))
    }
}

@Suite("A released event that changes") struct ReleasedShapesTests {
    private struct Noted: EventBody {
        static let type = "Noted"
        var words: Int
        var personal: Personal?
        struct Personal: Codable, Hashable, Sendable { var text: String }
        private enum CodingKeys: String, CodingKey { case words }
    }

    private struct NotedDifferently: EventBody {
        static let type = "Noted"
        var words: Int?
        var personal: Noted.Personal?
        typealias Personal = Noted.Personal
        private enum CodingKeys: String, CodingKey { case words }
    }

    private struct NotedOpenly: EventBody {
        static let type = "Noted"
        var words: Int
    }

    private struct NotedAnew: EventBody {
        static let type = "Noted"
        static let schemaVersion = 2
        var words: Int?
    }

    private struct NotedV1: EarlierEventBody {
        static let type = "Noted"
        var words: Int
        var personal: Noted.Personal?
        typealias Personal = Noted.Personal
        private enum CodingKeys: String, CodingKey { case words }
        func lifted() -> NotedAnew { NotedAnew(words: words) }
    }

    private enum Family<Body: EventBody>: EventFamily {
        case only(Body)
        static var category: String { "test" }
        static var kinds: [EventKind<Family>] { [EventKind(Body.self, Family.only)] }
        var body: any EventBody {
            switch self {
            case .only(let body): body
            }
        }
    }

    private enum Lifted: EventFamily {
        case only(NotedAnew)
        static let category = "test"
        static let kinds = [EventKind(NotedAnew.self, earlier: NotedV1.self, embed: Lifted.only)]
        var body: any EventBody {
            switch self {
            case .only(let body): body
            }
        }
    }

    private func faults<Now: EventFamily>(_ now: Now.Type) throws -> [String] {
        let released = try ReleasedShapes(of: Family<Noted>.shapes)
        return released.faults(in: try ReleasedShapes(of: now.shapes))
    }

    @Test func isNoticed() throws {
        #expect(try faults(Family<Noted>.self).isEmpty)
        for changed in [try faults(Family<NotedDifferently>.self), try faults(Family<NotedOpenly>.self)] {
            #expect(changed.count == 1)
            #expect(changed[0].contains("test.Noted.1 has another shape") && changed[0].contains("schemaVersion"))
        }
    }

    @Test func needsAWayFromTheOldShape() throws {
        let faults = try faults(Family<NotedAnew>.self)
        #expect(faults.contains { $0.contains("test.Noted.1 was released and cannot be read") })
        #expect(faults.contains { $0.contains("test.Noted.2 is new") && $0.contains("sample") })
    }

    @Test func isFineWithOneOnceItIsRecorded() throws {
        #expect(try faults(Lifted.self).count == 1)
        let released = try ReleasedShapes(of: Family<Noted>.shapes)
        let known = try ReleasedShapes(of: Lifted.shapes)
        #expect(released.adding(known).faults(in: known).isEmpty)
        #expect(Lifted.shapes.map(\.status) == [.current, .superseded])
    }

    @Test func recordingDoesNotOverwriteWhatWasReleased() throws {
        let released = try ReleasedShapes(of: Family<Noted>.shapes)
        let changed = try ReleasedShapes(of: Family<NotedOpenly>.shapes)
        #expect(released.adding(changed) == released)
    }
}
