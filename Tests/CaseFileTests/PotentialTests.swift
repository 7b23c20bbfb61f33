import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("assess-potential") struct PotentialTests {
    private let registered = given(.participantRegistered(), .officeEngaged(.jobCentre))

    private func assessing(level: Int? = nil, occupations: [String]? = nil) -> CaseCommand {
        .assessPotential(AssessPotential(strengths: ["patient"], level: level, occupationsSought: occupations))
    }

    @Test func keepsStrengthsBesideObstacles() {
        let state = registered.when(
            .assessPotential(
                AssessPotential(strengths: ["patient"], goals: ["a trade"], obstacles: ["no certificate"], level: 2)),
            on: "2026-02-01"
        ).thenState()
        #expect(state.potential?.personal?.goals == ["a trade"])
        #expect(state.potential?.personal?.obstacles == ["no certificate"])
        #expect(state.potential?.assessed == Provenance(office: .jobCentre, on: "2026-02-01"))
    }

    @Test func canBeRepeated() {
        given(.participantRegistered(), .potentialAssessed()).when(assessing(level: 4)).thenAccepted()
    }

    @Test(arguments: [1, 8]) func takesLevelsOfTheFramework(_ level: Int) {
        registered.when(assessing(level: level)).thenAccepted()
    }

    @Test(arguments: [0, 9, -1]) func refusesOtherLevels(_ level: Int) {
        registered.when(assessing(level: level)).thenRejected(.invalidLevel)
    }

    @Test func takesOccupationsOfTheClassification() {
        registered.when(assessing(occupations: ["2", "24422"])).thenAccepted()
        for code in ["", "244222", "2a", "٣"] {
            registered.when(assessing(occupations: [code])).thenRejected(.invalidOccupation)
        }
    }

    @Test func isNotRecordedAhead() {
        registered.when(assessing(), on: "2026-03-03").thenRejected("in-the-future")
    }
}
