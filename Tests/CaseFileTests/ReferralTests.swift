import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

private let engaged: [Past<CaseEvent>] = [
    .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
]

@Suite("request-referral") struct RequestReferralTests {
    private func asking(
        _ id: UUID = referralId, to office: Office = .socialOffice, service: String = "debt counselling",
        reason: String? = "rent arrears", legalBasis: String? = "§ 69 SGB X", categories: [ConsentCategory]? = nil,
        answerDue: CalendarDate? = nil
    ) -> CaseCommand {
        .requestReferral(
            RequestReferral(
                referralId: id, to: office, service: service, reason: reason, legalBasis: legalBasis,
                categories: categories, answerDue: answerDue))
    }

    @Test func keepsWhatATransmissionHasToKeep() {
        given(engaged).when(asking(categories: [.benefits, .benefits], answerDue: "2026-03-20"))
            .thenEvents([
                .referralRequested(
                    ReferralRequested(
                        referralId: referralId, from: .jobCentre, to: .socialOffice, service: "debt counselling",
                        legalBasis: "§ 69 SGB X", categories: [.benefits], answerDue: "2026-03-20",
                        personal: ReferralRequested.Personal(reason: "rent arrears")))
            ])
        let referral = given(engaged).when(asking()).thenState().referral(referralId)
        #expect(referral?.status == .requested)
        #expect(referral?.requested == Provenance(office: .jobCentre, on: "2026-03-02"))
    }

    @Test func tellsOfTheOwnPlansAndWaitsTwoWeeksUnlessSaidOtherwise() {
        let referral = given(engaged).when(asking()).thenState().referral(referralId)
        #expect(referral?.categories == [.employment])
        #expect(referral?.answerDue == "2026-03-16")
        let youth = given(engaged).when(asking(categories: []), by: .youthOffice).thenState().referral(referralId)
        #expect(youth?.categories == [.youthSupport])
    }

    @Test func isForEngagedOfficesAndForOthers() {
        given(engaged).when(asking(), by: .socialOffice).thenRejected(.officeNotEngaged)
        given(engaged).when(asking(to: .jobCentre)).thenRejected(.referralToOwnOffice)
        given(engaged).when(asking(to: .youthOffice)).thenAccepted()
    }

    @Test func needsANewIdAndAPurpose() {
        given(engaged + [.referralRequested()]).when(asking()).thenRejected(.referralExists)
        given(engaged).when(asking(service: " ")).thenRejected("invalid-service")
        given(engaged).when(asking(legalBasis: " ")).thenRejected("invalid-legal-basis")
    }

    @Test func anAnswerIsDueAfterwards() {
        given(engaged).when(asking(answerDue: "2026-03-01")).thenRejected(.answerDueBeforeRequest)
        given(engaged).when(asking(answerDue: "2026-03-02")).thenAccepted()
        given(engaged).when(asking(answerDue: "2201-01-01")).thenRejected("invalid-date")
        given(engaged).when(asking(), on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func lawOrConsentCoversAllThatIsTold() throws {
        let unlawful = try #require(
            given(engaged).when(asking(legalBasis: nil)).thenRejected("not-lawful-to-transmit"))
        #expect(unlawful.detail.contains("employment") && unlawful.detail.contains("social-office"))
        for covered in [
            [.consentGranted([.education], to: [.socialOffice])],
            [.consentGranted([.employment], to: [.youthOffice])],
            [.consentGranted([.employment], to: [.socialOffice], until: "2026-03-01")],
            [.consentGranted([.employment], to: [.socialOffice]).on("2026-03-03")],
            [
                .consentGranted([.employment], to: [.socialOffice]),
                .consentWithdrawn([.employment], from: [.socialOffice]),
            ],
        ] as [[Past<CaseEvent>]] {
            given(engaged + covered).when(asking(legalBasis: nil)).thenRejected("not-lawful-to-transmit")
        }
        let consented =
            engaged + [
                .consentGranted([.education], to: [.socialOffice]),
                .consentGranted([.employment], to: [.socialOffice], until: "2026-03-02"),
            ]
        let referral = given(consented).when(asking(legalBasis: nil)).thenState().referral(referralId)
        #expect(referral?.consents == [2])
        given(consented).when(asking(legalBasis: nil, categories: [.employment, .benefits]))
            .thenRejected("not-lawful-to-transmit")
        let two = given(consented).when(asking(legalBasis: nil, categories: [.employment, .education])).thenState()
        #expect(two.referral(referralId)?.consents == [2, 1])
    }

    @Test func healthNeedsItsOwnConsentAndConfidencesStay() {
        let told: [ConsentCategory] = [.employment, .health]
        given(engaged).when(asking(categories: told)).thenRejected("not-lawful-to-transmit")
        let consented = given(engaged + [.consentGranted([.health], to: [.socialOffice])])
        #expect(consented.when(asking(categories: told)).thenState().referral(referralId)?.consents == [1])
        let entrusted = given(engaged + [.consentGranted([.entrusted], to: [.socialOffice])])
        entrusted.when(asking(categories: [.entrusted])).thenRejected(.entrustedStays)
        entrusted.when(asking(legalBasis: nil, categories: [.entrusted])).thenRejected(.entrustedStays)
    }
}

@Suite("accept-, decline-, complete-, withdraw-referral") struct AnswerReferralTests {
    private let asked: [Past<CaseEvent>] = engaged + [.referralRequested()]
    private let accepting = CaseCommand.acceptReferral(
        AcceptReferral(referralId: referralId, by: "so-3", reason: "gladly", completeBy: "2026-04-30"))
    private let declining = CaseCommand.declineReferral(
        DeclineReferral(referralId: referralId, by: "so-3", reason: "full"))
    private let completing = CaseCommand.completeReferral(
        CompleteReferral(referralId: referralId, by: "so-3", result: "instalments"))
    private let withdrawing = CaseCommand.withdrawReferral(
        WithdrawReferral(referralId: referralId, reason: "settled"))

    @Test func recordsTheAnswerAndWhatCameOfIt() {
        given(asked).when(accepting, by: .socialOffice).thenEvents([
            .referralAccepted(
                ReferralAccepted(
                    referralId: referralId, by: "so-3", completeBy: "2026-04-30",
                    personal: ReferralAccepted.Personal(reason: "gladly")))
        ])
        given(asked).when(declining, by: .socialOffice).thenEvents([
            .referralDeclined(
                ReferralDeclined(
                    referralId: referralId, by: "so-3", personal: ReferralDeclined.Personal(reason: "full")))
        ])
        given(asked + [.referralAccepted()]).when(completing, by: .socialOffice).thenEvents([
            .referralCompleted(
                ReferralCompleted(
                    referralId: referralId, by: "so-3", personal: ReferralCompleted.Personal(result: "instalments")))
        ])
        given(asked).when(withdrawing).thenEvents([
            .referralWithdrawn(
                ReferralWithdrawn(referralId: referralId, personal: ReferralWithdrawn.Personal(reason: "settled")))
        ])
    }

    @Test func isAClosedLoop() throws {
        let accepted = given(asked).when(accepting, by: .socialOffice).thenState().referral(referralId)
        #expect(accepted?.status == .accepted && accepted?.isOpen == true && accepted?.endedOn == nil)
        #expect(accepted?.answer?.completeBy == "2026-04-30" && accepted?.answer?.reason == "gladly")
        let declined = given(asked).when(declining, by: .socialOffice).thenState().referral(referralId)
        #expect(declined?.status == .declined && declined?.isOpen == false && declined?.endedOn == "2026-03-02")
        let completed = given(asked + [.referralAccepted()]).when(completing, by: .socialOffice).thenState()
        #expect(completed.referral(referralId)?.status == .completed)
        #expect(completed.referral(referralId)?.endedOn == "2026-03-02")
        let withdrawn = given(asked + [.referralAccepted()]).when(withdrawing).thenState().referral(referralId)
        #expect(withdrawn?.status == .withdrawn && withdrawn?.isOpen == false)
    }

    @Test func whetherItCameInTimeFollowsFromItsDates() {
        let referral = { (day: CalendarDate) in
            given(asked).when(accepting, by: .socialOffice, on: day, today: "2026-04-01").thenState()
                .referral(referralId)
        }
        #expect(given(asked).state.referral(referralId)?.isAnsweredLate == nil)
        #expect(referral("2026-03-10")?.isAnsweredLate == false)
        #expect(referral("2026-03-11")?.isAnsweredLate == true)
    }

    @Test func isForTheOfficeThatWasAsked() {
        for (command, past) in [
            (accepting, asked), (declining, asked), (completing, asked + [.referralAccepted()]),
        ] {
            given(past).when(command, by: .jobCentre).thenRejected(.notTheAddressee)
            given(past).when(command, by: .youthOffice).thenRejected(.notTheAddressee)
            given(engaged).when(command, by: .socialOffice).thenRejected(.unknownReferral)
        }
        given(asked).when(withdrawing, by: .socialOffice).thenRejected(.notYourReferral)
        given(asked).when(withdrawing, by: .youthOffice).thenRejected(.notYourReferral)
        given(engaged).when(withdrawing).thenRejected(.unknownReferral)
    }

    @Test func isAnsweredOnce() {
        for answered in [[.referralAccepted()], [.referralDeclined()], [.referralWithdrawn()]] as [[Past<CaseEvent>]] {
            given(asked + answered).when(accepting, by: .socialOffice).thenRejected(.referralAnswered)
            given(asked + answered).when(declining, by: .socialOffice).thenRejected(.referralAnswered)
        }
    }

    @Test func isCompletedOnceAndAfterItIsAccepted() {
        given(asked).when(completing, by: .socialOffice).thenRejected(.referralNotAccepted)
        for ended in [
            [.referralDeclined()], [.referralWithdrawn()], [.referralAccepted(), .referralCompleted()],
        ] as [[Past<CaseEvent>]] {
            given(asked + ended).when(completing, by: .socialOffice).thenRejected(.referralSettled)
            given(asked + ended).when(withdrawing).thenRejected(.referralSettled)
        }
    }

    @Test func saysWhy() {
        given(asked).when(
            .declineReferral(DeclineReferral(referralId: referralId, reason: " ")), by: .socialOffice
        ).thenRejected("invalid-reason")
        given(asked + [.referralAccepted()]).when(
            .completeReferral(CompleteReferral(referralId: referralId, result: "")), by: .socialOffice
        ).thenRejected("invalid-result")
    }

    @Test func oneStepFollowsTheOther() {
        for command in [accepting, declining] {
            given(asked).when(command, by: .socialOffice, on: "2026-02-23").thenRejected(.referralOutOfOrder)
            given(asked).when(command, by: .socialOffice, on: "2026-03-03").thenRejected("in-the-future")
            given(asked).when(command, by: .socialOffice, on: "2026-02-24").thenAccepted()
        }
        let accepted = given(asked + [.referralAccepted()])
        accepted.when(completing, by: .socialOffice, on: "2026-02-25").thenRejected(.referralOutOfOrder)
        accepted.when(completing, by: .socialOffice, on: "2026-02-26").thenAccepted()
        accepted.when(withdrawing, on: "2026-02-25").thenRejected(.referralOutOfOrder)
        given(asked).when(withdrawing, on: "2026-02-23").thenRejected(.referralOutOfOrder)
        given(asked).when(
            .acceptReferral(AcceptReferral(referralId: referralId, completeBy: "2026-03-01")), by: .socialOffice
        ).thenRejected(.completeByPassed)
    }
}

@Suite("What a referral lets an office do") struct AddressedOfficeTests {
    private let asked: [Past<CaseEvent>] = engaged + [.referralRequested()]
    private let accepting = CaseCommand.acceptReferral(AcceptReferral(referralId: referralId))
    private let declining = CaseCommand.declineReferral(DeclineReferral(referralId: referralId, reason: "full"))
    private let withdrawing = CaseCommand.withdrawReferral(WithdrawReferral(referralId: referralId))
    private let engaging = CaseCommand.engageOffice(EngageOffice(office: .socialOffice))
    private let closing = CaseCommand.closeCase(CloseCase())

    private func judge(_ command: CaseCommand, by actor: Actor, on past: [Past<CaseEvent>]) -> CommandPolicy.Verdict {
        CommandPolicy.judge(command, by: actor, on: given(past).state)
    }

    @Test func itAnswersOrEngagesItselfAndFindsNothingElse() {
        #expect(given(asked).state.relation(to: .socialOffice) == .addressed)
        #expect(judge(accepting, by: .socialOffice, on: asked) == .allowed)
        #expect(judge(declining, by: .socialOffice, on: asked) == .allowed)
        #expect(judge(engaging, by: .socialOffice, on: asked) == .allowed)
        let unknown = CaseCommand.acceptReferral(AcceptReferral(referralId: otherReferralId))
        for command in [withdrawing, closing, unknown] {
            #expect(judge(command, by: .socialOffice, on: asked) == .notFound)
        }
        var elsewhere = Actor.socialOffice
        elsewhere.areas = ["nordend"]
        #expect(judge(accepting, by: elsewhere, on: asked) == .notFound)
    }

    @Test func itFindsNothingOnceItIsOver() {
        for ended in [
            [.referralDeclined()], [.referralWithdrawn()], [.referralAccepted(), .referralCompleted()],
        ] as [[Past<CaseEvent>]] {
            #expect(given(asked + ended).state.relation(to: .socialOffice) == .none)
            #expect(judge(accepting, by: .socialOffice, on: asked + ended) == .notFound)
        }
        #expect(given(asked + [.referralAccepted()]).state.relation(to: .socialOffice) == .addressed)
    }

    @Test func itFindsNothingOnceTheConsentIsTakenBack() {
        let consented =
            engaged + [
                .consentGranted([.employment], to: [.socialOffice]), .referralRequested(legalBasis: nil),
            ]
        #expect(given(consented).state.relation(to: .socialOffice) == .addressed)
        let withdrawn = consented + [.consentWithdrawn([.employment], from: [.socialOffice])]
        #expect(given(withdrawn).state.relation(to: .socialOffice) == .none)
        #expect(judge(accepting, by: .socialOffice, on: withdrawn) == .notFound)
        given(withdrawn).when(withdrawing).thenAccepted()
        let byLaw = engaged + [.referralRequested(), .consentWithdrawn([.employment], from: [.socialOffice])]
        #expect(given(byLaw).state.relation(to: .socialOffice) == .addressed)
    }

    @Test func othersAreToldWhoseItIs() {
        for actor in [Actor.jobCentre, .youthOffice] {
            #expect(
                judge(accepting, by: actor, on: asked) == .forbidden(Rejection.notTheAddressee.detail))
        }
        #expect(judge(withdrawing, by: .youthOffice, on: asked) == .forbidden(Rejection.notYourReferral.detail))
        #expect(judge(withdrawing, by: .jobCentre, on: asked) == .allowed)
    }

    @Test func anOfficeThatLeftIsAskedLikeAnyOther() {
        let left = engaged + [.officeDisengaged(.youthOffice), .referralRequested(to: .youthOffice)]
        #expect(given(left).state.relation(to: .youthOffice) == .addressed)
    }

    @Test func openReferralsAreEndedBeforeTheCaseOrTheOfficeIs() throws {
        for open in [asked, asked + [.referralAccepted()]] {
            let rejection = try #require(given(open).when(closing).thenRejected("open-work-remains"))
            #expect(rejection.detail.contains("referrals \(referralId.uuidString.lowercased())"))
            given(open).when(.disengageOffice(DisengageOffice(office: .jobCentre)))
                .thenRejected("open-work-remains")
            given(open + [.officeEngaged(.socialOffice)])
                .when(.disengageOffice(DisengageOffice(office: .socialOffice)), by: .socialOffice)
                .thenRejected("open-work-remains")
            given(open).when(.disengageOffice(DisengageOffice(office: .youthOffice)), by: .youthOffice)
                .thenAccepted()
        }
        given(asked + [.referralDeclined()]).when(closing).thenAccepted()
        given(asked + [.referralWithdrawn()]).when(.disengageOffice(DisengageOffice(office: .jobCentre)))
            .thenAccepted()
    }
}
