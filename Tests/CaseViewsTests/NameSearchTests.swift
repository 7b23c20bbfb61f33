import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("Looking up names")
struct NameSearchTests {
    private static let families = ["Müller", "Mueller-Lüdenscheidt", "Muller", "Özdeue", "Baeuer", "Al-Mithal", "Ng"]
    private static let searches = [
        "mül", "mueller", "MULLER", "uel", "ng", "mu", "al mith", "lüd b", "mira", "de", "eue", "aue", "o'n", "mü ng",
        "zz",
    ]

    @Test("both ways find the same people in the same order, page by page, whatever else is asked for")
    func same() async throws {
        let desk = try await LedgerDesk.make()
        for area in ["gallus", "nordend"] { try await desk.publish(area) }
        for number in 0..<42 {
            var story = CaseStory.registered(
                given: ["Mira", "Yara", "Jörg", "Zoë-Marie"][number % 4], family: Self.families[number % 7],
                bornOn: CalendarDate(daysSince1970: 3_000 + 97 * number), area: ["gallus", "nordend"][number % 2],
                engaged: [.jobCentre], on: CalendarDate(daysSince1970: 20_000 + 13 * (number % 5)))
            if number % 3 == 0 { story.given(.caseClosed(CaseClosed()), on: "2026-03-01") }
            try await desk.append(story)
        }
        try await desk.project()
        var found = 0
        for name in Self.searches {
            for sort in WorklistQuery.Sort.allCases {
                for status in [nil, CaseStatus.open] {
                    var query = WorklistQuery(
                        office: .jobCentre, actor: desk.caseworker(.jobCentre), day: LedgerDesk.today)
                    (query.name, query.sort, query.status, query.limit) = (name, sort, status, 4)
                    let rare = try await pages(desk, query, .rare)
                    #expect(try await pages(desk, query, .common) == rare)
                    found += rare.count
                }
            }
        }
        #expect(found > 500)
    }

    private func pages(_ desk: LedgerDesk, _ query: WorklistQuery, _ names: NameSearch) async throws -> [UUID] {
        var (query, found) = (query, [UUID]())
        repeat {
            let page = try await desk.queries.worklist(query, names: names).value
            found += page.items.map(\.caseId)
            query.cursor = page.next
        } while query.cursor != nil
        return found
    }

    @Test("the planner's statistics tell common names from rare ones")
    func statistics() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.pool.withConnection { connection in
            try await connection.script(
                """
                INSERT INTO views.job_centre_names (case_id, name_search, sort_name)
                SELECT gen_random_uuid(), to_tsvector('simple', w.name), w.name
                FROM generate_series(1, 5000) n,
                    LATERAL (SELECT CASE WHEN n % 10 = 0 THEN 'muster' ELSE 'name' || n END) w (name);
                ANALYZE views.job_centre_names
                """)
        }
        let queries = desk.queries
        let reading = try ViewReading(of: .jobCentre, for: desk.caseworker(.jobCentre))
        #expect(try await queries.nameSearch("'muster':*", .due, reading, of: .jobCentre) == .common)
        #expect(try await queries.nameSearch("'name17':*", .due, reading, of: .jobCentre) == .rare)
        #expect(try await queries.nameSearch("'muster':*", .name, reading, of: .jobCentre) == .rare)
    }

    @Test("few among many are looked up, many are met on the way")
    func choice() {
        #expect(NameSearch(matches: 1_000, of: 100_000) == .rare)
        #expect(NameSearch(matches: 3_000, of: 100_000) == .common)
        #expect(NameSearch(matches: 3_000, of: 10_000_000) == .rare)
        #expect(NameSearch(matches: 0, of: 1) == .rare)
    }

    @Test("what a search finds meets its patterns", arguments: searches)
    func patterns(search: String) throws {
        let words = FoldedName(search).collapsedWords
        for family in Self.families + ["Maeyer", "Aeuea", "Queue"] {
            let lexemes = FoldedName.lexemes(given: "Zoë-Marie", family: family)
            let isFound = words.allSatisfy { word in
                lexemes.contains { $0.hasPrefix(word.count >= 3 ? word : "^" + word) }
            }
            guard isFound else { continue }
            let key = FoldedName.sortKey(given: "Zoë-Marie", family: family)
            for pattern in FoldedName.searchPatterns(search) {
                let expression = pattern.replacing("%", with: ".*")
                #expect(try key.wholeMatch(of: Regex(expression)) != nil, "\(pattern) misses \(key)")
            }
        }
    }
}
