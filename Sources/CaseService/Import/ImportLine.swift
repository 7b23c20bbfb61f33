import CaseFile
import Foundation
import Ledger

/// One line of an import: a command with its id and the subject it is addressed to.
struct ImportLine: Sendable {
    var definition: CommandDefinition
    var subject: String
    /// The command's id as the line states it.
    var statedID: UUID?
    var data: JSONValue
    /// What the line is about, for lines that are about the same to keep their order.
    var claims: ImportSchedule.Claims

    /// Reads a line.
    ///
    /// - Throws: ``Problem`` that names everything that is wrong with it.
    init(_ bytes: [UInt8], in catalogue: CommandCatalogue) throws {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(bytes)
        } catch {
            throw Problem.malformed("The line is not JSON: \(error.reason), column \(error.column).")
        }
        guard let definition = value["command"]?.text.flatMap({ catalogue[$0] }) else {
            throw Problem.malformed(
                "The line does not name a command that exists.",
                [Problem.Issue(place: .pointer("/command"), detail: "has to be a command's name")])
        }
        // `data` is checked against the command's own schema when the command is run.
        let issues = BodyValidator.issues(in: value, for: Self.schemas[definition.subject] ?? Self.schema([]))
        guard issues.isEmpty else { throw Problem.malformed("The line does not fit an import; see errors.", issues) }
        self.definition = definition
        subject = value[definition.subject.idName]?.text?.lowercased() ?? ""
        statedID = value["id"]?.text.flatMap { UUID(uuidString: $0) }
        data = value["data"] ?? [:]
        claims = Self.claims(of: data, addressedTo: subject, id: statedID)
    }

    /// The command's id: as stated, or else derived from who asks what of whom, so that the same line again is the same
    /// command again.
    func commandID(for actor: CaseFile.Actor) -> UUID {
        if let statedID { return statedID }
        let text = [actor.subject, definition.name, subject, String(decoding: data.sorted, as: UTF8.self)]
        return UUID(derivedFrom: Self.namespace, text.joined(separator: "\n"))
    }

    private static let namespace = UUID(
        uuid: (0x3f, 0x5e, 0x0a, 0x71, 0x6d, 0x24, 0x5c, 0x19, 0x9b, 0x02, 0x51, 0x7a, 0xc4, 0x0d, 0x88, 0xe3))

    private static let schemas = Dictionary(uniqueKeysWithValues: CommandSubject.allCases.map { ($0, schema([$0])) })

    /// The members of a line that addresses one of these kinds of subjects.
    static func schema(_ subjects: [CommandSubject]) -> BodySchema {
        let ids = subjects.map { subject in
            BodyField(
                name: subject.idName, shape: subject.idShape,
                description: "What the command is addressed to, where that is a \(subject.rawValue).",
                example: subject.exampleID, isRequired: subjects.count == 1, isUsual: subject == .caseFile,
                isPersonal: false)
        }
        return BodySchema(
            title: subjects.count == 1 ? subjects[0].rawValue : "ImportLine",
            description: "One command, addressed to exactly one subject.",
            fields: [.required("command", .line, "The command's name.", example: Self.example(subjects).command)] + ids
                + [
                    .optional(
                        "id", .identifier,
                        "The command's id: importing the same line again does nothing. Derived from the line unless stated.",
                        example: "0198c0de-0000-7000-8000-0000000000f1", usual: true),
                    .required(
                        "data", .anyObject, "The command's body, as its own route takes it.",
                        example: Self.example(subjects).data),
                ])
    }

    private static func example(_ subjects: [CommandSubject]) -> (command: JSONValue, data: JSONValue) {
        guard subjects.count == 1, subjects[0] != .caseFile,
            let definition = CommandCatalogue().definitions.first(where: { $0.subject == subjects[0] })
        else { return ("start-measure", ["measureId": Example.measure]) }
        return (.string(definition.name), definition.text.body.example)
    }

    // MARK: Claims

    /// Members that name something which the command may make or change, beside the stream it is addressed to.
    private static let changing: Set<String> = ["householdId", "measureId", "otherCaseId", "into"]
    /// Members that name areas; identifiers are recognised wherever they are.
    private static let areas: Set<String> = ["areaId", "areaIds"]

    private static func claims(
        of data: JSONValue, addressedTo subject: String, id: UUID?
    ) -> ImportSchedule.Claims {
        var claims = ImportSchedule.Claims(alone: [subject])
        if let id { claims.alone.insert("command \(id)") }
        collect(data, under: "", into: &claims)
        return claims
    }

    private static func collect(_ value: JSONValue, under name: String, into claims: inout ImportSchedule.Claims) {
        switch value {
        case .object(let members):
            for member in members { collect(member.value, under: member.name, into: &claims) }
        case .array(let elements):
            for element in elements { collect(element, under: name, into: &claims) }
        case .string(let text):
            if changing.contains(name) {
                claims.alone.insert(text.lowercased())
            } else if areas.contains(name) || TextFormats.isIdentifier(text) {
                claims.shared.insert(text.lowercased())
            }
        case .null, .boolean, .number: break
        }
    }
}

extension JSONValue {
    /// The value's bytes with the members of every object in the order of their names.
    fileprivate var sorted: [UInt8] {
        func sorted(_ value: JSONValue) -> JSONValue {
            switch value {
            case .object(let members):
                .object(
                    members.map { Member(name: $0.name, value: sorted($0.value)) }.sorted { $0.name < $1.name })
            case .array(let elements): .array(elements.map(sorted))
            case .null, .boolean, .number, .string: value
            }
        }
        return JSONWriter.bytes(of: sorted(self))
    }
}
