import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("register-participant") struct ParticipantTests {
    private func registering(
        givenName: String = "Mara", familyName: String = "Beispiel", bornOn: CalendarDate = "2007-04-01",
        languages: [String]? = nil
    ) -> CaseCommand {
        .registerParticipant(
            RegisterParticipant(
                givenName: givenName, familyName: familyName, bornOn: bornOn, areaId: "frankfurt-gallus",
                languages: languages))
    }

    @Test func opensACase() {
        given()
            .when(registering(languages: ["de", "tr", "de"]), around: .publishedArea)
            .thenEvents([
                .participantRegistered(
                    ParticipantRegistered(
                        areaId: "frankfurt-gallus", languages: ["de", "tr"],
                        personal: ParticipantRegistered.Personal(
                            givenName: "Mara", familyName: "Beispiel", bornOn: "2007-04-01")))
            ])
    }

    @Test func keepsWhoRegisteredAndWhen() {
        let state = given().when(registering(), by: .youthOffice, on: "2026-02-01", around: .publishedArea).thenState()
        #expect(state.participant?.registered == Provenance(office: .youthOffice, on: "2026-02-01"))
    }

    @Test func isNotDoneTwice() {
        given(.participantRegistered()).when(registering(), around: .publishedArea).thenRejected(.alreadyRegistered)
    }

    @Test func needsABirthThatHasHappened() {
        given().when(registering(bornOn: "2026-03-03"), around: .publishedArea).thenRejected(.bornInTheFuture)
        given().when(registering(bornOn: "2026-03-02"), around: .publishedArea).thenAccepted()
        given().when(registering(bornOn: "1899-12-31"), around: .publishedArea).thenRejected("invalid-date")
    }

    @Test func needsAPublishedArea() {
        given().when(registering()).thenRejected(.unknownArea)
        given().when(registering(), around: Surroundings(area: AreaState())).thenRejected(.unknownArea)
    }

    @Test func needsNames() {
        given().when(registering(givenName: " \t"), around: .publishedArea).thenRejected("invalid-given-name")
        given().when(registering(familyName: ""), around: .publishedArea).thenRejected("invalid-family-name")
    }

    @Test(arguments: ["de", "ar-SY", "zh-Hant-TW"]) func takesLanguageTags(_ tag: String) {
        given().when(registering(languages: [tag]), around: .publishedArea).thenAccepted()
    }

    @Test(arguments: ["", "Deutsch!", "de_DE", "1de", "de-", "abcdefghi"])
    func refusesOtherLanguages(_ tag: String) {
        given().when(registering(languages: [tag]), around: .publishedArea).thenRejected(.invalidLanguages)
    }

    @Test func isNotRecordedAhead() {
        given().when(registering(), on: "2026-03-03", around: .publishedArea).thenRejected("in-the-future")
    }

    @Test func comesBeforeEverythingElse() {
        given().when(.closeCase(CloseCase())).thenRejected(.caseNotRegistered)
        given().when(.engageOffice(EngageOffice(office: .jobCentre))).thenRejected(.caseNotRegistered)
    }

    @Test func asksForItsArea() {
        #expect(registering().needs(given: CaseState()) == Needs(area: "frankfurt-gallus"))
    }

    @Test(arguments: ["1899-12-31", "2201-01-01"] as [CalendarDate])
    func refusesDatesThatAreSlips(_ day: CalendarDate) {
        given(.participantRegistered())
            .when(.engageOffice(EngageOffice(office: .jobCentre)), on: day).thenRejected("invalid-date")
    }
}
