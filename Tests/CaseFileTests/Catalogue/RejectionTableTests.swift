import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("The table of commands and rejections") struct RejectionTableTests {
    static let table = Result { try RejectionTable(of: SampleFiles.sources.appending(path: "CaseFile")) }
    private static let page = SampleFiles.sources.appending(path: "gleichtakt/Documentation.docc/Rejections.md")

    @Test func thePageIsCurrent() throws {
        let text = RejectionsPage(try Self.table.get()).text
        if SampleFiles.areRecorded { try Data(text.utf8).write(to: Self.page) }
        let isSame = try String(contentsOf: Self.page, encoding: .utf8) == text
        #expect(isSame, "it is out of date: GLEICHTAKT_RECORD=1 swift test --filter RejectionTableTests")
    }

    @Test func everyCommandIsInIt() throws {
        let table = try Self.table.get()
        func names<Family: CommandFamily>(_ family: Family.Type) -> Set<String> { Set(family.kinds.map(\.name)) }
        for (family, names) in [
            ("CaseCommand", names(CaseCommand.self)), ("HouseholdCommand", names(HouseholdCommand.self)),
            ("AreaCommand", names(AreaCommand.self)), ("OfferCommand", names(OfferCommand.self)),
            ("PartnerCommand", names(PartnerCommand.self)),
            ("EmploymentFieldCommand", names(EmploymentFieldCommand.self)),
        ] {
            #expect(Set(table.members[family] ?? []) == names, "\(family)")
        }
    }

    @Test func everyRuleSaysWhatToDoAndStopsSomething() throws {
        let table = try Self.table.get()
        let used = table.commands.values.reduce(into: Set<String>()) { $0.formUnion($1) }
            .union(table.families.values.joined())
        #expect(Set(table.names.keys).subtracting(used).sorted() == [], "rules that no command comes upon")
        for (rule, detail) in table.details {
            #expect(detail.hasSuffix(".") || detail.hasSuffix("…"), "\(rule): \(detail)")
        }
        #expect(Set(table.details.keys) == Set(table.names.keys))
    }

    /// A rule without a test is a sentence in a document. What raises it stands in this folder, by its name or its rule.
    @Test func everyRuleHasAScenario() throws {
        let table = try Self.table.get()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var scenarios = ""
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            // Only where something is refused, its name counts.
            if text.contains("thenRejected") { scenarios += text }
        }
        let called = Set(scenarios.matches(of: /\.(\w+)/).map { String($0.1) })
        let quoted = Set(scenarios.matches(of: /"([a-z-]+)"/).map { String($0.1) })
        let untested = table.names.filter { rule, names in !quoted.contains(rule) && called.isDisjoint(with: names) }
        #expect(untested.keys.sorted() == [])
    }

    /// The table is read from sources, not made by deciding: so it is compared with what deciders do say.
    static func check(
        _ rejection: Rejection, of command: String, sourceLocation: SourceLocation
    ) {
        guard let table = try? table.get(), table.members.values.contains(where: { $0.contains(command) }) else {
            return
        }
        #expect(
            table.rules(of: command).contains(rejection.rule),
            "\(command) is rejected as \(rejection.rule), and the table does not know", sourceLocation: sourceLocation)
    }
}
