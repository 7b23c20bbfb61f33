import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("correct-participant") struct CorrectParticipantTests {
    private func correcting(_ change: (inout CorrectParticipant) -> Void) -> CaseCommand {
        var command = CorrectParticipant()
        change(&command)
        return .correctParticipant(command)
    }

    @Test func changesWhatItNamesAndNothingElse() {
        given(.participantRegistered()).when(
            correcting {
                $0.givenName = "Mara"
                $0.familyName = "Beispiehl"
                $0.schooling = "Abitur"
                $0.reason = "as in the passport"
            }
        ).thenEvents([
            .participantCorrected(
                ParticipantCorrected(
                    schooling: "Abitur", reason: "as in the passport",
                    personal: ParticipantCorrected.Personal(familyName: "Beispiehl")))
        ])
    }

    @Test func theFileFollows() {
        let participant = given(.participantRegistered()).when(
            correcting {
                $0.familyName = "Beispiehl"
                $0.bornOn = "2007-04-02"
                $0.address = Address(city: "Frankfurt")
                $0.contact = Contact(mobile: "0170")
                $0.languages = ["de", "tr", "de"]
            }
        ).thenState().participant
        #expect(
            participant?.personal
                == ParticipantRegistered.Personal(
                    givenName: "Mara", familyName: "Beispiehl", bornOn: "2007-04-02",
                    address: Address(city: "Frankfurt"), contact: Contact(mobile: "0170")))
        #expect(participant?.languages == ["de", "tr"])
        #expect(participant?.registered == Provenance(office: .jobCentre, on: "2026-01-05"))
    }

    @Test func somethingChanges() {
        given(.participantRegistered()).when(correcting { _ in }).thenRejected(.nothingChanges)
        given(.participantRegistered()).when(correcting { $0.reason = "why not" }).thenRejected(.nothingChanges)
        given(.participantRegistered()).when(
            correcting {
                $0.givenName = "Mara"
                $0.areaId = "frankfurt-gallus"
                $0.languages = ["de"]
                $0.remove = [.schooling]
            }
        ).thenRejected(.nothingChanges)
    }

    @Test func takesBackWhatShouldNotStandThere() {
        let filled = given(
            .participantRegistered(),
            .participantCorrected(
                ParticipantCorrected(
                    schooling: "s", vocationalCertificate: "v",
                    personal: ParticipantCorrected.Personal(
                        address: Address(city: "Frankfurt"), contact: Contact(phone: "069"))))
        )
        let outcome = filled.when(correcting { $0.remove = RemovableParticipantDetail.allCases })
        outcome.thenEvents([
            .participantCorrected(ParticipantCorrected(removed: RemovableParticipantDetail.allCases))
        ])
        #expect(outcome.thenState() == given(.participantRegistered()).state)
    }

    @Test func takesSoundParticulars() {
        given(.participantRegistered()).when(correcting { $0.givenName = " " }).thenRejected("invalid-given-name")
        given(.participantRegistered()).when(correcting { $0.familyName = "" }).thenRejected("invalid-family-name")
        given(.participantRegistered()).when(correcting { $0.bornOn = "2026-03-03" }).thenRejected(.bornInTheFuture)
        given(.participantRegistered()).when(correcting { $0.bornOn = "1899-12-31" }).thenRejected("invalid-date")
        given(.participantRegistered()).when(correcting { $0.languages = ["de_DE"] }).thenRejected(.invalidLanguages)
        given(.participantRegistered()).when(correcting { $0.givenName = "M" }, on: "2026-03-03")
            .thenRejected("in-the-future")
    }

    @Test func aNewAreaIsPublished() {
        let command = correcting { $0.areaId = "frankfurt-nordend" }
        given(.participantRegistered()).when(command).thenRejected(.unknownArea)
        let state = given(.participantRegistered()).when(command, around: .publishedArea).thenState()
        #expect(state.participant?.areaId == "frankfurt-nordend")
        #expect(command.needs(given: CaseState()) == Needs(area: "frankfurt-nordend"))
    }

    @Test func anErasedPersonIsNotCorrected() {
        var state = given(.participantRegistered()).state
        state.participant?.personal = nil
        let context = DecisionContext(actor: .jobCentre, effectiveOn: "2026-03-02", today: "2026-03-02")
        #expect(throws: Rejection.participantErased) {
            try CaseDecider.decide(correcting { $0.givenName = "M" }, given: state, in: context)
        }
        #expect(throws: Rejection.participantErased) {
            try CaseDecider.decide(
                .moveParticipant(MoveParticipant(areaId: "frankfurt-gallus")), given: state, in: context)
        }
    }
}

@Suite("move-participant") struct MoveParticipantTests {
    private func moving(
        to area: String = "frankfurt-nordend", address: Address? = Address(city: "Frankfurt"),
        from day: CalendarDate? = nil
    ) -> CaseCommand {
        .moveParticipant(MoveParticipant(areaId: area, address: address, from: day))
    }

    private let addressed: [Past<CaseEvent>] = [
        .participantRegistered(),
        .participantCorrected(
            ParticipantCorrected(personal: ParticipantCorrected.Personal(address: Address(city: "Old")))),
    ]

    @Test func recordsTheMove() {
        given(addressed).when(moving(from: "2026-02-15"), around: .publishedArea)
            .thenEvents([
                .participantMoved(
                    ParticipantMoved(
                        areaId: "frankfurt-nordend", from: "2026-02-15",
                        personal: ParticipantMoved.Personal(address: Address(city: "Frankfurt"))))
            ])
        let participant = given(addressed).when(moving(), around: .publishedArea).thenState().participant
        #expect(participant?.areaId == "frankfurt-nordend")
        #expect(participant?.movedOn == "2026-03-02")
        #expect(participant?.personal?.address == Address(city: "Frankfurt"))
    }

    @Test func theOldAddressDoesNotComeAlong() {
        let participant = given(addressed).when(moving(address: nil), around: .publishedArea).thenState().participant
        #expect(participant?.personal?.address == nil)
        #expect(participant?.personal?.givenName == "Mara")
    }

    @Test func mayStayWithinTheArea() {
        let state = given(addressed).when(moving(to: "frankfurt-gallus"), around: .publishedArea).thenState()
        #expect(state.participant?.areaId == "frankfurt-gallus")
        #expect(state.participant?.personal?.address == Address(city: "Frankfurt"))
    }

    @Test func whoLivesThereAlreadyDoesNotMove() {
        given(addressed).when(moving(to: "frankfurt-gallus", address: nil), around: .publishedArea).thenNothing()
        given(addressed).when(moving(to: "frankfurt-gallus", address: Address(city: "Old")), around: .publishedArea)
            .thenNothing()
    }

    @Test func needsAPublishedArea() {
        given(addressed).when(moving()).thenRejected(.unknownArea)
        #expect(moving().needs(given: CaseState()) == Needs(area: "frankfurt-nordend"))
    }

    @Test func followsTheRegistrationAndTheLastMove() {
        given(addressed).when(moving(from: "2026-01-04"), around: .publishedArea).thenRejected(.movesOutOfOrder)
        given(addressed).when(moving(from: "2026-01-05"), around: .publishedArea).thenAccepted()
        let moved = given(addressed + [.participantMoved(from: "2026-02-01")])
        moved.when(moving(from: "2026-01-31"), around: .publishedArea).thenRejected(.movesOutOfOrder)
        moved.when(moving(from: "2026-02-01"), around: .publishedArea).thenAccepted()
        moved.when(moving(from: "2026-03-03"), around: .publishedArea).thenRejected("in-the-future")
    }

    @Test func theCaseGoesWhereTheParticipantGoes() {
        var actor = Actor.jobCentre
        actor.areas = ["frankfurt-gallus"]
        let engaged: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre)]
        #expect(CommandPolicy.judge(moving(), by: actor, on: given(engaged).state) == .allowed)
        #expect(CommandPolicy.judge(moving(), by: actor, on: given(engaged + [.participantMoved()]).state) == .notFound)
    }
}
