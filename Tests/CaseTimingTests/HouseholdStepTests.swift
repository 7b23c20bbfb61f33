import CaseTiming
import Ledger
import Testing

@Suite struct HouseholdStepTests {
    private func family(
        _ kind: RelationKind, _ first: TimedPerson.Part? = .adult, _ second: TimedPerson.Part? = .young,
        scope: TimingScope = .household(id("household"))
    ) -> Given {
        given(
            scope: scope, .person("ada", first), .person("ben", second),
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-29"),
            .measure("training", .youthOffice, of: "ben", "2026-06-01", "2026-08-31"),
            .relation("welding", kind, "training"))
    }

    @Test func anAdultsAndAYouthsMeasuresThatFallApart() {
        let found = family(.concurrent).when(today: "2026-03-01")
            .then(pairKey("sequence", "welding", "training"), pairKey("household-step", "welding", "training"))
        let step = found.report.findings.last
        #expect(step?.owner == .household(id("household")) && step?.days == 91)
        #expect(step?.cases == [id("ada"), id("ben")].sorted() && step?.measures == [id("welding"), id("training")])
        #expect(
            step?.explanation
                == "What an adult and a young person of this household do was to lie in step. The job centre's measure and the "
                + "youth office's measure should run at the same time, but lie 91 days too far apart. The first is set for "
                + "2026-03-02 to 2026-05-29, the second for 2026-06-01 to 2026-08-31.")
        family(.after).when(today: "2026-03-01")
            .then(
                pairKey("relation", "welding", "training", ":after"), pairKey("household-step", "welding", "training"))
        family(.before).when(today: "2026-03-01").thenNothing()
    }

    @Test func onlyBetweenAnAdultAndAYoungPersonOfOneHousehold() {
        for (first, second) in [(TimedPerson.Part.adult, TimedPerson.Part.adult), (.young, .young)] {
            family(.after, first, second).when(today: "2026-03-01")
                .then(pairKey("relation", "welding", "training", ":after"))
        }
        family(.after, .young, .adult).when(today: "2026-03-01")
            .then(
                pairKey("relation", "welding", "training", ":after"), pairKey("household-step", "welding", "training"))
        family(.after, .adult, nil).when(today: "2026-03-01")
            .then(pairKey("relation", "welding", "training", ":after"))
        family(.after, scope: .singleCase(id("ada"))).when(today: "2026-03-01")
            .then(pairKey("relation", "welding", "training", ":after"))
    }

    @Test func ofSeveralRelationsTheWorstIsTold() {
        let found = given(
            .person("ada", .adult), .person("ben", .young),
            .measure("welding", .jobCentre, "2026-03-02", "2026-05-29"),
            .measure("training", .youthOffice, of: "ben", "2026-06-01", "2026-08-31"),
            .relation("welding", .after, "training"), .relation("welding", .concurrentWithStart, "training")
        )
        .when(today: "2026-03-01").report.findings.filter { $0.kind == .householdStep }
        #expect(found.map(\.days) == [183])
    }
}
