import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("offer-placement") struct OfferPlacementTests {
    private let engaged = given(.participantRegistered(), .officeEngaged(.jobCentre))

    private func offering(_ change: (inout OfferPlacement) -> Void = { _ in }) -> CaseCommand {
        var command = OfferPlacement(placementId: placementId, employer: "Bäckerei", kind: .job)
        change(&command)
        return .offerPlacement(command)
    }

    private func published(_ offer: OfferPublished, _ past: Past<OfferEvent>...) -> Surroundings {
        Surroundings(offer: Given<OfferDecider>([Past(event: .offerPublished(offer))] + past).state)
    }

    @Test func offersWork() {
        let state = engaged.when(
            offering {
                $0.wage = Money(amount: "2150.00", currency: "EUR")
                $0.hoursPerWeek = 39
            }
        ).thenState()
        #expect(state.placement(placementId)?.status == .offered)
        #expect(state.placement(placementId)?.wage?.amount == "2150.00")
    }

    @Test func needsTheJobCentre() {
        given(.participantRegistered(), .officeEngaged(.youthOffice)).when(offering())
            .thenRejected(.noJobCentreEngagement)
    }

    @Test func needsANewId() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .placementOffered())
            .when(offering()).thenRejected(.placementExists)
    }

    @Test func namesAnOfferOrAnEmployer() {
        engaged.when(offering { $0.employer = nil }).thenRejected(.offerOrEmployerMissing)
        engaged.when(offering { $0.employer = " " }).thenRejected(.offerOrEmployerMissing)
    }

    @Test func needsAPublishedOfferWithAFreePlace() {
        let command = offering { $0.offerId = offerId }
        let one = OfferPublished(title: "Bakery", kind: .job, capacity: 1, openUntil: "2026-03-02")
        engaged.when(command).thenRejected(.unknownOffer)
        engaged.when(command, around: Surroundings(offer: OfferState())).thenRejected(.unknownOffer)
        engaged.when(command, around: published(one)).thenAccepted()
        let taken = Past<OfferEvent>(event: .placeTaken(PlaceTaken(caseId: id(2), placementId: id(39))))
        engaged.when(command, around: published(one, taken)).thenRejected(.offerFull)
        engaged.when(command, on: "2026-03-03", around: published(one)).thenRejected(.offerClosed)
        #expect(command.needs(given: engaged.state) == Needs(offer: offerId))
    }

    @Test func takesSoundValues() {
        engaged.when(offering { $0.occupation = "24x" }).thenRejected(.invalidOccupation)
        engaged.when(offering { $0.hoursPerWeek = -1 }).thenRejected(.invalidHoursPerWeek)
        engaged.when(offering { $0.wage = Money(amount: "-0.01", currency: "EUR") }).thenRejected(.invalidWage)
        engaged.when(offering { $0.wage = Money(amount: "-0.00", currency: "EUR") }).thenAccepted()
        engaged.when(offering { $0.answerDue = "2026-03-01" }).thenRejected(.invalidAnswerDue)
        engaged.when(offering { $0.answerDue = "2026-03-02" }).thenAccepted()
        engaged.when(
            offering {
                $0.startsOn = "2026-04-01"
                $0.endsOn = "2026-03-31"
            }
        ).thenRejected(.endsBeforeStart)
        engaged.when(offering { $0.startsOn = "0206-04-01" }).thenRejected("invalid-date")
    }
}

@Suite("accept-placement, refuse-placement") struct AnswerPlacementTests {
    private let offered: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(answerDue: "2026-03-01"),
    ]
    private let accepting = CaseCommand.acceptPlacement(AcceptPlacement(placementId: placementId, reason: "near home"))
    private let refusing = CaseCommand.refusePlacement(
        RefusePlacement(placementId: placementId, reason: "night work", importantReasonClaimed: true))

    @Test func recordsTheAnswer() {
        let accepted = given(offered).when(accepting, on: "2026-02-20").thenState()
        #expect(accepted.placement(placementId)?.answer == .accepted(on: "2026-02-20", reason: "near home"))
        let refused = given(offered).when(refusing, on: "2026-02-20").thenState()
        #expect(
            refused.placement(placementId)?.answer
                == .refused(on: "2026-02-20", reason: "night work", importantReasonClaimed: true))
    }

    @Test func comesInTime() {
        for command in [accepting, refusing] {
            given(offered).when(command, on: "2026-03-01").thenAccepted()
            given(offered).when(command, on: "2026-03-02").thenRejected(.offerLapsed)
        }
    }

    @Test func isGivenOnce() {
        let answers: [[Past<CaseEvent>]] = [
            [.placementAccepted()], [.placementRefused()], [.placementAccepted(), .placementStarted()],
        ]
        for answer in answers {
            given(offered + answer).when(accepting, on: "2026-02-20").thenRejected(.alreadyAnswered)
            given(offered + answer).when(refusing, on: "2026-02-20").thenRejected(.alreadyAnswered)
        }
    }

    @Test func needsAPlacement() {
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(accepting).thenRejected(.unknownPlacement)
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(refusing).thenRejected(.unknownPlacement)
    }

    @Test func isNotRecordedAhead() {
        given(.participantRegistered(), .officeEngaged(.jobCentre), .placementOffered())
            .when(accepting, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func acceptingAnOfferTakesAPlaceOfIt() {
        let state = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(offer: offerId))
        let event = CaseEvent.placementAccepted(
            PlacementAccepted(
                placementId: placementId, offerId: offerId, personal: PlacementAccepted.Personal(reason: "near home")))
        state.when(accepting).thenEvents([event])
        #expect(
            consequences(of: event)
                == [.offer(offerId, .takePlace(TakePlace(caseId: id(1), placementId: placementId)))])
        #expect(accepting.needs(given: state.state) == Needs(offer: offerId))
    }

    @Test func otherAnswersConcernNoOffer() {
        let accepted = CaseEvent.placementAccepted(PlacementAccepted(placementId: placementId))
        let refused = CaseEvent.placementRefused(PlacementRefused(placementId: placementId))
        #expect(consequences(of: accepted).isEmpty)
        #expect(consequences(of: refused).isEmpty)
    }
}

@Suite("start-placement, end-placement") struct RunPlacementTests {
    private let accepted: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(), .placementAccepted(),
    ]

    private func starting(_ id: UUID = placementId, on day: CalendarDate? = nil) -> CaseCommand {
        .startPlacement(StartPlacement(placementId: id, on: day))
    }

    private func ending(on day: CalendarDate? = nil, cover: IncomeCover? = nil) -> CaseCommand {
        .endPlacement(EndPlacement(placementId: placementId, on: day, reason: "season over", incomeCover: cover))
    }

    @Test func startsAfterItIsAccepted() {
        given(accepted).when(starting(on: "2026-02-02"))
            .thenEvents([.placementStarted(PlacementStarted(placementId: placementId, on: "2026-02-02"))])
        given(Array(accepted.dropLast())).when(starting()).thenRejected(.notAccepted)
        given(accepted.dropLast() + [.placementRefused()]).when(starting()).thenRejected(.notAccepted)
    }

    @Test func endsAfterItIsAccepted() {
        let cover = IncomeCover(kind: "unemployment-benefit", from: "2026-02-28")
        given(accepted + [.placementStarted()]).when(ending(on: "2026-02-27", cover: cover))
            .thenEvents([
                .placementEnded(
                    PlacementEnded(
                        placementId: placementId, on: "2026-02-27", reason: "season over", incomeCover: cover))
            ])
        given(accepted).when(ending()).thenAccepted()
        given(Array(accepted.dropLast())).when(ending()).thenRejected(.notAccepted)
        given(accepted.dropLast() + [.placementRefused()]).when(ending()).thenRejected(.notAccepted)
    }

    @Test func followsItsOrder() {
        given(accepted + [.placementStarted()]).when(starting()).thenRejected(.alreadyStarted)
        given(accepted + [.placementEnded()]).when(starting()).thenRejected(.alreadyEnded)
        given(accepted + [.placementEnded()]).when(ending()).thenRejected(.alreadyEnded)
        given(accepted).when(starting(id(99))).thenRejected(.unknownPlacement)
    }

    @Test func doesNotEndBeforeItStarts() {
        let started = accepted + [.placementStarted(on: "2026-02-02")]
        given(started).when(ending(on: "2026-02-01")).thenRejected(.endsBeforeStart)
        given(started).when(ending(on: "2026-02-02")).thenAccepted()
        let short: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(endsOn: "2026-02-15"),
            .placementAccepted(),
        ]
        given(short).when(starting(on: "2026-02-16")).thenRejected(.endsBeforeStart)
        given(short).when(starting(on: "2026-02-15")).thenAccepted()
    }

    @Test func isNotRecordedAhead() {
        given(accepted).when(starting(on: "2026-03-03")).thenRejected("in-the-future")
        given(accepted).when(ending(on: "2026-03-03")).thenRejected("in-the-future")
    }

    @Test func endingGivesThePlaceBack() {
        let state = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .placementOffered(offer: offerId),
            .placementAccepted(offer: offerId))
        let event = CaseEvent.placementEnded(
            PlacementEnded(placementId: placementId, on: "2026-03-02", offerId: offerId, reason: "season over"))
        state.when(ending()).thenEvents([event])
        #expect(
            consequences(of: event)
                == [.offer(offerId, .releasePlace(ReleasePlace(caseId: id(1), placementId: placementId)))])
        #expect(ending().needs(given: state.state) == Needs(offer: offerId))
    }

    /// A first placement that runs from 2026-02-02, and a second one that is accepted.
    private func beside(
        _ first: Past<CaseEvent>, _ second: Past<CaseEvent> = .placementOffered(otherPlacementId),
        ended: [Past<CaseEvent>] = []
    ) -> Given<CaseDecider> {
        given(
            [
                .participantRegistered(), .officeEngaged(.jobCentre), first, .placementAccepted(),
                .placementStarted(on: "2026-02-02"), second, .placementAccepted(otherPlacementId),
            ] + ended)
    }

    @Test func fullTimeWorkDoesNotOverlap() {
        beside(.placementOffered()).when(starting(otherPlacementId)).thenRejected(.overlappingPlacement)
        beside(.placementOffered(hours: 30)).when(starting(otherPlacementId)).thenRejected(.overlappingPlacement)
        beside(.placementOffered(kind: .workOpportunity, hours: 30)).when(starting(otherPlacementId))
            .thenRejected(.overlappingPlacement)
    }

    @Test func partTimeWorkMay() {
        beside(.placementOffered(hours: 29.5)).when(starting(otherPlacementId)).thenAccepted()
        beside(.placementOffered(kind: .workOpportunity)).when(starting(otherPlacementId)).thenAccepted()
        beside(.placementOffered(), .placementOffered(otherPlacementId, hours: 10)).when(starting(otherPlacementId))
            .thenAccepted()
    }

    @Test func oneDoesNotLastIntoTheNext() {
        let both = beside(
            .placementOffered(endsOn: "2026-02-15"), ended: [.placementStarted(otherPlacementId, on: "2026-02-16")])
        both.when(ending(on: "2026-02-15")).thenAccepted()
        both.when(ending(on: "2026-02-16")).thenRejected(.overlappingPlacement)
    }

    @Test func oneMayFollowTheOther() {
        beside(.placementOffered(), ended: [.placementEnded(on: "2026-02-20")])
            .when(starting(otherPlacementId, on: "2026-02-21")).thenAccepted()
        beside(.placementOffered(), ended: [.placementEnded(on: "2026-02-20")])
            .when(starting(otherPlacementId, on: "2026-02-20")).thenRejected(.overlappingPlacement)
        beside(.placementOffered(endsOn: "2026-02-15"))
            .when(starting(otherPlacementId, on: "2026-02-16")).thenAccepted()
        beside(.placementOffered(), .placementOffered(otherPlacementId, endsOn: "2026-02-01"))
            .when(starting(otherPlacementId, on: "2026-01-10")).thenAccepted()
        beside(.placementOffered(), .placementOffered(otherPlacementId, endsOn: "2026-02-02"))
            .when(starting(otherPlacementId, on: "2026-01-10")).thenRejected(.overlappingPlacement)
    }
}
