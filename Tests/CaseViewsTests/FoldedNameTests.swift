import Foundation
import Testing

@testable import CaseViews

@Suite("Names are found and sorted as people write them")
struct FoldedNameTests {
    /// Whether the query's lexemes are found in the row's, as PostgreSQL would.
    private func finds(_ query: String, given: String, family: String) -> Bool {
        guard let search = FoldedName.searchQuery(query) else { return false }
        let lexemes = FoldedName.searchVector(given: given, family: family).split(separator: " ").map {
            $0.trimmingPrefix("'").dropLast()
        }
        return search.components(separatedBy: " & ").allSatisfy { word in
            let prefix = word.dropFirst().dropLast(3)
            return lexemes.contains { $0.hasPrefix(prefix) }
        }
    }

    @Test("three spellings of an umlaut find each other", arguments: ["Müller", "Mueller", "Muller", "MÜLLER", "müll"])
    func umlauts(query: String) {
        for family in ["Müller", "Mueller", "Muller", "MU\u{308}LLER"] {
            #expect(finds(query, given: "Anna", family: family), "\(query) in \(family)")
        }
    }

    @Test("words of three letters match anywhere, shorter ones at the beginning of a name")
    func infix() {
        #expect(finds("ller", given: "Anna", family: "Müller"))
        #expect(finds("nna", given: "Anna", family: "Müller"))
        #expect(finds("an", given: "Anna", family: "Müller"))
        #expect(!finds("na", given: "Anna", family: "Müller"))
        #expect(finds("mü an", given: "Anna", family: "Müller"))
        #expect(finds("anna müller", given: "Anna", family: "Müller"))
        #expect(!finds("anna meier", given: "Anna", family: "Müller"))
        #expect(finds("bauer", given: "Anna", family: "Bauer"))
        #expect(finds("auerm", given: "Anna", family: "Bauermann"))
    }

    @Test("names of many languages fold to letters without marks")
    func languages() {
        #expect(finds("oztürk", given: "Işıl", family: "Öztürk"))
        #expect(finds("isil", given: "Işıl", family: "Öztürk"))
        #expect(finds("jorgensen", given: "Søren", family: "Jørgensen"))
        #expect(finds("lukasz", given: "Łukasz", family: "Dvořák"))
        #expect(finds("dvorak", given: "Łukasz", family: "Dvořák"))
        #expect(finds("strasser", given: "José", family: "Straßer"))
        #expect(finds("o'neill", given: "Aoife", family: "O’Neill"))
        #expect(finds("oneill", given: "Aoife", family: "O’Neill"))
        #expect(finds("lüdenscheid", given: "Eva", family: "Müller-Lüdenscheidt"))
        #expect(finds("Ольга", given: "ольга", family: "Иванова"))
    }

    @Test(
        "a query without letters finds nobody, and lexemes need no quoting", arguments: ["", "  ", "%", "'--", "& |"])
    func nothing(query: String) {
        #expect(FoldedName.searchQuery(query) == nil)
    }

    @Test("sorting follows the telephone book, and erased persons come last")
    func sorting() {
        let people = [
            ("Zoë", "Müller"), ("Anna", "Müller-Lüdenscheidt"), ("Bea", "Mufti"), ("Carl", "Mueller"),
            ("Dora", "Zander"),
        ]
        let keys = people.map { FoldedName.sortKey(given: $0.0, family: $0.1) }
        #expect(keys.sorted() == [keys[3], keys[0], keys[1], keys[2], keys[4]])
        #expect(keys.allSatisfy { $0 < FoldedName.sortKey(given: nil, family: nil) })
    }
}
