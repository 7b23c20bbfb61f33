import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("Who may know of a finding")
struct FindingVisibilityTests {
    /// A parent with the job centre, a youth with the youth office, one household, and a finding about both measures.
    private struct Family {
        var parent = CaseStory.registered(given: "Paula", engaged: [.jobCentre])
        var youth = CaseStory.registered(given: "Yara", engaged: [.youthOffice])
        let house = UUID()
        var welding = UUID()
        var training = UUID()

        init() {
            welding = parent.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "planted-title").measure
            training = youth.givenPlan(.youthSupport, of: .youthOffice, goal: "g", title: "planted-title").measure
            parent.given(.householdJoined(HouseholdJoined(householdId: house, role: .adult)))
            youth.given(.householdJoined(HouseholdJoined(householdId: house, role: .youth)))
        }

        var file: HouseholdFile {
            var file = household(house, parent, youth, roles: [.adult, .youth])
            HouseholdDecider.evolve(
                &file.state,
                with: Fact(
                    .findingOpened(FindingOpened(finding: finding, occurrence: 1)),
                    authorship: Authorship(actor: "worker", role: .worker), effectiveOn: "2026-05-01",
                    recordedAt: Instant(microsecondsSince1970: 0), version: 3, position: 0))
            return file
        }

        var finding: Finding {
            Finding(
                key: "sequence:job-centre:youth-office", kind: .sequence, owner: .household(house),
                cases: [parent.id, youth.id].sorted(), measures: [welding, training],
                offices: [.jobCentre, .youthOffice], from: "2026-02-01", to: "2026-07-31", days: 3,
                explanation: "out of step")
        }

        func offices(on day: CalendarDate = "2026-06-01") -> [Office] {
            let rows = FindingRows(owner: house, register: file.state.findings, cases: file.members)
            return rows.visible.filter { $0.visible.contains(day) }.map(\.office)
        }
    }

    @Test("is hidden from an office that may not know when the other's measure is")
    func hidden() {
        #expect(Family().offices() == [])
    }

    @Test("is shown once a consent in the other's case names the office, engaged there or not")
    func byConsent() {
        var family = Family()
        family.parent.given(
            .consentGranted(ConsentGranted(categories: [.timing], recipients: [.youthOffice], purpose: "p")))
        #expect(family.offices() == [.youthOffice])
        family.youth.given(
            .consentGranted(
                ConsentGranted(
                    categories: [.timing], recipients: [.jobCentre], purpose: "p", validUntil: "2026-06-30")),
            by: .youthOffice)
        #expect(family.offices() == [.jobCentre, .youthOffice])
        #expect(family.offices(on: "2026-07-01") == [.youthOffice])
    }

    @Test("a legal basis counts where the office is engaged in the other's case")
    func byLegalBasis() {
        var family = Family()
        family.youth.given(.officeEngaged(OfficeEngaged(office: .jobCentre, legalBasis: "§ 15 SGB II")))
        #expect(family.offices() == [.jobCentre])
    }

    @Test("an office engaged in none of the cases does not see it, whatever consents say")
    func notEngaged() {
        var family = Family()
        let consent = CaseEvent.consentGranted(
            ConsentGranted(categories: [.timing], recipients: [.socialOffice], purpose: "p"))
        family.parent.given(consent)
        family.youth.given(consent)
        #expect(family.offices() == [])
    }

    @Test("it appears in the files, the worklist's kinds and the timelines of those who may know")
    func everywhere() throws {
        var family = Family()
        family.youth.given(.officeEngaged(OfficeEngaged(office: .jobCentre, legalBasis: "§ 15 SGB II")))
        let house = family.file
        let seen = try #require(family.parent.file(for: .jobCentre, in: house))
        #expect(seen.findings.map(\.explanation) == ["out of step"])
        #expect(family.youth.file(for: .youthOffice, in: house)?.findings == [])
        let open = FindingRows(owner: house.id, register: house.state.findings, cases: house.members).open
        #expect(Set(open.map(\.caseId)) == [family.parent.id, family.youth.id])
        #expect(open.allSatisfy { $0.office == .jobCentre })
        let timeline = StoredTimeline(family.parent.surroundings(house), for: .jobCentre).cut(on: "2026-06-01")
        #expect(timeline.contains { $0.kind == .finding && $0.explanation == "out of step" })
    }

    @Test("a gap in another office's plan is told only where timing is open")
    func gap() {
        var story = CaseStory.registered(engaged: [.jobCentre, .youthOffice])
        let finding = Finding(
            key: "gap", kind: .gap, owner: .singleCase(story.id), cases: [story.id], measures: [],
            offices: [.jobCentre], from: "2026-02-01", to: nil, days: nil, explanation: "nothing runs")
        story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil, on: "2026-03-01")
        let offices = { (story: CaseStory) in
            FindingRows(owner: story.id, register: story.state.findings, cases: [story.id: story.state]).visible
                .map(\.office)
        }
        #expect(offices(story) == [.jobCentre])
        story.given(.consentGranted(ConsentGranted(categories: [.timing], recipients: [.youthOffice], purpose: "p")))
        #expect(offices(story) == [.jobCentre, .youthOffice])
    }
}
