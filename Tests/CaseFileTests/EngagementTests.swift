import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("engage-office") struct EngagementTests {
    @Test func makesAnOfficeResponsible() {
        let state = given(.participantRegistered())
            .when(
                .engageOffice(
                    EngageOffice(office: .jobCentre, caseworker: "jc-1", legalBasis: "§ 16 SGB II")),
                on: "2026-02-10"
            ).thenState()
        #expect(state.isEngaged(.jobCentre))
        #expect(!state.isEngaged(.youthOffice))
        #expect(state.engagements[.jobCentre]?.from == "2026-02-10")
        #expect(state.engagements[.jobCentre]?.legalBasis == "§ 16 SGB II")
    }

    @Test func isNotDoneTwice() {
        given(.participantRegistered(), .officeEngaged(.jobCentre))
            .when(.engageOffice(EngageOffice(office: .jobCentre))).thenRejected(.alreadyEngaged)
    }

    @Test func severalOfficesCanBeResponsible() {
        given(.participantRegistered(), .officeEngaged(.jobCentre))
            .when(.engageOffice(EngageOffice(office: .youthOffice)), by: .youthOffice)
            .thenEvents([.officeEngaged(OfficeEngaged(office: .youthOffice))])
    }

    @Test func canBePlannedAhead() {
        given(.participantRegistered())
            .when(.engageOffice(EngageOffice(office: .jobCentre)), on: "2026-06-01").thenAccepted()
    }

    @Test func anEmptyLegalBasisIsNone() {
        given(.participantRegistered())
            .when(.engageOffice(EngageOffice(office: .jobCentre, legalBasis: " ")))
            .thenRejected("invalid-legal-basis")
    }
}
