import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("Candidates for a registration")
struct CandidateTests {
    private func query(
        _ desk: LedgerDesk, _ office: Office = .jobCentre, given: String = "Zoe", family: String = "Mueller",
        bornOn: CalendarDate = "1990-04-05", areas: Set<String>? = nil, decisions: [UUID: IdentityVerdict] = [:]
    ) -> CandidateQuery {
        CandidateQuery(
            office: office, actor: desk.caseworker(office, areas: areas), day: LedgerDesk.today, caseId: UUID(),
            givenName: given, familyName: family, bornOn: bornOn, areaId: "gallus", decisions: decisions)
    }

    private func person(
        _ given: String, _ family: String, bornOn: CalendarDate = "1990-04-05", area: String = "gallus",
        _ offices: [Office] = [.jobCentre]
    ) -> CaseStory {
        .registered(given: given, family: family, bornOn: bornOn, area: area, engaged: offices)
    }

    @Test("are those of the office's own cases that are alike, the likeliest first")
    func found() async throws {
        let desk = try await LedgerDesk.make()
        let same = person("Zoë", "Müller", area: "nordend")
        let near = person("Zoë", "Müller")
        let swapped = person("Müller", "Zoe", bornOn: "1990-05-04")
        let slip = person("Zoe", "Müller", bornOn: "1991-04-05")
        let similar = person("Zoe", "Möller")
        // Neither the day nor the spelling of the name is the same.
        let both = person("Zoe", "Muller", bornOn: "1990-04-06")
        for story in [slip, swapped, same, person("Anna", "Bauer"), near, similar, both] {
            try await desk.append(story)
        }
        let position = try await desk.project()
        let found = try await desk.queries.candidates(query(desk))
        #expect(found.position == position)
        #expect(found.value.first?.caseId == near.id)
        #expect(Set(found.value.map(\.caseId)) == Set([near, same, swapped, slip, similar, both].map(\.id)))
        #expect(found.value[0].reasons == [.sameName, .sameBirthDate, .sameArea])
        #expect(found.value[0].givenName == "Zoë" && found.value[0].familyName == "Müller")
        #expect(found.value[0].bornOn == "1990-04-05" && found.value[0].status == .open)
        #expect(found.value.first { $0.caseId == swapped.id }?.reasons == [.swappedName, .similarBirthDate, .sameArea])

        let decided = try await desk.queries.candidates(
            query(desk, decisions: [near.id: .differentPersons, same.id: .samePerson])
        ).value
        #expect(!decided.contains { $0.caseId == near.id })
        #expect(decided.first { $0.caseId == same.id }?.decision == .samePerson)
        #expect(try await desk.queries.candidates(query(desk, given: "Paul", family: "Klee")).value == [])
    }

    @Test("of cases that the actor does not see there is no trace, and none of them is even read")
    func unseen() async throws {
        let desk = try await LedgerDesk.make()
        let unseen = [
            person("Zoë", "Müller", [.youthOffice]), person("Zoë", "Müller", area: "nordend"),
            person("Zoë", "Müller", [.socialOffice, .youthOffice]),
        ]
        for story in unseen { try await desk.append(story) }
        var left = person("Zoë", "Müller")
        left.given(.officeDisengaged(OfficeDisengaged(office: .jobCentre)), on: "2026-03-01")
        try await desk.append(left)
        try await desk.project()
        let empty = try await desk.queries.candidates(query(desk, areas: ["gallus"]))
        #expect(empty.value == [])
        #expect(try await desk.queries.candidates(query(desk, .youthOffice)).value.count == 2)
        await #expect(throws: ViewQueryError.foreignOffice) {
            var foreign = query(desk)
            foreign.actor = desk.caseworker(.youthOffice)
            _ = try await desk.queries.candidates(foreign)
        }
        // What is looked through is the office's own worklist and its names.
        let statement = CandidateStatements.statement(.jobCentre)
        #expect(statement.sql.contains("FROM job_centre_cases c"))
        for table in [
            "youth_office_names", "social_office_names", "office_case_files", "youth_office_cases",
            "social_office_cases", "summary_cases",
        ] {
            #expect(!statement.sql.contains(table))
        }
    }

    @Test("an erased or merged person is none")
    func gone() async throws {
        let desk = try await LedgerDesk.make()
        let survivor = person("Paula", "Klee", bornOn: "1970-01-01")
        var merged = person("Zoë", "Müller")
        merged.given(.caseMerged(CaseMerged(into: survivor.id)), on: "2026-03-01")
        var absorbing = survivor
        absorbing.given(.caseAbsorbed(CaseAbsorbed(caseId: merged.id)), on: "2026-03-01")
        var erased = CaseStory()
        erased.given(.participantRegistered(ParticipantRegistered(areaId: "gallus", personal: nil)))
        erased.given(.officeEngaged(OfficeEngaged(office: .jobCentre)))
        for story in [merged, absorbing, erased] { try await desk.append(story) }
        try await desk.project()
        #expect(try await desk.queries.candidates(query(desk)).value == [])
    }
}
