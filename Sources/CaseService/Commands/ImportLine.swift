import CaseFile
import Foundation

/// One line of an import: a command with its id and the subject it is addressed to.
struct ImportLine: Sendable {
    var definition: CommandDefinition
    var subject: String
    var commandID: UUID?
    var data: JSONValue

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
        let issues = BodyValidator.issues(in: value, for: Self.schema([definition.subject]))
        guard issues.isEmpty else { throw Problem.malformed("The line does not fit an import; see errors.", issues) }
        self.definition = definition
        subject = value[definition.subject.idName]?.text ?? ""
        commandID = value["id"]?.text.flatMap { UUID(uuidString: $0) }
        data = value["data"] ?? [:]
    }

    /// Whether the command looks at, or writes, more than its own stream. Lines before it have to be done by then, and
    /// lines after it have to wait.
    var reachesBeyondItsStream: Bool {
        definition.subject != .caseFile
            || ["register-participant", "join-household", "relate-measures", "offer-placement", "accept-placement"]
                .contains(definition.name)
    }

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
            title: "ImportLine", description: "One command, addressed to exactly one subject.",
            fields: [.required("command", .line, "The command's name.", example: "start-measure")] + ids + [
                .optional(
                    "id", .identifier, "The command's id: importing the same line again does nothing.",
                    example: "0198c0de-0000-7000-8000-0000000000f1", usual: true),
                .required(
                    "data", .anyObject, "The command's body, as its own route takes it.",
                    example: ["measureId": Example.measure]),
            ])
    }
}
