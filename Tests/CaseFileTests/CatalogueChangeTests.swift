import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("change-offer and close-offer") struct ChangeOfferTests {
    private let published = Past<OfferEvent>(
        event: .offerPublished(
            OfferPublished(
                title: "Welding", kind: .job, capacity: 2, employer: "Metallbau", startsOn: "2026-03-02",
                endsOn: "2026-08-28")))
    private let taken = Past<OfferEvent>(event: .placeTaken(PlaceTaken(caseId: id(1), placementId: placementId)))
    private let closed = Past<OfferEvent>(event: .offerClosed(OfferClosed()), effectiveOn: "2026-02-02")

    @Test func whatIsAbsentStays() {
        let state = givenOffer(published).when(
            .changeOffer(ChangeOffer(capacity: 3, openUntil: "2026-06-30", remove: [.endsOn], reason: "one more"))
        ).thenState()
        #expect(
            state.published
                == OfferPublished(
                    title: "Welding", kind: .job, capacity: 3, employer: "Metallbau", startsOn: "2026-03-02",
                    openUntil: "2026-06-30"))
    }

    @Test func nothingNewChangesNothing() {
        givenOffer(published).when(.changeOffer(ChangeOffer(capacity: 2, remove: [.openUntil]))).thenNothing()
    }

    @Test(arguments: [
        (ChangeOffer(title: " "), "invalid-title"), (ChangeOffer(capacity: 0), "invalid-capacity"),
        (ChangeOffer(occupation: "x"), "invalid-occupation"), (ChangeOffer(endsOn: "2026-03-01"), "ends-before-start"),
        (ChangeOffer(areaId: "nowhere"), "unknown-area"), (ChangeOffer(partnerId: partnerId), "unknown-partner"),
        (ChangeOffer(openUntil: "3026-03-01"), "invalid-date"),
    ]) func whatCannotBeIsRefused(_ command: ChangeOffer, _ rule: String) {
        givenOffer(published).when(.changeOffer(command)).thenRejected(rule)
    }

    @Test func placesThatAreTakenStay() {
        let other = Past<OfferEvent>(event: .placeTaken(PlaceTaken(caseId: id(2), placementId: id(31))))
        givenOffer(published, taken, other).when(.changeOffer(ChangeOffer(capacity: 1)))
            .thenRejected("capacity-below-taken")
        givenOffer(published, taken).when(.changeOffer(ChangeOffer(capacity: 1))).thenAccepted()
    }

    @Test func aClosedOfferTakesNobodyAndKeepsWhoIsThere() {
        givenOffer(published).when(.closeOffer(CloseOffer(reason: "over"))).thenEvents([
            .offerClosed(OfferClosed(reason: "over"))
        ])
        let place = TakePlace(caseId: id(2), placementId: id(31))
        givenOffer(published, closed).when(.takePlace(place)).thenRejected(.offerClosed)
        givenOffer(published, closed).when(.takePlace(place), on: "2026-02-01").thenAccepted()
        let release = ReleasePlace(caseId: id(1), placementId: placementId)
        givenOffer(published, taken, closed).when(.releasePlace(release)).thenAccepted()
        givenOffer(published, closed).when(.closeOffer(CloseOffer())).thenNothing()
        givenOffer(published, closed).when(.changeOffer(ChangeOffer(capacity: 5))).thenRejected(.alreadyClosed)
    }

    @Test func thereHasToBeOne() {
        givenOffer().when(.changeOffer(ChangeOffer(capacity: 5))).thenRejected(.unknownOffer)
        givenOffer().when(.closeOffer(CloseOffer())).thenRejected(.unknownOffer)
    }

    @Test func nobodyIsOfferedAPlaceInAClosedOffer() {
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(
            .offerPlacement(OfferPlacement(placementId: placementId, offerId: offerId, kind: .job)),
            around: Surroundings(offer: givenOffer(published, closed).state)
        ).thenRejected(.offerClosed)
    }
}

@Suite("change-partner and close-partner") struct ChangePartnerTests {
    private let published = Past<PartnerEvent>(
        event: .partnerPublished(PartnerPublished(name: "Werkhof", sector: .business, services: ["welding"])))
    private let closed = Past<PartnerEvent>(event: .partnerClosed(PartnerClosed()), effectiveOn: "2026-02-02")

    @Test func whatIsAbsentStays() {
        let state = givenPartner(published).when(
            .changePartner(ChangePartner(sector: .thirdSector, areaIds: ["gallus", "gallus"]))
        ).thenState()
        #expect(
            state.published
                == PartnerPublished(
                    name: "Werkhof", sector: .thirdSector, services: ["welding"], areaIds: ["gallus"]))
    }

    @Test func refusals() {
        givenPartner(published).when(.changePartner(ChangePartner(name: "Werkhof"))).thenNothing()
        givenPartner(published).when(.changePartner(ChangePartner(name: " "))).thenRejected("invalid-name")
        givenPartner().when(.changePartner(ChangePartner(name: "x"))).thenRejected(.unknownPartner)
        givenPartner().when(.closePartner(ClosePartner())).thenRejected(.unknownPartner)
        givenPartner(published, closed).when(.changePartner(ChangePartner(name: "x"))).thenRejected(.alreadyClosed)
        givenPartner(published, closed).when(.closePartner(ClosePartner())).thenNothing()
    }

    @Test func whoLeftProvidesNothingNew() {
        let surroundings = Surroundings(provider: givenPartner(published, closed).state)
        let offer = OfferCommand.publishOffer(
            PublishOffer(title: "x", kind: .job, capacity: 1, partnerId: partnerId))
        givenOffer().when(offer, around: surroundings).thenRejected(.unknownPartner)
        givenOffer().when(offer, on: "2026-02-01", around: surroundings).thenAccepted()
        let measure = CaseCommand.addMeasure(
            AddMeasure(
                measureId: id(25), planId: planId, strand: .education, provider: partnerId.uuidString,
                window: Window(from: "2026-03-02", to: "2026-05-29")))
        given(.agreedPlan).when(measure, around: surroundings).thenRejected(.unknownProvider)
    }
}

@Suite("change-area and close-area") struct ChangeAreaTests {
    private let published = Past<AreaEvent>(
        event: .areaPublished(AreaPublished(name: "Gallus", region: "Rhein-Main", land: .hessen, from: "2024-01-01")))
    private let closed = Past<AreaEvent>(event: .areaClosed(AreaClosed()), effectiveOn: "2026-02-02")

    @Test func aNewVersionHoldsWhatStayed() {
        givenArea(published).when(
            .changeArea(ChangeArea(name: "Gallus and Europaviertel", from: "2026-01-01", remove: [.region]))
        ).thenEvents([
            .areaChanged(AreaChanged(name: "Gallus and Europaviertel", land: .hessen, from: "2026-01-01"))
        ])
        let state = givenArea(published).when(.changeArea(ChangeArea(land: "DE-BY"))).thenState()
        #expect(state.published?.land == .bayern && state.published?.region == "Rhein-Main")
        #expect(state.versions.map(\.from) == ["2024-01-01", "2026-03-02"])
        #expect(state.from == "2026-03-02")
    }

    @Test func refusals() {
        givenArea(published).when(.changeArea(ChangeArea(name: "Gallus", from: "2026-01-01"))).thenNothing()
        givenArea(published).when(.changeArea(ChangeArea(name: ""))).thenRejected("invalid-name")
        givenArea(published).when(.changeArea(ChangeArea(land: "XX"))).thenRejected(.unknownLand)
        givenArea(published).when(.changeArea(ChangeArea(name: "x", from: "2023-12-31")))
            .thenRejected("version-before-earlier")
        givenArea().when(.changeArea(ChangeArea(name: "x"))).thenRejected(.unknownArea)
        givenArea().when(.closeArea(CloseArea())).thenRejected(.unknownArea)
        givenArea(published, closed).when(.changeArea(ChangeArea(name: "x"))).thenRejected(.alreadyClosed)
        givenArea(published, closed).when(.closeArea(CloseArea())).thenNothing()
    }

    @Test func nobodyNewComesIntoAClosedArea() {
        let surroundings = Surroundings(area: givenArea(published, closed).state)
        let register = CaseCommand.registerParticipant(
            RegisterParticipant(givenName: "A", familyName: "B", bornOn: "2000-01-01", areaId: "gallus"))
        given().when(register, around: surroundings).thenRejected(.unknownArea)
        given().when(register, on: "2026-02-01", around: surroundings).thenAccepted()
    }
}
