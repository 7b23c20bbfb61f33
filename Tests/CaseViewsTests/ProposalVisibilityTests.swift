import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("Who may know of a proposal")
struct ProposalVisibilityTests {
    /// A parent with the job centre, a youth with the youth office, one household, and a proposal to move both measures.
    private struct Family {
        var parent = CaseStory.registered(given: "Paula", engaged: [.jobCentre])
        var youth: CaseStory
        let house = UUID()
        let proposal = UUID()
        var welding = UUID()
        var training = UUID()

        init(answerDue: CalendarDate = "2026-05-20", youthWith offices: [Office] = [.youthOffice]) {
            youth = CaseStory.registered(given: "Yara", engaged: offices)
            welding =
                parent.givenPlan(
                    .cooperation, of: .jobCentre, goal: "g", title: "t", from: "2026-07-01", to: "2026-08-31",
                    started: false
                ).measure
            training =
                youth.givenPlan(
                    .youthSupport, of: .youthOffice, goal: "g", title: "t", from: "2026-10-01", to: "2026-12-31",
                    started: false
                ).measure
            for story in [\Family.parent, \.youth] {
                self[keyPath: story].given(.householdJoined(HouseholdJoined(householdId: house, role: .adult)))
            }
            let cases = [parent.id: parent.state, youth.id: youth.state]
            let measures = HouseholdMeasures(household: (house, HouseholdState()), cases: cases)
            let proposed = CaseEvent.alignmentProposed(
                AlignmentProposed(
                    proposalId: proposal, caseId: parent.id,
                    shifts: [
                        AlignmentShift(
                            caseId: parent.id, measureId: welding, office: .jobCentre,
                            from: DayRange(first: "2026-07-01", atLeastTo: "2026-08-31"), days: 14),
                        AlignmentShift(
                            caseId: youth.id, measureId: training, office: .youthOffice,
                            from: DayRange(first: "2026-10-01", atLeastTo: "2026-12-31"), days: -30),
                    ], findings: [UUID()], kinds: [.sequence], basis: measures.basis(around: [welding, training]),
                    answerDue: answerDue))
            both(proposed, by: nil, on: "2026-05-05")
        }

        mutating func both(_ event: CaseEvent, by office: Office?, on day: CalendarDate = "2026-05-10") {
            parent.given(event, by: office, on: day)
            youth.given(event, by: office, on: day)
        }

        mutating func accept(_ office: Office) {
            both(
                .alignmentAccepted(
                    AlignmentAccepted(
                        proposalId: proposal, office: office, cases: [parent.id, youth.id],
                        personal: AlignmentAccepted.Personal(reason: "planted-reason"))), by: office)
        }

        mutating func decline(_ office: Office, _ ground: DeclineGround = .capacity) {
            both(
                .alignmentDeclined(
                    AlignmentDeclined(
                        proposalId: proposal, office: office, ground: ground, cases: [parent.id, youth.id],
                        personal: AlignmentDeclined.Personal(reason: "planted-reason"))), by: office)
        }

        var file: HouseholdFile { household(house, parent, youth, roles: [.adult, .youth]) }

        func seen(
            by office: Office, on day: CalendarDate = "2026-06-01"
        ) -> OfficeCaseFile.Proposal? {
            let story = office == .jobCentre ? parent : youth
            return story.file(for: office, in: file, on: day)?.proposals.first
        }

        func append(to desk: LedgerDesk) async throws {
            try await desk.append(parent)
            try await desk.append(youth)
            for id in [parent.id, youth.id] {
                try await desk.append(
                    HouseholdEvent.memberAdmitted(MemberAdmitted(caseId: id, role: .adult)),
                    to: house.uuidString.lowercased())
            }
        }
    }

    @Test("a party sees what it would move itself, and of the others nothing that timing does not open")
    func partial() throws {
        var family = Family()
        family.accept(.youthOffice)
        let seen = try #require(family.seen(by: .jobCentre))
        #expect(seen.isPartial && seen.waitsForUs && seen.waitingFor == [.jobCentre] && seen.state == .open)
        #expect(seen.shifts.map(\.measureId) == [family.welding] && seen.answers.isEmpty && seen.findings.isEmpty)
        #expect(seen.shifts.map(\.to.first) == ["2026-07-15"] && seen.answerDue == "2026-05-20")
        let bytes = family.parent.bytes(for: .jobCentre, in: family.file)
        #expect(!bytes.contains(family.training.uuidString.lowercased()) && !bytes.contains("planted-reason"))
    }

    @Test("a party finds it in the timeline of its case, as far as it concerns its own measures, and others do not")
    func timeline() throws {
        var family = Family()
        func intervals(_ office: Office) -> [TimelineInterval] {
            let story = office == .youthOffice ? family.youth : family.parent
            return StoredTimeline(story.surroundings(family.file), for: office).cut(on: "2026-06-01")
                .filter { $0.kind == .proposal }
        }
        let open = try #require(intervals(.jobCentre).first)
        #expect(open.id == family.proposal && open.state == "open" && intervals(.jobCentre).count == 1)
        #expect(open.from == "2026-05-05" && open.to == "2026-05-20" && open.office == nil && open.title == nil)
        #expect(open.explanation == "The measure of 2026-07-01 to 2026-08-31 would lie 14 days later.")
        #expect(
            intervals(.youthOffice).map(\.explanation)
                == ["The measure of 2026-10-01 to 2026-12-31 would lie 30 days earlier."])
        // Timing opens when measures are; that somebody is asked to move one is between those who are asked.
        family.parent.given(.officeEngaged(OfficeEngaged(office: .socialOffice, legalBasis: "§ 1")), by: .socialOffice)
        #expect(intervals(.socialOffice).isEmpty)
        family.decline(.youthOffice)
        #expect(intervals(.jobCentre).map(\.state) == ["declined"] && intervals(.jobCentre).first?.to == "2026-05-10")
    }

    @Test("consent opens the rest, as long as it holds")
    func byConsent() throws {
        var family = Family()
        family.accept(.youthOffice)
        family.youth.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing], recipients: [.jobCentre], purpose: "p", validUntil: "2026-06-30")),
            by: .youthOffice)
        let seen = try #require(family.seen(by: .jobCentre))
        #expect(
            !seen.isPartial && seen.shifts.map(\.office) == [.jobCentre, .youthOffice] && seen.kinds == [.sequence])
        #expect(seen.answers.map(\.reason) == ["planted-reason"])
        #expect(family.seen(by: .jobCentre, on: "2026-07-01")?.isPartial == true)
        #expect(family.seen(by: .youthOffice)?.shifts.map(\.office) == [.youthOffice])
    }

    @Test("an office that moves nothing and may know nothing does not see it")
    func stranger() {
        var family = Family()
        family.parent.given(.officeEngaged(OfficeEngaged(office: .socialOffice)), by: .socialOffice)
        #expect(family.parent.file(for: .socialOffice, in: family.file)?.proposals == [])
        family.parent.given(
            .consentGranted(ConsentGranted(categories: [.timing], recipients: [.socialOffice], purpose: "p")))
        let seen = family.parent.file(for: .socialOffice, in: family.file)?.proposals.first
        #expect(seen?.isPartial == true && seen?.shifts.map(\.office) == [.jobCentre] && seen?.waitsForUs == false)
    }

    @Test("what waits for an answer is due in the cases whose measures would move")
    func due() {
        let family = Family()
        let due = family.parent.file(for: .jobCentre, in: family.file)?.due ?? []
        #expect(
            due.contains {
                $0.on == "2026-05-20" && $0.reason == .alignmentAnswer && $0.subject == family.proposal
            })
        var answered = family
        answered.accept(.jobCentre)
        let after = answered.parent.file(for: .jobCentre, in: answered.file)?.due ?? []
        #expect(!after.contains { $0.reason == .alignmentAnswer })
    }

    @Test("lists are filtered, paged, cut by the day and without anybody's words; a rebuild makes the same rows")
    func lists() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        var families = (0..<5).map { _ in Family() }
        for index in families.indices where index % 2 == 0 { families[index].decline(.youthOffice) }
        families[1].youth.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing], recipients: [.jobCentre], purpose: "p", validUntil: "2026-06-30")),
            by: .youthOffice)
        for family in families { try await family.append(to: desk) }
        try await desk.project()
        func list(
            _ office: Office, state: AlignmentProposal.Status? = nil, kind: FindingKind? = nil,
            dueBefore: CalendarDate? = nil, area: String? = nil, areas: Set<String>? = nil, limit: Int = 50,
            cursor: String? = nil, day: CalendarDate = LedgerDesk.today
        ) async throws -> Page<ProposalItem> {
            try await desk.queries.proposals(
                ProposalQuery(
                    office: office, actor: desk.caseworker(office, areas: areas), day: day, kind: kind, state: state,
                    area: area, dueBefore: dueBefore, limit: limit, cursor: cursor)
            ).value
        }
        #expect(try await list(.jobCentre).items.count == 5)
        #expect(try await list(.socialOffice).items.isEmpty)
        #expect(try await list(.youthOffice, state: .declined).items.count == 3)
        #expect(try await list(.jobCentre, state: .open).items.allSatisfy(\.proposal.waitsForUs))
        // What may not be known is not found by it either.
        #expect(try await list(.jobCentre, kind: .sequence).items.map(\.proposal.proposalId) == [families[1].proposal])
        #expect(try await list(.jobCentre, kind: .relation).items.isEmpty)
        #expect(try await list(.jobCentre, dueBefore: "2026-05-20").items.isEmpty)
        #expect(try await list(.jobCentre, dueBefore: "2026-05-21").items.count == 5)
        #expect(try await list(.jobCentre, area: "nordend").items.isEmpty)
        #expect(try await list(.jobCentre, areas: ["nordend"]).items.isEmpty)
        let first = try await list(.jobCentre, limit: 3)
        let second = try await list(.jobCentre, limit: 3, cursor: first.next)
        #expect(
            Set((first.items + second.items).map(\.proposal.proposalId)) == Set(families.map(\.proposal))
                && second.next == nil)
        let all = try await list(.jobCentre).items
        #expect(all.count { !$0.proposal.isPartial } == 1)
        #expect(try await list(.jobCentre, day: "2026-07-01").items.allSatisfy(\.proposal.isPartial))
        #expect(!"\(try await list(.youthOffice).items)".contains("planted-reason"))
        await #expect(throws: ViewQueryError.foreignOffice) {
            try await desk.queries.proposals(
                ProposalQuery(office: .jobCentre, actor: desk.caseworker(.youthOffice), day: "2026-06-01"))
        }
        let live = try await desk.dump()
        _ = try await desk.rebuild().run()
        #expect(try await desk.dump() == live)
        #expect(try await desk.verify().damages.isEmpty)
    }

    @Test("proposals are looked for by the cases they are about, as far as the office may know that on the day")
    func aboutCases() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        let secret = Family(youthWith: [.jobCentre, .youthOffice])
        var shared = Family(youthWith: [.jobCentre, .youthOffice])
        shared.youth.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing], recipients: [.jobCentre], purpose: "p", validUntil: "2026-06-30")),
            by: .youthOffice)
        for family in [secret, shared] { try await family.append(to: desk) }
        try await desk.project()
        func found(_ office: Office, _ change: (inout ProposalQuery) -> Void) async throws -> Set<UUID> {
            var query = ProposalQuery(office: office, actor: desk.caseworker(office), day: LedgerDesk.today)
            change(&query)
            return Set(try await desk.queries.proposals(query).value.items.map(\.proposal.proposalId))
        }
        let both: Set = [secret.proposal, shared.proposal]
        #expect(try await found(.jobCentre) { $0.name = "paula" } == both)
        #expect(try await found(.jobCentre) { $0.name = "yara" } == [shared.proposal])
        #expect(
            try await found(.jobCentre) {
                $0.name = "yara"; $0.day = "2026-07-01"
            } == [], "the consent has ended")
        // Its own measure would move, and with whom is not its business.
        #expect(try await found(.youthOffice) { $0.name = "yara" } == both)
        #expect(try await found(.youthOffice) { $0.name = "paula" } == [])
        #expect(try await found(.jobCentre) { $0.name = "?" } == [])
        #expect(try await found(.jobCentre) { $0.caseworker = "job-centre-1" } == both)
        #expect(try await found(.jobCentre) { $0.caseworker = "somebody-else" } == [])
        #expect(try await found(.jobCentre) { $0.status = .open } == both)
        #expect(try await found(.jobCentre) { $0.status = .closed } == [])
        #expect(try await found(.jobCentre) { $0.proposedSince = "2026-05-05" } == both)
        #expect(try await found(.jobCentre) { $0.proposedSince = "2026-05-06" } == [])
    }

    @Test("offices are counted by what they answered, each proposal once, with the grounds of refusals")
    func summary() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        for ground in DeclineGround.allCases {
            var family = Family()
            family.accept(.jobCentre)
            family.decline(.youthOffice, ground)
            try await family.append(to: desk)
        }
        var lapsed = Family()
        lapsed.both(
            .alignmentLapsed(
                AlignmentLapsed(
                    proposalId: lapsed.proposal, unanswered: [.youthOffice], cases: [lapsed.parent.id, lapsed.youth.id])
            ),
            by: nil, on: "2026-05-21")
        try await lapsed.append(to: desk)
        try await desk.project()
        func cells(_ office: Office, as own: Office) async throws -> [SummaryIndicator: SummaryCell] {
            let report = try await desk.queries.summary(
                SummaryQuery(
                    actor: Actor(subject: "s", role: .supervisor, office: own), today: "2026-06-01",
                    from: #require(CalendarMonth("2026-05")),
                    to: #require(CalendarMonth("2026-05")), office: office, area: "gallus")
            ).value
            return report.areas.first?.rows.first { $0.office == office }?.cells ?? [:]
        }
        let youth = try await cells(.youthOffice, as: .youthOffice)
        #expect(youth[.proposalsReceived] == .count(6) && youth[.proposalsDeclined] == .count(5))
        #expect(youth[.proposalsUnanswered] == .count(1) && youth[.proposalsAccepted] == .count(0))
        #expect(SummaryIndicator.declined.count == 6)
        for indicator in SummaryIndicator.declined where indicator != .proposalsDeclined {
            #expect(youth[indicator] == .count(1))
        }
        #expect(try await cells(.jobCentre, as: .jobCentre)[.proposalsAccepted] == .count(5))
        // From the whole and all but one of its parts the last could be told.
        let foreign = try await cells(.youthOffice, as: .jobCentre)
        #expect(SummaryIndicator.declined.allSatisfy { foreign[$0] == .suppressed })
        #expect(foreign[.proposalsReceived] == .count(6))
    }
}
