import CaseCommands
import CaseFile
import Foundation
import Testing

@testable import CaseService

@Suite struct CommandCatalogueTests {
    private static let catalogue = CommandCatalogue()
    private static let id = "0198c0de-0000-7000-8000-000000000001"

    @Test func everyCommandOfClientsIsDescribedAndNothingElse() {
        func names<Family: CommandFamily>(_ family: Family.Type) -> Set<String> {
            Set(Family.kinds.filter { $0.origin == .client }.map(\.name))
        }
        func described(_ subject: CommandSubject) -> Set<String> {
            Set(Self.catalogue.definitions.filter { $0.subject == subject }.map(\.name))
        }
        #expect(described(.caseFile) == names(CaseCommand.self))
        #expect(described(.area) == names(AreaCommand.self))
        #expect(described(.offer) == names(OfferCommand.self))
        #expect(described(.partner) == names(PartnerCommand.self))
        #expect(described(.employmentField) == names(EmploymentFieldCommand.self))
        let texts =
            ParticipantCommands.all + AppointmentCommands.all + ReferralCommands.all
            + ConferenceCommands.all + AlignmentCommands.all + PlanCommands.all
            + PlacementCommands.all + GrantCommands.all + DeadlineCommands.all + DataProtectionCommands.all
            + EntrustedCommands.all
            + CatalogueCommands.areas
            + CatalogueCommands.offers + CatalogueCommands.partners + EmploymentFieldCommands.all
        #expect(texts.count == Self.catalogue.definitions.count)
    }

    @Test func everyMemberOfABodySaysWhatItBelongsTo() {
        for definition in Self.catalogue.definitions {
            for field in definition.text.body.fields {
                #expect(field.category != nil, "\(definition.name): \(field.name)")
                guard field.isPersonal, let category = field.category else { continue }
                #expect(![.reference, .network, .timing].contains(category), "\(definition.name): \(field.name)")
            }
        }
        let told = Self.catalogue["entrust-note"]?.text.body.fields.first { $0.name == "text" }
        #expect(told?.schema["x-category"] == .string("entrusted"))
    }

    @Test func whatIsSealedIsDescribedAsPersonalAndNothingElse() throws {
        for definition in Self.catalogue.definitions {
            let sealed = try CommandRecords.sealedMembers(of: definition.name)
            for field in definition.text.body.fields {
                #expect(field.isPersonal == sealed.contains(field.name), "\(definition.name): \(field.name)")
            }
        }
    }

    /// Every text that anything can be written into and that is not sealed says so, and is in the list of the documentation:
    /// a new one is a decision.
    @Test func textsThatAreNotSealedSaySoAndAreListed() throws {
        let project = (1...3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let page = project.appendingPathComponent("Sources/gleichtakt/Documentation.docc/Erasure.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .drop { $0 != "## Texts that are not sealed" }.filter { $0.hasPrefix("| `") }
        let listed = lines.flatMap { line in
            let words = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
            return words.dropFirst().map { "\(words[0]) \($0)" }
        }
        var open: [String] = []
        for definition in Self.catalogue.definitions {
            for field in definition.text.body.fields where field.isOpenText {
                open.append("\(definition.name) \(field.name)")
                #expect(
                    field.schema["description"] == .string("\(field.description) \(BodyField.notSealed)"),
                    "\(definition.name)")
                #expect(field.schema["x-personal"] == .boolean(false))
            }
        }
        #expect(Set(open).subtracting(listed) == [])
        #expect(Set(listed).subtracting(open) == [])
    }

    @Test func noCommandOfTheSystemIsOffered() {
        #expect(Self.catalogue["open-finding"] == nil)
        #expect(Self.catalogue["take-place"] == nil)
        #expect(Self.catalogue["admit-member"] == nil)
        #expect(Self.catalogue["dismiss-member"] == nil)
        #expect(Self.catalogue["end-relations"] == nil)
        #expect(Self.catalogue["record-identity"] == nil)
        #expect(Self.catalogue["absorb-case"] == nil)
        #expect(Self.catalogue["release-case"] == nil)
        #expect(Self.catalogue["erase-participant"] == nil)
        #expect(Self.catalogue["record-erasure"] == nil)
    }

    @Test(arguments: catalogue.definitions.map(\.name))
    func theFullExampleMakesTheCommandWithEveryField(_ name: String) throws {
        let definition = try #require(Self.catalogue[name])
        let example = definition.text.body.fullExample
        #expect(BodyValidator.issues(in: example, for: definition.text.body).isEmpty)
        let id = definition.subject == .area ? "frankfurt-gallus" : Self.id
        let command = try definition.decode(id, JSONWriter.bytes(of: example))
        // What the command writes again has the same members, all the way down: nothing is described that is not read,
        // and nothing is read that is not described.
        var described = Self.keys(of: example)
        described.remove("/effectiveOn")
        #expect(Self.keys(of: try Self.encoded(command)) == described)
        // A member that is not described is not in the example either, and stays empty.
        for member in Mirror(reflecting: Self.body(of: command)).children {
            let isEmpty = (member.value as Any?).map { Mirror(reflecting: $0) }.map {
                $0.displayStyle == .optional && $0.children.isEmpty
            }
            #expect(isEmpty == false, "\(name): \(member.label ?? "") is read and not described")
        }
    }

    @Test(arguments: catalogue.definitions.map(\.name))
    func theShortExampleMakesTheCommandToo(_ name: String) throws {
        let definition = try #require(Self.catalogue[name])
        let example = definition.text.body.example
        #expect(BodyValidator.issues(in: example, for: definition.text.body).isEmpty)
        _ = try definition.decode(
            definition.subject == .area ? "frankfurt-gallus" : Self.id, JSONWriter.bytes(of: example))
    }

    @Test(arguments: catalogue.definitions.map(\.name))
    func withoutAnyOneRequiredFieldThereIsNoCommand(_ name: String) throws {
        let definition = try #require(Self.catalogue[name])
        guard case .object(let members) = definition.text.body.fullExample else { return }
        for field in definition.text.body.fields {
            let rest = JSONValue.object(members.filter { $0.name != field.name })
            let isAccepted = BodyValidator.issues(in: rest, for: definition.text.body).isEmpty
            #expect(isAccepted == !field.isRequired)
            let isDecoded = (try? definition.decode("frankfurt-gallus", JSONWriter.bytes(of: rest))) != nil
            if definition.subject == .area { #expect(isDecoded == !field.isRequired, "\(field.name)") }
        }
    }

    private static func body(of command: TargetedCommand) -> any CommandBody {
        switch command {
        case .caseFile(_, let command): command.body
        case .household(_, let command): command.body
        case .area(_, let command): command.body
        case .offer(_, let command): command.body
        case .partner(_, let command): command.body
        case .employmentField(_, let command): command.body
        }
    }

    private static func encoded(_ command: TargetedCommand) throws -> JSONValue {
        try JSONParser.parse(Array(JSONEncoder().encode(body(of: command))))
    }

    private static func keys(of value: JSONValue, at path: String = "") -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { keys, member in
                keys.insert("\(path)/\(member.name)")
                keys.formUnion(Self.keys(of: member.value, at: "\(path)/\(member.name)"))
            }
        case .array(let elements):
            elements.reduce(into: []) { $0.formUnion(keys(of: $1, at: "\(path)/*")) }
        default: []
        }
    }
}
