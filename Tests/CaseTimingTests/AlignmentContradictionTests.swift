import CaseTiming
import Ledger
import Testing

@Suite struct AlignmentContradictionTests {
    private func measure(
        _ id: String, _ first: CalendarDate, _ last: CalendarDate, earliest: CalendarDate? = nil,
        latest: CalendarDate? = nil, movable: Bool = true, of capacity: OfficeCapacity? = nil
    ) -> AlignmentMeasure {
        AlignmentMeasure(
            id: id, days: days(first, last), earliestStart: earliest, latestEnd: latest, isMovable: movable,
            capacity: capacity)
    }

    @Test func anOfficesWindowIsNamedWhereItStandsInTheWay() throws {
        let spring = OfficeCapacity(to: "2026-04-05")
        #expect(
            try sentences(
                [
                    measure("a", "2026-03-01", "2026-03-31", movable: false),
                    measure("b", "2026-03-22", "2026-03-28", latest: "2026-12-31", of: spring),
                ], AlignmentRelation(first: "a", second: "b", kind: .before))
                == [
                    "Measure a cannot move: it lies from 2026-03-01 to 2026-03-31. Measure b has to start at least 1 day "
                        + "after measure a ends. The office has no room for measure b after 2026-04-05."
                ])
        #expect(
            try sentences([measure("a", "2026-03-01", "2026-03-31", earliest: "2026-03-20", of: spring)])
                == [
                    "Measure a lasts 31 days and can neither start before 2026-03-20 nor end after 2026-04-05, where the "
                        + "office has room for it."
                ])
    }

    @Test func gapsBetweenWindowsAreNamedWhereTheyStandInTheWay() throws {
        let office = OfficeCapacity(
            CapacityWindows([
                CapacityWindow(from: "2026-01-07", to: "2026-03-27"),
                CapacityWindow(from: "2026-04-20", to: "2026-07-03"),
            ]))
        let room = "There is room for measure b from 2026-01-07 to 2026-03-27 or from 2026-04-20 to 2026-07-03."
        #expect(
            try sentences(
                [
                    measure("a", "2026-03-01", "2026-03-31", movable: false),
                    measure("b", "2026-02-02", "2026-02-13", of: office),
                    measure("c", "2026-02-02", "2026-02-13"),
                ],
                AlignmentRelation(first: "a", second: "b", kind: .before, maxDays: 14),
                AlignmentRelation(first: "b", second: "c", kind: .concurrentWithStart))
                == [
                    "Measure a cannot move: it lies from 2026-03-01 to 2026-03-31. Measure b has to start 1 to 14 days "
                        + "after measure a ends. \(room)"
                ])
        #expect(
            try sentences([measure("a", "2026-03-01", "2026-06-30", of: office)])
                == [
                    "Measure a lasts 122 days and fits nowhere where there is room for it: from 2026-01-07 to 2026-03-27 "
                        + "or from 2026-04-20 to 2026-07-03."
                ])
    }

    private func sentences(_ measures: [AlignmentMeasure], _ relations: AlignmentRelation...) throws -> [String]? {
        Alignment(of: try AlignmentProblem(measures: measures, relations: relations)).contradiction?.members
            .map(\.sentence)
    }

    @Test func twoRelationsThatContradictEachOtherAreNamed() throws {
        let two = [measure("a", "2026-03-01", "2026-03-31"), measure("b", "2026-03-22", "2026-04-30")]
        let found = try sentences(
            two, AlignmentRelation(first: "a", second: "b", kind: .before),
            AlignmentRelation(first: "b", second: "a", kind: .before, tolerance: 2),
            AlignmentRelation(first: "a", second: "b", kind: .beforeEnd))
        #expect(
            found == [
                "Measure b has to start at least 1 day after measure a ends.",
                "Measure a has to start at least 1 day after measure b ends, give or take 2 days.",
            ])
        #expect(
            try sentences(two, AlignmentRelation(first: "a", second: "b", kind: .before, minDays: 5, maxDays: 3))
                == ["Measure b has to start at least 5 days and at most 3 days after after measure a ends."]
                .map { $0.replacing("after after", with: "after") })
    }

    @Test func limitsAreToldWithTheRelationsTheyStandAgainst() throws {
        let found = try sentences(
            [
                measure("a", "2026-03-01", "2026-03-31", movable: false), measure("b", "2026-04-01", "2026-04-10"),
                measure("c", "2026-04-11", "2026-04-30", latest: "2026-04-28"),
            ], AlignmentRelation(first: "a", second: "b", kind: .before),
            AlignmentRelation(first: "b", second: "c", kind: .before))
        #expect(
            found == [
                "Measure a cannot move: it lies from 2026-03-01 to 2026-03-31. Measure b has to start at least 1 day after "
                    + "measure a ends.",
                "Measure c has to start at least 1 day after measure b ends. Measure c cannot end after 2026-04-28.",
            ])
        let fixed = try sentences(
            [
                measure("a", "2026-03-01", "2026-03-31", movable: false),
                measure("b", "2026-03-22", "2026-04-30", movable: false),
            ], AlignmentRelation(first: "a", second: "b", kind: .concurrentWithStart, tolerance: 7))
        #expect(fixed?.count == 1)
        #expect(fixed?.first?.hasSuffix("Measure a cannot move: it lies from 2026-03-01 to 2026-03-31.") == true)
    }

    @Test func aMeasureWithoutRoomIsNamedByItself() throws {
        let found = Alignment(
            of: try AlignmentProblem(
                measures: [measure("a", "2026-03-01", "2026-03-31", earliest: "2026-03-01", latest: "2026-03-30")],
                relations: [])
        ).contradiction?.members
        #expect(found?.map(\.first) == ["a"] && found?.map(\.second) == ["a"] && found?.first?.relation == nil)
        #expect(
            found?.first?.sentence
                == "Measure a lasts 31 days and can neither start before 2026-03-01 nor end after 2026-03-30.")
    }

    /// Compared with every smaller set of relations, and with every set that lacks one.
    @Test(arguments: 0..<8) func noSmallerSetContradicts(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var contradictions = 0
        for _ in 0..<80 {
            let alignment = RandomAlignment(
                &generator, measures: generator.integer(2...5), relations: generator.integer(2...7), spread: 6)
            guard let contradiction = alignment.solution.contradiction else { continue }
            func isContradictory(_ relations: [AlignmentRelation]) -> Bool {
                var part = alignment
                part.relations = relations
                return part.solution.contradiction != nil
            }
            let members = contradiction.members.compactMap(\.relation)
            guard members.count == contradiction.members.count else {
                #expect(contradiction.members.count == 1 && isContradictory([]))
                continue
            }
            contradictions += 1
            #expect(!members.isEmpty && Set(members).isSubset(of: Set(alignment.relations)))
            #expect(isContradictory(members))
            for index in members.indices {
                var rest = members
                rest.remove(at: index)
                #expect(!isContradictory(rest))
            }
            for bits in 0..<(1 << alignment.relations.count) where bits.nonzeroBitCount < members.count {
                #expect(
                    !isContradictory(
                        alignment.relations.indices.filter { bits >> $0 & 1 == 1 }.map { alignment.relations[$0] }))
            }
        }
        #expect(contradictions > 10)
    }

    /// Where gaps contradict, there may be a set with fewer members, but none within it.
    @Test(arguments: 0..<8) func everyMemberIsNeededWhereThereAreGaps(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var contradictions = 0
        for _ in 0..<80 {
            let alignment = RandomAlignment(
                &generator, measures: generator.integer(2...6), relations: generator.integer(2...8), spread: 20,
                withWindows: true)
            guard let contradiction = alignment.solution.contradiction else { continue }
            let members = contradiction.members.compactMap(\.relation)
            guard members.count == contradiction.members.count else { continue }
            func isContradictory(_ relations: [AlignmentRelation]) -> Bool {
                var part = alignment
                part.relations = relations
                return part.solution.contradiction != nil
            }
            contradictions += 1
            #expect(!members.isEmpty && isContradictory(members))
            for index in members.indices {
                var rest = members
                rest.remove(at: index)
                #expect(!isContradictory(rest))
            }
        }
        #expect(contradictions > 10)
    }

    @Test func aCircleOfManyIsNamedInItsOrder() throws {
        let measures = (0..<60).map { measure("m\($0)", "2026-03-01", "2026-03-10") }
        let circle = (0..<60).map { AlignmentRelation(first: "m\($0)", second: "m\(($0 + 1) % 60)", kind: .before) }
        let found = Alignment(of: try AlignmentProblem(measures: measures, relations: circle.reversed()))
            .contradiction?.members
        #expect(found?.count == 60)
        let neighbours = found.map { zip($0, $0.dropFirst() + $0.prefix(1)) }
        #expect(neighbours?.allSatisfy { $0.second == $1.first } == true)
    }
}
