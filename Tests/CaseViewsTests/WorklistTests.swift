import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("The worklists")
struct WorklistTests {
    private static let people: [(given: String, family: String, area: String, registered: CalendarDate)] = [
        ("Anna", "Müller", "gallus", "2026-01-05"), ("Bert", "Mueller", "gallus", "2026-01-04"),
        ("Cem", "Öztürk", "nordend", "2026-01-03"), ("Dora", "Bauer", "gallus", "2026-01-02"),
        ("Eva", "Zander", "nordend", "2026-01-01"), ("Finn", "Abel", "riederwald", "2026-01-06"),
    ]

    private func makeDesk() async throws -> (LedgerDesk, [CaseStory]) {
        let desk = try await LedgerDesk.make()
        var stories: [CaseStory] = []
        for (index, person) in Self.people.enumerated() {
            try await desk.publish(person.area)
            var story = CaseStory.registered(
                given: person.given, family: person.family, area: person.area,
                engaged: index == 4 ? [.youthOffice] : [.jobCentre, .youthOffice], on: person.registered)
            if index < 2 {
                _ = story.givenPlan(
                    .cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-02-01",
                    to: index == 0 ? "2026-06-30" : "2026-05-31")
            }
            if index == 3 { story.given(.caseClosed(CaseClosed()), on: "2026-03-01") }
            if index == 0 {
                let finding = Finding(
                    key: "gap", kind: .gap, owner: .singleCase(story.id), cases: [story.id], measures: [],
                    offices: [.jobCentre], from: "2026-02-01", to: nil, days: nil, explanation: "nothing runs")
                story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil)
            }
            stories.append(story)
            try await desk.append(story)
        }
        try await desk.project()
        return (desk, stories)
    }

    private func query(
        _ desk: LedgerDesk, _ office: Office = .jobCentre, areas: Set<String>? = nil,
        _ change: (inout WorklistQuery) -> Void = { _ in }
    ) -> WorklistQuery {
        var query = WorklistQuery(office: office, actor: desk.caseworker(office, areas: areas), day: LedgerDesk.today)
        change(&query)
        return query
    }

    private func names(_ desk: LedgerDesk, _ query: WorklistQuery) async throws -> [String] {
        try await desk.queries.worklist(query).value.items.compactMap(\.givenName)
    }

    @Test("every filter and every order, alone and together")
    func filters() async throws {
        let (desk, stories) = try await makeDesk()
        #expect(try await names(desk, query(desk)) == ["Finn", "Dora", "Anna", "Bert", "Cem"])
        #expect(try await names(desk, query(desk, .youthOffice)).count == 6)
        #expect(try await names(desk, query(desk) { $0.area = "nordend" }) == ["Cem"])
        #expect(try await names(desk, query(desk, areas: ["nordend", "riederwald"])) == ["Finn", "Cem"])
        #expect(try await names(desk, query(desk, areas: ["nordend"]) { $0.area = "gallus" }) == [])
        #expect(try await names(desk, query(desk, areas: [])) == [])
        #expect(try await names(desk, query(desk) { $0.status = .closed }) == ["Dora"])
        #expect(try await names(desk, query(desk) { $0.status = .open }).count == 4)
        #expect(try await names(desk, query(desk) { $0.caseworker = "job-centre-1" }).count == 5)
        #expect(try await names(desk, query(desk) { $0.caseworker = "nobody" }) == [])
        #expect(try await names(desk, query(desk) { $0.dueBefore = "2026-06-01" }) == ["Bert"])
        #expect(try await names(desk, query(desk) { $0.finding = .gap }) == ["Anna"])
        #expect(try await names(desk, query(desk, .youthOffice) { $0.finding = .gap }) == [])
        #expect(try await names(desk, query(desk) { $0.finding = .sequence }) == [])
        #expect(try await names(desk, query(desk) { $0.name = "MULLER" }) == ["Anna", "Bert"])
        #expect(try await names(desk, query(desk) { $0.name = "oztu" }) == ["Cem"])
        #expect(try await names(desk, query(desk) { $0.name = "mü b" }) == ["Bert"])
        #expect(try await names(desk, query(desk) { $0.name = "%" }) == [])
        #expect(
            try await names(
                desk,
                query(desk, areas: ["gallus"]) {
                    $0.name = "müll"
                    $0.finding = .gap
                    $0.status = .open
                    $0.dueBefore = "2027-01-01"
                }) == ["Anna"])
        #expect(
            try await names(desk, query(desk) { $0.sort = .nameDescending }) == ["Cem", "Bert", "Anna", "Dora", "Finn"])
        #expect(try await names(desk, query(desk) { $0.sort = .due }).prefix(2) == ["Bert", "Anna"])
        #expect(try await names(desk, query(desk) { $0.sort = .dueDescending }).suffix(2) == ["Anna", "Bert"])
        #expect(
            try await names(desk, query(desk) { $0.sort = .registered })
                == ["Dora", "Cem", "Bert", "Anna", "Finn"].sorted {
                    let day = { (name: String) in Self.people.first { $0.given == name }!.registered }
                    return day($0) < day($1)
                })
        #expect(try await names(desk, query(desk) { $0.sort = .registeredDescending }).first == "Finn")
        #expect(try await names(desk, query(desk) { $0.sort = .caseworker }).count == 5)
        let anna = try #require(try await desk.queries.worklist(query(desk) { $0.name = "anna" }).value.items.first)
        #expect(anna.caseId == stories[0].id && anna.dueOn == "2026-06-30" && anna.dueReason == .measureEnd)
        #expect(anna.findings == [.gap] && anna.reviewDueOn == "2026-07-15")
        #expect(anna.agenda.map(\.reason) == [.measureEnd, .planReview] && anna.newestFindingOn == "2026-01-01")
        #expect(anna.agenda.last?.rule == "cooperation-plan" && anna.agenda.first?.rule == nil)
        #expect(anna.agenda.last?.why == "6 months after the agreement of 2026-01-15, as the plan says.")
        let json = String(decoding: Page(items: [anna], next: "n").json, as: UTF8.self)
        #expect(json.contains("\"occupationsSought\":[]") && json.contains(stories[0].id.uuidString.lowercased()))
        #expect(json.hasPrefix("{\"items\":[{") && json.hasSuffix("}],\"next\":\"n\"}"))
    }

    @Test("what is overdue, due today and due this week; for what reason; and new findings")
    func agenda() async throws {
        let (desk, stories) = try await makeDesk()
        // Monday, 2026-06-01, is today. Cem comes today, Finn on Sunday, and Zora on the Monday after.
        for (index, day) in [(2, "2026-06-01"), (5, "2026-06-07")] {
            try await desk.append(appointment(on: day), to: stories[index].id.uuidString.lowercased())
        }
        var later = CaseStory.registered(given: "Zora", engaged: [.jobCentre])
        later.given(appointment(on: "2026-06-08"))
        try await desk.append(later)
        try await desk.project()
        #expect(try await names(desk, query(desk) { $0.due = .overdue }) == ["Bert"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.due = .today; $0.sort = .due
                }) == ["Bert", "Cem"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.due = .week; $0.sort = .due
                }) == ["Bert", "Cem", "Finn"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.due = .week; $0.dueBefore = "2026-06-02"
                }) == ["Bert", "Cem"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.reason = .appointment; $0.sort = .due
                }) == ["Cem", "Finn", "Zora"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.reason = .appointment; $0.due = .week
                }) == ["Finn", "Cem"])
        #expect(try await names(desk, query(desk) { $0.reason = .planReview }) == ["Anna", "Bert"])
        // Bert's measure is overdue, his review is not.
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.reason = .planReview; $0.due = .week
                }) == [])
        #expect(try await names(desk, query(desk) { $0.reason = .voucherExpiry }) == [])
        #expect(try await names(desk, query(desk) { $0.findingSince = "2026-01-01" }) == ["Anna"])
        #expect(try await names(desk, query(desk) { $0.findingSince = "2026-01-02" }) == [])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.findingSince = "2026-01-01"; $0.finding = .clash
                }) == [])
        let finding = Finding(
            key: "clash", kind: .clash, owner: .singleCase(stories[0].id), cases: [stories[0].id], measures: [],
            offices: [.jobCentre], from: "2026-06-01", to: nil, days: nil, explanation: "too much")
        try await desk.append(
            CaseEvent.findingOpened(FindingOpened(finding: finding, occurrence: 1)),
            to: stories[0].id.uuidString.lowercased(), by: nil, on: "2026-05-31")
        try await desk.project()
        let found = try await desk.queries.worklist(query(desk) { $0.findingSince = "2026-05-31" }).value.items
        #expect(found.map(\.givenName) == ["Anna"] && found.first?.newestFindingOn == "2026-05-31")
        #expect(found.first?.findings == [.clash, .gap])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.findingSince = "2026-05-31"; $0.finding = .gap
                }) == [],
            "one finding has to be both")
        let findings = FindingQuery(
            office: .jobCentre, actor: desk.caseworker(.jobCentre), day: LedgerDesk.today, openedSince: "2026-05-31")
        #expect(try await desk.queries.findings(findings).value.items.map(\.kind) == [.clash])
        let before = try await desk.dump()
        _ = try await desk.rebuild().run()
        #expect(try await desk.dump() == before)
    }

    private func appointment(on day: String) -> CaseEvent {
        .appointmentScheduled(
            AppointmentScheduled(
                appointmentId: UUID(), office: .jobCentre, at: WallTime("\(day)T09:00")!, minutes: 30))
    }

    @Test("what waits for us is in the order of what is waited for, and so are its filters and its pages")
    func waiting() async throws {
        let (desk, stories) = try await makeDesk()
        func ask(_ index: Int, until day: CalendarDate) async throws {
            try await desk.append(
                CaseEvent.referralRequested(
                    ReferralRequested(
                        referralId: UUID(), from: .youthOffice, to: .jobCentre, service: "s", legalBasis: "§ 69 SGB X",
                        categories: [.education], answerDue: day)), to: stories[index].id.uuidString.lowercased(),
                by: .youthOffice, on: "2026-05-01")
        }
        // Bert's measure has been overdue for longest, but what is asked of him is due last.
        try await ask(1, until: "2026-07-03")
        try await ask(0, until: "2026-07-02")
        try await ask(2, until: "2026-05-31")
        try await desk.project()
        let all = query(desk) {
            $0.waitsFor = .us; $0.sort = .due
        }
        #expect(try await names(desk, all) == ["Cem", "Anna", "Bert"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.waitsFor = .us; $0.sort = .dueDescending
                })
                == ["Bert", "Anna", "Cem"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.waitsFor = .us; $0.due = .overdue
                }) == ["Cem"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.waitsFor = .us; $0.dueBefore = "2026-07-03"
                }) == ["Anna", "Cem"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.waitsFor = .us; $0.reason = .referralAnswer; $0.sort = .due
                })
                == ["Cem", "Anna", "Bert"])
        #expect(
            try await names(
                desk,
                query(desk) {
                    $0.waitsFor = .us; $0.reason = .commitment
                }) == [])
        #expect(
            try await names(
                desk,
                query(desk, .youthOffice) {
                    $0.waitsFor = .others; $0.reason = .referralAnswer; $0.sort = .due
                })
                == ["Cem", "Anna", "Bert"])
        var page = all
        page.limit = 1
        var seen: [String?] = []
        repeat {
            let answer = try await desk.queries.worklist(page).value
            seen += answer.items.map(\.givenName)
            page.cursor = answer.next
        } while page.cursor != nil
        #expect(seen == ["Cem", "Anna", "Bert"])
    }

    @Test("what is waited for for a reason has to be due in time, and not only something else of that case")
    func waitingForAReason() async throws {
        let (desk, stories) = try await makeDesk()
        let (asked, accepted) = (UUID(), UUID())
        for (id, due) in [(asked, "2026-07-03"), (accepted, "2026-05-20")] as [(UUID, CalendarDate)] {
            try await desk.append(
                CaseEvent.referralRequested(
                    ReferralRequested(
                        referralId: id, from: .youthOffice, to: .jobCentre, service: "s", legalBasis: "§ 69 SGB X",
                        categories: [.education], answerDue: due)), to: stories[0].id.uuidString.lowercased(),
                by: .youthOffice, on: "2026-05-01")
        }
        try await desk.append(
            CaseEvent.referralAccepted(ReferralAccepted(referralId: accepted, completeBy: "2026-05-31")),
            to: stories[0].id.uuidString.lowercased(), by: .jobCentre, on: "2026-05-02")
        try await desk.project()
        for (office, waitsFor) in [(.jobCentre, .us), (.youthOffice, .others)] as [(Office, WorklistQuery.WaitsFor)] {
            func list(_ reason: DueReason, _ due: WorklistQuery.DueWithin?) async throws -> [String] {
                try await names(
                    desk,
                    query(desk, office) {
                        $0.waitsFor = waitsFor; $0.reason = reason; $0.due = due; $0.sort = .due
                    })
            }
            #expect(try await list(.referralAnswer, nil) == ["Anna"])
            #expect(try await list(.referralAnswer, .overdue) == [], "the answer is due in July")
            #expect(try await list(.referralCompletion, .overdue) == ["Anna"])
        }
        let before = try await desk.dump()
        _ = try await desk.rebuild().run()
        #expect(try await desk.dump() == before)
    }

    @Test("whoever keeps a place in the order is shown once, while others move over the reader in both directions")
    func moving() async throws {
        let (desk, _) = try await makeDesk()
        var stories: [CaseStory] = []
        for number in 0..<12 {
            var story = CaseStory.registered(given: "Person \(number)", engaged: [.jobCentre])
            story.given(appointment(on: "\("2026-07-01" as CalendarDate + number)"))
            stories.append(story)
            try await desk.append(story)
        }
        try await desk.project()
        var seen: [UUID] = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try await desk.queries.worklist(
                query(desk) {
                    $0.sort = .due; $0.reason = .appointment; $0.limit = 3; $0.cursor = cursor
                }
            ).value
            seen += page.items.map(\.caseId)
            cursor = page.next
            pages += 1
            guard pages == 2 else { continue }
            // The first one, seen already, becomes due last; the last one, not seen yet, becomes due first.
            let id = try #require(stories[0].state.appointments.first?.appointmentId)
            try await desk.append(
                CaseEvent.appointmentKept(AppointmentKept(appointmentId: id)), to: stories[0].id.uuidString.lowercased()
            )
            try await desk.append(appointment(on: "2026-08-01"), to: stories[0].id.uuidString.lowercased())
            try await desk.append(appointment(on: "2026-06-30"), to: stories[11].id.uuidString.lowercased())
            try await desk.project()
        } while cursor != nil
        let kept = stories[1...10].map(\.id)
        #expect(seen.filter(kept.contains) == kept)
        #expect(seen.count { $0 == stories[0].id } == 2 && !seen.contains(stories[11].id))
    }

    @Test("an actor of another office gets nothing")
    func foreign() async throws {
        let (desk, stories) = try await makeDesk()
        let query = WorklistQuery(office: .jobCentre, actor: desk.caseworker(.youthOffice), day: LedgerDesk.today)
        await #expect(throws: ViewQueryError.foreignOffice) { try await desk.queries.worklist(query) }
        await #expect(throws: ViewQueryError.foreignOffice) {
            try await desk.queries.caseFile(
                stories[0].id, for: .jobCentre, actor: desk.caseworker(.socialOffice), on: LedgerDesk.today)
        }
        let file = try await desk.queries.caseFile(
            stories[0].id, for: .jobCentre, actor: desk.caseworker(.jobCentre, areas: ["nordend"]), on: LedgerDesk.today
        )
        #expect(file.value == nil)
        let timeline = try await desk.queries.timeline(
            stories[0].id, for: .socialOffice, actor: desk.caseworker(.socialOffice), on: LedgerDesk.today)
        #expect(timeline.value == nil)
    }

    @Test(
        "pages follow one another without gap or repetition while cases come and go",
        arguments: WorklistQuery.Sort.allCases)
    func paging(sort: WorklistQuery.Sort) async throws {
        let (desk, _) = try await makeDesk()
        for index in 0..<15 {
            try await desk.append(
                CaseStory.registered(
                    given: "Twin", family: "Müller", engaged: [.jobCentre], on: "2026-01-01" as CalendarDate + index % 4
                ))
        }
        try await desk.project()
        let all = try await desk.queries.worklist(
            query(desk) {
                $0.sort = sort; $0.limit = 200
            }
        ).value
        #expect(all.items.count == 20 && all.next == nil)
        var seen: [UUID] = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try await desk.queries.worklist(
                query(desk) {
                    $0.sort = sort; $0.limit = 3; $0.cursor = cursor
                }
            ).value
            seen += page.items.map(\.caseId)
            cursor = page.next
            pages += 1
            // Somebody new arrives in the middle of the list.
            if pages == 3 {
                try await desk.append(
                    CaseStory.registered(given: "New", family: "Müller", engaged: [.jobCentre], on: "2026-01-03"))
                try await desk.project()
            }
        } while cursor != nil
        #expect(Set(seen).count == seen.count)
        #expect(seen.filter { id in all.items.contains { $0.caseId == id } } == all.items.map(\.caseId))
    }

    @Test("a cursor of another list, or a forged one, is an error")
    func cursors() async throws {
        let (desk, _) = try await makeDesk()
        let next = try #require(try await desk.queries.worklist(query(desk) { $0.limit = 2 }).value.next)
        for changed in [
            query(desk) {
                $0.cursor = next; $0.sort = .due
            },
            query(desk) {
                $0.cursor = next; $0.area = "gallus"
            },
            query(desk, .youthOffice) { $0.cursor = next }, query(desk, areas: ["gallus"]) { $0.cursor = next },
            query(desk) { $0.cursor = "forged" }, query(desk) { $0.cursor = "" },
            query(desk) {
                $0.cursor = next; $0.limit = 2; $0.actor.subject = "somebody-else"
            },
        ] {
            await #expect(throws: ViewQueryError.invalidCursor) { try await desk.queries.worklist(changed) }
        }
        await #expect(throws: ViewQueryError.invalidCursor) {
            try await desk.queries.findings(
                FindingQuery(
                    office: .jobCentre, actor: desk.caseworker(.jobCentre), day: LedgerDesk.today, cursor: next))
        }
    }

    @Test("findings are looked for by the cases they are about, a household's too, and only by those in the worklist")
    func findingsAboutCases() async throws {
        let (desk, stories) = try await makeDesk()
        let house = UUID()
        for index in [1, 2] {
            try await desk.append(
                CaseEvent.householdJoined(HouseholdJoined(householdId: house, role: .adult)),
                to: stories[index].id.uuidString.lowercased(), by: .youthOffice)
            try await desk.append(
                HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: stories[index].id)),
                to: house.uuidString.lowercased())
        }
        func clash(_ owner: TimingScope, _ cases: [Int]) -> FindingOpened {
            FindingOpened(
                finding: Finding(
                    key: "clash:\(cases)", kind: .clash, owner: owner, cases: cases.map { stories[$0].id },
                    measures: [],
                    offices: [.jobCentre], from: "2026-03-01", to: nil, days: nil, explanation: "too much"),
                occurrence: 1)
        }
        try await desk.append(
            HouseholdEvent.findingOpened(clash(.household(house), [1, 2])), to: house.uuidString.lowercased(), by: nil,
            on: "2026-04-01")
        try await desk.append(
            CaseEvent.findingOpened(clash(.singleCase(stories[3].id), [3])),
            to: stories[3].id.uuidString.lowercased(), by: nil, on: "2026-04-01")
        try await desk.project()
        func found(
            areas: Set<String>? = nil, _ change: (inout FindingQuery) -> Void
        ) async throws -> [[UUID]] {
            var query = FindingQuery(
                office: .jobCentre, actor: desk.caseworker(.jobCentre, areas: areas), day: LedgerDesk.today)
            change(&query)
            var pages: [[UUID]] = []
            query.limit = 1
            repeat {
                let page = try await desk.queries.findings(query).value
                pages += page.items.map(\.cases)
                query.cursor = page.next
            } while query.cursor != nil
            return pages
        }
        let (anna, both, dora) = ([stories[0].id], [stories[1].id, stories[2].id], [stories[3].id])
        #expect(Set(try await found { _ in }) == [anna, both, dora])
        #expect(try await found { $0.name = "anna" } == [anna])
        #expect(try await found { $0.name = "eva" } == [], "the office does not see her")
        #expect(Set(try await found { $0.name = "muller" }) == [anna, both])
        #expect(try await found { $0.name = "cem" } == [both])
        #expect(
            try await found {
                $0.name = "muller"; $0.kind = .gap
            } == [anna])
        #expect(try await found { $0.name = "-" } == [])
        #expect(try await found { $0.status = .closed } == [dora])
        #expect(Set(try await found { $0.status = .open }) == [anna, both])
        #expect(Set(try await found { $0.caseworker = "job-centre-1" }) == [anna, both, dora])
        #expect(try await found { $0.caseworker = "job-centre-2" } == [])
        #expect(try await found(areas: ["nordend"]) { $0.name = "bert" } == [])
        var query = FindingQuery(
            office: .jobCentre, actor: desk.caseworker(.jobCentre), day: LedgerDesk.today, status: .open, limit: 1)
        query.cursor = try await desk.queries.findings(query).value.next
        query.status = .closed
        await #expect(throws: ViewQueryError.invalidCursor) { try await desk.queries.findings(query) }
    }

    @Test("findings are filtered and paged, too")
    func findings() async throws {
        let (desk, stories) = try await makeDesk()
        for index in 0..<7 {
            let finding = Finding(
                key: "relation:\(index)", kind: .relation, owner: .singleCase(stories[1].id), cases: [stories[1].id],
                measures: [], offices: [.jobCentre], from: "2026-03-01", to: "2026-03-10", days: 10,
                explanation: "apart")
            let id = stories[1].id.uuidString.lowercased()
            try await desk.append(
                CaseEvent.findingOpened(FindingOpened(finding: finding, occurrence: 1)), to: id, by: nil,
                on: "2026-04-01" as CalendarDate + index / 2)
            if index > 4 {
                try await desk.append(CaseEvent.findingClosed(FindingClosed(key: finding.key)), to: id, by: nil)
            }
        }
        try await desk.project()
        var query = FindingQuery(office: .jobCentre, actor: desk.caseworker(.jobCentre), day: LedgerDesk.today)
        let all = try await desk.queries.findings(query).value.items
        #expect(all.count == 8)
        #expect(all.map(\.openedOn) == all.map(\.openedOn).sorted(by: >))
        var seen: [UUID] = []
        query.limit = 3
        repeat {
            let page = try await desk.queries.findings(query).value
            seen += page.items.map(\.id)
            query.cursor = page.next
        } while query.cursor != nil
        #expect(seen == all.map(\.id))
        query.limit = 50
        query.kind = .relation
        query.state = .closed
        #expect(try await desk.queries.findings(query).value.items.count == 2)
        query.state = .open
        query.area = "nordend"
        #expect(try await desk.queries.findings(query).value.items.isEmpty)
        query.area = nil
        query.dueBefore = "2026-03-01"
        #expect(try await desk.queries.findings(query).value.items.isEmpty)
        query.dueBefore = "2026-03-02"
        #expect(try await desk.queries.findings(query).value.items.count == 5)
    }
}
