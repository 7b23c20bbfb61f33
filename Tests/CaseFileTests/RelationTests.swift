import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("relate-measures") struct RelationTests {
    private let two: [Past<CaseEvent>] = .agreedPlan + [.measureAdded(otherMeasureId)]

    private func relating(
        _ first: UUID = measureId, _ second: UUID = otherMeasureId, _ kind: RelationKind = .before,
        minDays: Int? = nil, maxDays: Int? = nil, tolerance: Int? = nil
    ) -> CaseCommand {
        .relateMeasures(
            RelateMeasures(
                first: first, second: second, relation: kind, minDays: minDays, maxDays: maxDays,
                tolerance: tolerance))
    }

    /// A housemate with one planned measure.
    private func housemate(_ measure: UUID, _ past: [Past<CaseEvent>] = []) -> Surroundings {
        let state = given(
            [
                .participantRegistered(), .officeEngaged(.youthOffice),
                .planDrafted(id(80), office: .youthOffice, kind: .youthSupport), .measureAdded(measure, plan: id(80)),
            ] + past
        ).state
        return Surroundings(housemates: [id(2): state])
    }

    @Test func fillsInWhatIsNotSaid() {
        given(two).when(relating())
            .thenEvents([
                .measuresRelated(
                    MeasuresRelated(
                        first: measureId, second: otherMeasureId, relation: .before, minDays: 1, maxDays: nil,
                        tolerance: 0))
            ])
    }

    @Test func isAboutTwoMeasures() {
        given(two).when(relating(measureId, measureId)).thenRejected(.sameMeasure)
        given(two).when(relating(measureId, id(99))).thenRejected(.unknownMeasure)
        given(two).when(relating(id(99), measureId)).thenRejected(.unknownMeasure)
    }

    @Test func mayReachIntoTheHousehold() {
        given(two).when(relating(measureId, id(90), .concurrent), around: housemate(id(90))).thenAccepted()
        given(two).when(relating(id(90), measureId, .concurrent), around: housemate(id(90)))
            .thenRejected(.unknownMeasure)
    }

    @Test func asksForTheHousemates() {
        let joined = given(two + [.householdJoined()]).state
        #expect(relating().needs(given: joined) == Needs(household: householdId, housemates: true))
        #expect(relating().needs(given: given(two).state) == Needs())
    }

    @Test func isNotSetTwice() {
        given(two + [.measuresRelated()]).when(relating(tolerance: 3)).thenRejected(.alreadyRelated)
        given(two + [.measuresRelated()]).when(relating(measureId, otherMeasureId, .beforeStart)).thenAccepted()
    }

    @Test func doesNotContradictAnother() throws {
        let rejection = try #require(
            given(two + [.measuresRelated()]).when(relating(measureId, otherMeasureId, .after))
                .thenRejected("relation-contradicts"))
        #expect(rejection.detail.contains("before from \(measureId.uuidString.lowercased())"))
        #expect(rejection.detail.contains("after from \(measureId.uuidString.lowercased())"))
    }

    @Test func doesNotContradictOneOfTheHousehold() {
        let elsewhere = Past<CaseEvent>.measuresRelated(id(90), measureId, .before)
        given(two).when(relating(measureId, id(90), .before), around: housemate(id(90), [elsewhere]))
            .thenRejected("relation-contradicts")
    }

    @Test func doesNotContradictOneThatIsGivenUp() {
        given(
            two + [
                .measureAdded(id(22)), .measuresRelated(measureId, id(22)), .measuresRelated(id(22), otherMeasureId),
            ]
        ).when(relating(otherMeasureId, measureId)).thenRejected("relation-contradicts")
        given(
            two + [
                .measureAdded(id(22)), .measuresRelated(measureId, id(22)), .measuresRelated(id(22), otherMeasureId),
                .measureAbandoned(id(22)),
            ]
        ).when(relating(otherMeasureId, measureId)).thenAccepted()
    }

    @Test func isNotAboutMeasuresGivenUp() {
        given(two + [.measureAbandoned()]).when(relating()).thenRejected(.alreadyEnded)
    }

    @Test func takesSoundNumbers() {
        given(two).when(relating(minDays: 5, maxDays: 4)).thenRejected(.invalidMaxDays)
        given(two).when(relating(maxDays: 0)).thenRejected(.invalidMaxDays)
        given(two).when(relating(minDays: 5, maxDays: 5)).thenAccepted()
        given(two).when(relating(minDays: -5)).thenAccepted()
        given(two).when(relating(tolerance: -1)).thenRejected(.invalidTolerance)
        given(two).when(relating(minDays: .max)).thenRejected(.invalidDays)
        given(two).when(relating(minDays: .min)).thenRejected(.invalidDays)
        given(two).when(relating(tolerance: .max)).thenRejected(.invalidDays)
    }
}
