import CaseCommands
import CaseFile
import Foundation
import Ledger

/// What a command is addressed to.
enum CommandSubject: String, CaseIterable, Sendable {
    case caseFile = "case"
    case area, offer, partner
    case employmentField = "employment field"

    /// The first part of the route.
    var collection: String { rawValue.replacing(" ", with: "-") + "s" }
    /// The parameter of the route, and the member of answers and import lines.
    var idName: String { self == .employmentField ? "employmentFieldId" : rawValue + "Id" }
    /// What the id looks like.
    var idShape: ValueShape { self == .area ? .slug : .identifier }

    /// An id that the examples share.
    var exampleID: JSONValue {
        switch self {
        case .caseFile: "0198c0de-0000-7000-8000-000000000001"
        case .area: Example.area
        case .offer: Example.offer
        case .partner: Example.partner
        case .employmentField: Example.employmentField
        }
    }

    /// What the policy calls a command that is addressed to it. Which of them an actor may ask for is said command by
    /// command.
    var action: AccessAction {
        switch self {
        case .caseFile: .commandCase
        case .area: .commandArea
        case .offer, .partner, .employmentField: .commandCatalogue
        }
    }

    /// Whether the text can be such an id.
    func isValid(_ id: String) -> Bool { self == .area ? TextFormats.isSlug(id) : TextFormats.isIdentifier(id) }
}

/// One command of the API: what is said of it, and how it is made of a body.
struct CommandDefinition: Sendable {
    var subject: CommandSubject
    var text: CommandText
    /// The command for the subject of that id, from a body that fits the schema.
    var decode: @Sendable (_ id: String, _ body: [UInt8]) throws -> TargetedCommand

    var name: String { text.name }
    /// The route.
    var path: String { "/v1/\(subject.collection)/{\(subject.idName)}/\(name)" }
}

/// All commands that clients may ask for.
struct CommandCatalogue: Sendable {
    let definitions: [CommandDefinition]
    private let byName: [String: CommandDefinition]

    /// The catalogue of everything that the case file knows and that is described here. A test sees to it that nothing
    /// is missing on either side.
    init() {
        definitions =
            Self.definitions(
                .caseFile,
                ParticipantCommands.all + AppointmentCommands.all + ReferralCommands.all + ConferenceCommands.all
                    + AlignmentCommands.all + PlanCommands.all + PlacementCommands.all + GrantCommands.all
                    + DeadlineCommands.all
                    + DataProtectionCommands.all + EntrustedCommands.all
            ) {
                try TargetedCommand.caseFile(Self.uuid($0), $1)
            }
            + Self.definitions(.area, CatalogueCommands.areas) { TargetedCommand.area($0, $1) }
            + Self.definitions(.offer, CatalogueCommands.offers) { try TargetedCommand.offer(Self.uuid($0), $1) }
            + Self.definitions(.partner, CatalogueCommands.partners) { try TargetedCommand.partner(Self.uuid($0), $1) }
            + Self.definitions(.employmentField, EmploymentFieldCommands.all) {
                try TargetedCommand.employmentField(Self.uuid($0), $1)
            }
        byName = Dictionary(definitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The command of that name.
    subscript(_ name: String) -> CommandDefinition? { byName[name] }

    private static func definitions<Family: CommandFamily>(
        _ subject: CommandSubject, _ texts: [CommandText],
        _ target: @escaping @Sendable (String, Family) throws -> TargetedCommand
    ) -> [CommandDefinition] {
        texts.compactMap { text in
            guard let kind = Family.kind(named: text.name), kind.origin == .client else { return nil }
            var text = text
            for index in text.body.fields.indices {
                text.body.fields[index].category = CommandRecords.category(
                    of: text.body.fields[index].name, in: text.name)
            }
            return CommandDefinition(subject: subject, text: text) { id, body in
                try target(id, kind.decode(body))
            }
        }
    }

    private static func uuid(_ id: String) throws -> UUID {
        guard let id = UUID(text: id) else { throw Problem.notFound }
        return id
    }
}
