import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("unrelate-measures") struct UnrelateMeasuresTests {
    private let related: [Past<CaseEvent>] =
        .agreedPlan + [
            .measureAdded(otherMeasureId), .measuresRelated(),
            .measuresRelated(measureId, otherMeasureId, .beforeStart),
        ]

    private func unrelating(
        _ first: UUID = measureId, _ second: UUID = otherMeasureId, _ kind: RelationKind? = .before
    ) -> CaseCommand {
        .unrelateMeasures(UnrelateMeasures(first: first, second: second, relation: kind, reason: "moved"))
    }

    @Test func takesOneRelationBack() {
        given(related).when(unrelating())
            .thenEvents([
                .measuresUnrelated(
                    MeasuresUnrelated(first: measureId, second: otherMeasureId, relation: .before, reason: "moved"))
            ])
        #expect(given(related).when(unrelating()).thenState().relations.map(\.relation.kind) == [.beforeStart])
    }

    @Test func takesAllOfThemBackUnlessOneIsNamed() {
        let state = given(related).when(unrelating(measureId, otherMeasureId, nil)).thenState()
        #expect(state.relations.isEmpty)
        #expect(state.relatedMeasures(of: id(1)).isEmpty)
    }

    @Test func theyCanBeRelatedAnew() {
        given(related + [.measuresUnrelated()])
            .when(.relateMeasures(RelateMeasures(first: measureId, second: otherMeasureId, relation: .before)))
            .thenAccepted()
    }

    @Test func needsARelationOfThisCase() {
        given(related).when(unrelating(otherMeasureId, measureId)).thenRejected(.unknownRelation)
        given(related).when(unrelating(measureId, otherMeasureId, .after)).thenRejected(.unknownRelation)
        given(related).when(unrelating(measureId, id(99))).thenRejected(.unknownRelation)
        given(related + [.measuresUnrelated()]).when(unrelating()).thenRejected(.unknownRelation)
    }

    @Test func isForThoseWhomItBinds() {
        let offices: [Past<CaseEvent>] = [.officeEngaged(.youthOffice), .officeEngaged(.socialOffice)]
        let youthPlan: [Past<CaseEvent>] = [
            .planDrafted(otherPlanId, office: .youthOffice, kind: .youthSupport),
            .measureAdded(id(22), plan: otherPlanId),
            .measuresRelated(measureId, id(22), .concurrent).by(.socialOffice),
        ]
        let history = given(.agreedPlan + offices + youthPlan)
        for actor in [Actor.jobCentre, .youthOffice, .socialOffice] {
            history.when(unrelating(measureId, id(22), nil), by: actor).thenAccepted()
        }
        given(related + offices).when(unrelating(), by: .youthOffice).thenRejected(.notYourRelation)
    }
}
