import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("publish-area") struct AreaTests {
    @Test func makesAnAreaKnown() {
        givenArea().when(
            .publishArea(PublishArea(name: "Gallus", region: "Rhein-Main", land: "DE-HE")), by: .administrator,
            on: "2026-01-01"
        ).thenEvents([
            .areaPublished(AreaPublished(name: "Gallus", region: "Rhein-Main", land: .hessen, from: "2026-01-01"))
        ])
    }

    @Test(arguments: ["HE", "DE-HE"]) func takesALandWithOrWithoutTheCountry(_ land: String) {
        let state = givenArea().when(.publishArea(PublishArea(name: "Gallus", land: land))).thenState()
        #expect(state.published?.land == .hessen)
    }

    @Test(arguments: ["", "XX", "he", "AT-9", "DE-DE-HE"]) func refusesOtherLands(_ land: String) {
        givenArea().when(.publishArea(PublishArea(name: "Gallus", land: land))).thenRejected(.unknownLand)
    }

    @Test func publishingAgainChangesNothing() {
        let published = Past<AreaEvent>(event: .areaPublished(AreaPublished(name: "Gallus", from: "2026-01-01")))
        givenArea(published).when(.publishArea(PublishArea(name: "Gallus", from: "2026-01-01"))).thenNothing()
        givenArea(published).when(.publishArea(PublishArea(name: "Nordend"))).thenRejected(.alreadyPublished)
    }

    @Test func needsAName() {
        givenArea().when(.publishArea(PublishArea(name: ""))).thenRejected("invalid-name")
    }
}

@Suite("publish-partner") struct PartnerTests {
    @Test func makesAPartnerKnown() {
        givenPartner().when(
            .publishPartner(PublishPartner(name: "Werkhof", sector: .thirdSector, services: ["welding", "welding"]))
        ).thenEvents([
            .partnerPublished(PartnerPublished(name: "Werkhof", sector: .thirdSector, services: ["welding"]))
        ])
    }

    @Test func publishingAgainChangesNothing() {
        let published = Past<PartnerEvent>(
            event: .partnerPublished(PartnerPublished(name: "Werkhof", sector: .thirdSector)))
        givenPartner(published).when(.publishPartner(PublishPartner(name: "Werkhof", sector: .thirdSector)))
            .thenNothing()
        givenPartner(published).when(.publishPartner(PublishPartner(name: "Werkhof", sector: .business)))
            .thenRejected(.alreadyPublished)
    }

    @Test func needsAName() {
        givenPartner().when(.publishPartner(PublishPartner(name: " ", sector: .culture))).thenRejected("invalid-name")
    }
}

@Suite("publish-offer and its places") struct OfferTests {
    private func publishing(_ change: (inout PublishOffer) -> Void = { _ in }) -> OfferCommand {
        var command = PublishOffer(title: "Bakery", kind: .job, capacity: 1)
        change(&command)
        return .publishOffer(command)
    }

    private func published(openUntil: CalendarDate? = nil, endsOn: CalendarDate? = nil) -> Past<OfferEvent> {
        Past(
            event: .offerPublished(
                OfferPublished(title: "Bakery", kind: .job, capacity: 1, endsOn: endsOn, openUntil: openUntil)))
    }

    private let taking = OfferCommand.takePlace(TakePlace(caseId: id(1), placementId: placementId))
    private let releasing = OfferCommand.releasePlace(ReleasePlace(caseId: id(1), placementId: placementId))
    private let taken = Past<OfferEvent>(event: .placeTaken(PlaceTaken(caseId: id(1), placementId: placementId)))
    private let takenByAnother = Past<OfferEvent>(
        event: .placeTaken(PlaceTaken(caseId: id(2), placementId: otherPlacementId)))

    @Test func makesAnOfferKnown() {
        givenOffer().when(publishing()).thenEvents([published().event])
    }

    @Test func publishingAgainChangesNothing() {
        givenOffer(published()).when(publishing()).thenNothing()
        givenOffer(published()).when(publishing { $0.capacity = 2 }).thenRejected(.alreadyPublished)
    }

    @Test func takesSoundValues() {
        givenOffer().when(publishing { $0.title = "" }).thenRejected("invalid-title")
        givenOffer().when(publishing { $0.capacity = 0 }).thenRejected(.invalidCapacity)
        givenOffer().when(publishing { $0.occupation = "x" }).thenRejected(.invalidOccupation)
        givenOffer().when(
            publishing {
                $0.startsOn = "2026-04-01"
                $0.endsOn = "2026-03-31"
            }
        ).thenRejected(.endsBeforeStart)
    }

    @Test func namesAPublishedAreaAndPartner() {
        givenOffer().when(publishing { $0.areaId = "gallus" }).thenRejected(.unknownArea)
        givenOffer().when(publishing { $0.areaId = "gallus" }, around: .publishedArea).thenAccepted()
        givenOffer().when(publishing { $0.partnerId = partnerId }).thenRejected(.unknownPartner)
        givenOffer().when(publishing { $0.partnerId = partnerId }, around: .publishedPartner).thenAccepted()
        #expect(publishing { $0.areaId = "gallus" }.needs == Needs(area: "gallus"))
        #expect(publishing { $0.partnerId = partnerId }.needs == Needs(provider: partnerId))
    }

    @Test func aPlaceIsTakenOnce() {
        givenOffer(published()).when(taking).thenEvents([taken.event])
        givenOffer(published(), taken).when(taking).thenNothing()
        #expect(givenOffer(published(), taken).state.freePlaces == 0)
    }

    @Test func thereAreOnlySoManyPlaces() {
        givenOffer(published(), takenByAnother).when(taking).thenRejected(.offerFull)
        givenOffer().when(taking).thenRejected(.unknownOffer)
    }

    @Test func aPlaceIsTakenWhileTheOfferIsOpen() {
        givenOffer(published(openUntil: "2026-03-02")).when(taking).thenAccepted()
        givenOffer(published(openUntil: "2026-03-01")).when(taking).thenRejected(.offerClosed)
        givenOffer(published(endsOn: "2026-03-01")).when(taking).thenRejected(.offerClosed)
    }

    @Test func aPlaceGivenBackIsFree() {
        let state = givenOffer(published(), taken).when(releasing).thenState()
        #expect(state.freePlaces == 1)
        givenOffer(published()).when(releasing).thenNothing()
    }
}
