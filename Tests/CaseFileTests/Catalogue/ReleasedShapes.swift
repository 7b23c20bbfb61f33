import Foundation
import Ledger
import LedgerSuite

/// The shapes in which events were ever released, from `shapes.json`. Like the samples they are history.
struct ReleasedShapes: Equatable {
    struct Shape: Codable, Equatable {
        var data: AnyJSON
        var personal: AnyJSON?
    }

    /// By names such as `case.MeasureAdded.1`.
    var shapes: [String: Shape]

    init(shapes: [String: Shape]) { self.shapes = shapes }

    /// What was released.
    init(reading file: URL) throws {
        shapes = try LedgerJSON.decode(from: Array(Data(contentsOf: file)))
    }

    /// What the code reads and writes.
    init(of known: [EventShape]) throws {
        shapes = try known.reduce(into: [:]) { shapes, shape in
            shapes[shape.name] = Shape(
                data: try Self.tree(try shape.dataSchema()), personal: try shape.personalSchema().map(Self.tree))
        }
    }

    private static func tree(_ schema: JSONSchema) throws -> AnyJSON {
        try LedgerJSON.decode(from: LedgerJSON.encode(schema.bare))
    }

    /// What is wrong with the code, given what was released, and what to do about it.
    func faults(in known: ReleasedShapes) -> [String] {
        let changed = shapes.compactMap { name, shape in
            known.shapes[name].flatMap { $0 == shape ? nil : name }
        }
        let missing = Set(shapes.keys).subtracting(known.shapes.keys)
        let unrecorded = Set(known.shapes.keys).subtracting(shapes.keys)
        return changed.map { name in
            """
            \(name) has another shape than was released. Recorded events keep theirs, so keep the old body under a name \
            with its version as an EarlierEventBody, give the new one the next schemaVersion and name the old one in \
            its EventKind; then add a sample of the new version.
            """
        }
            + missing.map { name in
                """
                \(name) was released and cannot be read any more. Name its body as an earlier shape of an EventKind, or as \
                a FormerEvent of its family.
                """
            }
            + unrecorded.map { name in
                """
                \(name) is new. When it is what shall be released, add a sample to events.ndjson and record its shape: \
                GLEICHTAKT_RECORD=1 swift test --filter EventCatalogueTests
                """
            }
    }

    /// These shapes and those that are new; what was released stays.
    func adding(_ known: ReleasedShapes) -> ReleasedShapes {
        ReleasedShapes(shapes: known.shapes.merging(shapes) { _, released in released })
    }

    func write(to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(shapes) + Data("\n".utf8)).write(to: file)
    }
}
