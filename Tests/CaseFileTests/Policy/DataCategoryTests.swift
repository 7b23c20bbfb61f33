import Foundation
import Ledger
import LedgerSuite
import Testing

@testable import CaseFile

@Suite("What the members of events belong to") struct DataCategoryTests {
    private static func members(_ schema: JSONSchema?) -> [String] {
        guard case .object(let properties, _) = schema else { return [] }
        return properties.map(\.name)
    }

    @Test func noMemberIsWithoutACategory() throws {
        for entry in try EventCatalogue.entries() {
            let name = entry.shape.name
            guard let body = entry.shape.body as? any Categorised.Type else {
                Issue.record("\(name): declare beside the event what its members belong to (Categorised)")
                continue
            }
            let members = Self.members(entry.data) + Self.members(entry.personal)
            let declared = body.memberCategories.values.flatMap(\.self)
            #expect(Set(declared) == Set(members), "\(name)")
            #expect(declared.count == Set(declared).count, "\(name): a member belongs to one category")
        }
    }

    @Test func whatIsPersonalIsNobodysReference() throws {
        for entry in try EventCatalogue.entries() {
            guard let body = entry.shape.body as? any Categorised.Type else { continue }
            for member in Self.members(entry.personal) {
                let category: DataCategory? = body.category(of: member)
                let isFitting = category.map { ![.reference, .network, .timing].contains($0) } ?? false
                #expect(isFitting, "\(entry.shape.name).\(member)")
            }
        }
    }

    @Test func theDocumentSaysIt() throws {
        let document = try EventCatalogueDocument().text()
        let tree: AnyJSON = try LedgerJSON.decode(from: Array(document.utf8))
        func find(_ path: [String], in tree: AnyJSON) -> AnyJSON? {
            path.reduce(Optional(tree)) { tree, name in
                guard case .object(let members) = tree else { return nil }
                return members[name]
            }
        }
        let added = ["$defs", "case.MeasureAdded.1", "properties", "data", "properties"]
        #expect(find(added + ["title", "x-category"], in: tree) == .text("by-plan"))
        #expect(find(added + ["window", "x-category"], in: tree) == .text("timing"))
        let registered = ["$defs", "case.ParticipantRegistered.1", "properties", "personal", "properties"]
        #expect(find(registered + ["familyName", "x-category"], in: tree) == .text("identity"))
    }

    @Test func consentOpensWhatTheCategorySays() {
        for category in ConsentCategory.allCases where category != .entrusted {
            #expect(DataCategory.allCases.contains { $0.openedBy.contains(category) }, "\(category)")
        }
        #expect(!DataCategory.allCases.contains { $0.openedBy.contains(.entrusted) })
    }
}
