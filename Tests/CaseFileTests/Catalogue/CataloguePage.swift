import CaseFile
import Ledger

/// The catalogue as a page of the documentation.
struct CataloguePage {
    private(set) var text = """
        # Event catalogue

        Every event that the ledger may hold, with the shape in which it is recorded.

        ## Overview

        Made from the code by `GLEICHTAKT_RECORD=1 swift test --filter EventCatalogueTests`; not written by hand. The same as
        one JSON Schema (draft 2020-12) is printed by `gleichtakt export --format schema`.

        Each event is recorded with its category of streams, its type, the version of its shape and two parts: one that is
        readable for everybody who may read the ledger, and, where it is named here, a **personal** part that is sealed under
        the person's key and gone when that is destroyed. Beside it stand who caused it, when it was recorded and from which
        day it counts. Instants are UTC, days are days in Europe/Berlin. What a member belongs to says who gets it: see
        <doc:Who-may-see-what>; what lies inside it belongs to the same.

        """

    init(_ entries: [EventCatalogue.Entry]) {
        for (category, entries) in Dictionary(grouping: entries, by: \.shape.category).sorted(by: { $0.key < $1.key }) {
            text += "\n## Events of \(category) streams\n"
            for entry in entries { add(entry) }
        }
    }

    private mutating func add(_ entry: EventCatalogue.Entry) {
        text += "\n### \(entry.shape.type), version \(entry.shape.schemaVersion)\n\n"
        if let description = entry.description { text += description + "\n\n" }
        switch entry.shape.status {
        case .current: break
        case .superseded: text += "A later version has taken its place. It is still read.\n\n"
        case .former: text += "It is not written any more. It is still read.\n\n"
        }
        let rows =
            self.rows(entry.data, isPersonal: false)
            + (entry.personal.map { self.rows($0, isPersonal: true) } ?? [])
        guard !rows.isEmpty else { return }
        text += "| member | shape | | belongs to | meaning |\n| --- | --- | --- | --- | --- |\n" + rows.joined()
    }

    private func rows(_ schema: JSONSchema, isPersonal: Bool, in prefix: String = "") -> [String] {
        guard case .object(let properties, _) = schema else { return [] }
        return properties.flatMap { property in
            let name = prefix + property.name
            let marks = [property.isRequired ? nil : "optional", isPersonal ? "**personal**" : nil].compactMap(\.self)
            let row =
                "| `\(name)` | \(Self.words(property.schema)) | \(marks.joined(separator: ", ")) | "
                + "\(property.category ?? "") | \(property.description ?? "") |\n"
            return switch property.schema {
            case .list(let element): [row] + rows(element, isPersonal: isPersonal, in: name + "[].")
            default: [row] + rows(property.schema, isPersonal: isPersonal, in: name + ".")
            }
        }
    }

    private static func words(_ schema: JSONSchema) -> String {
        switch schema {
        case .text(let format?, _): format
        case .text(_, let pattern?): "text `\(pattern.replacing("|", with: "\\|"))`"
        case .text: "text"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .boolean: "truth value"
        case .integer: "whole number"
        case .number: "number"
        case .list(let element): "list of " + self.words(element)
        case .object(_, let title): title.map { "object (\($0.split(separator: ".").last ?? ""))" } ?? "object"
        case .oneOf(let shapes):
            shapes.map { shape in
                guard case .object(let properties, _) = shape else { return words(shape) }
                return properties.map { "`\($0.name)`: \(words($0.schema))" }.joined(separator: " and ")
            }.joined(separator: ", or ")
        }
    }
}
