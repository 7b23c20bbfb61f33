import CaseTiming
import Ledger
import Testing

@Suite struct AlignmentTests {
    private func measure(
        _ id: String, _ first: CalendarDate, _ last: CalendarDate, earliest: CalendarDate? = nil,
        latest: CalendarDate? = nil, movable: Bool = true, weight: Int? = nil, in windows: CapacityWindows = .always,
        of capacity: OfficeCapacity? = nil
    ) -> AlignmentMeasure {
        AlignmentMeasure(
            id: id, days: days(first, last), earliestStart: earliest, latestEnd: latest, isMovable: movable,
            weight: weight, windows: windows, capacity: capacity)
    }

    private func align(_ measures: [AlignmentMeasure], _ relations: AlignmentRelation...) throws -> Alignment {
        Alignment(of: try AlignmentProblem(measures: measures, relations: relations))
    }

    @Test func whatIsInStepStays() throws {
        let result = try align(
            [measure("a", "2026-03-01", "2026-03-31"), measure("b", "2026-04-01", "2026-04-30")],
            AlignmentRelation(first: "a", second: "b", kind: .before))
        #expect(result.days == ["a": 0, "b": 0])
        #expect(result.cost == 0)
        #expect(try align([]).days == [:])
    }

    @Test func theCheaperOfTwoMoves() throws {
        func shifts(_ weightOfA: Int, _ weightOfB: Int) throws -> [String: Int]? {
            try align(
                [
                    measure("a", "2026-03-01", "2026-03-31", weight: weightOfA),
                    measure("b", "2026-03-22", "2026-04-30", weight: weightOfB),
                ], AlignmentRelation(first: "a", second: "b", kind: .before)
            ).days
        }
        #expect(try shifts(1, 2) == ["a": -10, "b": 0])
        #expect(try shifts(2, 1) == ["a": 0, "b": 10])
        // At equal cost everything starts as early as it can.
        #expect(try shifts(1, 1) == ["a": -10, "b": 0])
    }

    @Test func ofEqualCostTheEarliestIsChosen() throws {
        // Both want to overlap; that they meet anywhere between costs the same.
        let result = try align(
            [measure("b", "2026-03-01", "2026-03-10"), measure("a", "2026-03-21", "2026-03-30")],
            AlignmentRelation(first: "a", second: "b", kind: .concurrentWithStart))
        #expect(result.days == ["a": -20, "b": 0])
        #expect(result.cost == 20)
    }

    @Test func whatHasStartedOrIsBoundedIsMovedAround() throws {
        let started = try align(
            [
                measure("a", "2026-03-01", "2026-03-31", movable: false),
                measure("b", "2026-03-22", "2026-04-30", weight: 9),
            ],
            AlignmentRelation(first: "a", second: "b", kind: .before))
        #expect(started.days == ["a": 0, "b": 10])
        #expect(started.cost == 90)
        let bounded = try align(
            [
                measure("a", "2026-03-01", "2026-03-31", earliest: "2026-02-25"),
                measure("b", "2026-03-22", "2026-04-30", weight: 9),
            ], AlignmentRelation(first: "a", second: "b", kind: .before))
        #expect(bounded.days == ["a": -4, "b": 6])
        #expect(bounded.cost == 58)
    }

    @Test func limitsAloneMoveAMeasure() throws {
        #expect(try align([measure("a", "2026-03-01", "2026-03-31", earliest: "2026-03-05")]).days == ["a": 4])
        #expect(try align([measure("a", "2026-03-01", "2026-03-31", latest: "2026-03-30")]).days == ["a": -1])
        let fixed = measure("a", "2026-03-01", "2026-03-31", earliest: "2026-03-05", movable: false)
        #expect(try align([fixed]).days == ["a": 0])
    }

    @Test func anOfficesWindowBoundsWhatCanMove() throws {
        let office = OfficeCapacity(from: "2026-02-25", to: "2026-12-31")
        func shifts(_ a: AlignmentMeasure) throws -> [String: Int]? {
            try align(
                [a, measure("b", "2026-03-22", "2026-04-30", weight: 9)],
                AlignmentRelation(first: "a", second: "b", kind: .before)
            ).days
        }
        #expect(try shifts(measure("a", "2026-03-01", "2026-03-31", of: office)) == ["a": -4, "b": 6])
        // The narrower of an office's window and a measure's own limits counts.
        #expect(
            try shifts(measure("a", "2026-03-01", "2026-03-31", earliest: "2026-02-01", of: office))
                == ["a": -4, "b": 6])
        #expect(
            try shifts(measure("a", "2026-03-01", "2026-03-31", earliest: "2026-02-27", of: office))
                == ["a": -2, "b": 8])
        // What has started stays where it is, in the window or not.
        let closed = OfficeCapacity(to: "2026-03-15")
        #expect(
            try shifts(measure("a", "2026-03-01", "2026-03-31", movable: false, of: closed)) == ["a": 0, "b": 10])
        #expect(try align([measure("a", "2026-03-01", "2026-03-31", of: closed)]).days == ["a": -16])
    }

    @Test func ofSeveralWindowsTheCheapestIsChosen() throws {
        let terms = CapacityWindows([
            CapacityWindow(from: "2026-04-20", to: "2026-07-03"), CapacityWindow(from: "2026-01-07", to: "2026-03-27"),
        ])
        let office = OfficeCapacity(terms)
        // Ten days of March and April reach into the holidays: five days earlier, or 28 later.
        #expect(try align([measure("a", "2026-03-23", "2026-04-01", of: office)]).days == ["a": -5])
        #expect(try align([measure("a", "2026-04-08", "2026-04-17", of: office)]).days == ["a": 12])
        #expect(try align([measure("a", "2026-04-05", "2026-04-08", of: office)]).days == ["a": -12])
        // As far to either side: the earlier one.
        #expect(try align([measure("a", "2026-04-07", "2026-04-09", of: office)]).days == ["a": -13])
        // What has begun stays, and what is too long for one of them goes into another.
        #expect(try align([measure("a", "2026-03-23", "2026-04-01", movable: false, of: office)]).days == ["a": 0])
        let long = measure(
            "a", "2026-03-01", "2026-05-09", in: terms,
            of: OfficeCapacity(CapacityWindows([CapacityWindow(from: "2026-03-01"), CapacityWindow(to: "2026-01-01")])))
        #expect(try align([long]).days == ["a": 50])
        // The second follows the first, and the two together go where that costs least.
        func pair(_ weight: Int) throws -> [String: Int]? {
            try align(
                [
                    measure("a", "2026-03-02", "2026-03-20", weight: weight, of: office),
                    measure("b", "2026-03-18", "2026-03-27", of: office),
                ], AlignmentRelation(first: "a", second: "b", kind: .before)
            ).days
        }
        #expect(try pair(1) == ["a": -3, "b": 0])
        #expect(try pair(12) == ["a": 0, "b": 33])
    }

    @Test func windowsAreTheDaysOfAllOfThem() {
        func windows(_ spans: (CalendarDate?, CalendarDate?)...) -> CapacityWindows {
            CapacityWindows(spans.map { CapacityWindow(from: $0.0, to: $0.1) })
        }
        #expect(windows(("2026-02-01", "2026-02-28"), ("2026-03-01", nil)) == windows(("2026-02-01", nil)))
        #expect(windows(("2026-03-02", nil), ("2026-02-01", "2026-02-28")).windows.count == 2)
        #expect(windows(("2026-02-01", "2026-06-30"), ("2026-03-01", "2026-03-31")).windows.count == 1)
        #expect(windows((nil, "2026-02-01"), ("2026-01-01", nil)) == .always)
        #expect(windows(("2026-02-02", "2026-02-01")).windows == [])
    }

    @Test func anOfficesWeightIsThatOfItsMeasures() throws {
        let office = OfficeCapacity(weight: 3)
        func shifts(_ weight: Int?) throws -> [String: Int]? {
            try align(
                [
                    measure("a", "2026-03-01", "2026-03-31", weight: weight, of: office),
                    measure("b", "2026-03-22", "2026-04-30", weight: 2),
                ], AlignmentRelation(first: "a", second: "b", kind: .before)
            ).days
        }
        #expect(try shifts(nil) == ["a": 0, "b": 10])
        // One of the measure's own wins.
        #expect(try shifts(1) == ["a": -10, "b": 0])
        #expect(OfficeCapacity(weight: -1).weight == 0)
    }

    @Test func aMeasureThatWeighsNothingMovesOnlyAsFarAsNeeded() throws {
        let result = try align(
            [measure("a", "2026-03-01", "2026-03-31"), measure("b", "2026-03-22", "2026-04-30", weight: 0)],
            AlignmentRelation(first: "a", second: "b", kind: .before))
        #expect(result.days == ["a": 0, "b": 10])
        #expect(result.cost == 0)
    }

    @Test func anOverlapIsAskedOfTheShorterMeasure() throws {
        let two = [measure("a", "2026-03-01", "2026-03-31"), measure("b", "2026-05-01", "2026-05-10", weight: 0)]
        func shift(_ tolerance: Int) throws -> Int? {
            try align(two, AlignmentRelation(first: "a", second: "b", kind: .concurrent, tolerance: tolerance)).days?[
                "b"]
        }
        #expect(try shift(0) == -40)
        #expect(try shift(3) == -37)
        #expect(try shift(9) == -31)
        #expect(try shift(10) == 0)
    }

    @Test func problemsThatAreNoneAreRefused() {
        let two = [measure("a", "2026-03-01", "2026-03-31"), measure("b", "2026-03-22", "2026-04-30")]
        func flaw(_ measures: [AlignmentMeasure], _ relations: AlignmentRelation...) -> AlignmentProblem.Flaw? {
            do throws(AlignmentProblem.Flaw) {
                _ = try AlignmentProblem(measures: measures, relations: relations)
                return nil
            } catch {
                return error
            }
        }
        #expect(flaw(two + [two[0]]) == .repeatedMeasure(2))
        #expect(flaw([measure("a", "2026-03-01", "2026-03-31", weight: -1)]) == .weightOutOfRange(0))
        #expect(
            flaw(two, AlignmentRelation(first: "x", second: "b", kind: .before))
                == .unknownMeasure(relation: 0, isFirst: true))
        #expect(
            flaw(two, AlignmentRelation(first: "a", second: "x", kind: .before))
                == .unknownMeasure(relation: 0, isFirst: false))
        #expect(flaw(two, AlignmentRelation(first: "a", second: "a", kind: .before)) == .relationToItself(0))
        #expect(
            flaw(two, AlignmentRelation(first: "a", second: "b", kind: .before, tolerance: -1)) == .negativeTolerance(0)
        )
        #expect(flaw(two) == nil)
    }

    // MARK: Properties

    @Test(arguments: 0..<24) func noSearchOverAllShiftsFindsBetterOrEarlier(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var (solved, refused) = (0, 0)
        for _ in 0..<60 {
            let count = generator.integer(2...3)
            let alignment = RandomAlignment(
                &generator, measures: count, relations: generator.integer(1...4), spread: 4,
                withOffices: seed >= 8, withWindows: seed >= 16)
            let result = alignment.solution
            let reach = 9
            var best: (cost: Int, free: Int, days: [Int])?
            var earliest: [Int] = []
            func search(_ days: [Int]) {
                guard days.count == count else {
                    for day in -reach...reach { search(days + [day]) }
                    return
                }
                guard
                    holds(alignment, Dictionary(uniqueKeysWithValues: days.enumerated().map { ("m\($0)", $1) }))
                else { return }
                let cost = zip(alignment.measures, days).reduce(0) { $0 + $1.0.weight * abs($1.1) }
                let free = zip(alignment.measures, days).reduce(0) { $0 + ($1.0.weight == 0 ? abs($1.1) : 0) }
                if best.map({ (cost, free) < ($0.cost, $0.free) }) ?? true {
                    best = (cost, free, days)
                    earliest = days
                } else if best.map({ (cost, free) == ($0.cost, $0.free) }) ?? false {
                    earliest = zip(earliest, days).map { min($0, $1) }
                }
            }
            search([])
            if let days = result.days {
                solved += 1
                #expect(holds(alignment, days))
                guard days.values.allSatisfy({ abs($0) <= reach }) else { continue }
                #expect(result.cost == best.map { Int128($0.cost) })
                #expect((0..<count).map { days["m\($0)"] } == earliest)
            } else {
                refused += 1
                #expect(best == nil)
            }
        }
        #expect(solved > 10 && refused > 2)
    }

    @Test(arguments: 0..<18) func theOrderAndTheDateOfTheInputDoNotMatter(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let alignment = RandomAlignment(
                &generator, measures: generator.integer(2...9), relations: generator.integer(1...10), spread: 40,
                withOffices: seed >= 6, withWindows: seed >= 12)
            let result = alignment.solution
            var shuffled = alignment
            shuffled.measures.shuffle(using: &generator)
            shuffled.relations.shuffle(using: &generator)
            #expect(shuffled.solution == result)
            let later = generator.integer(-700...700)
            var moved = alignment
            moved.measures = moved.measures.map { measure in
                AlignmentMeasure(
                    id: measure.id, days: measure.days.shifted(by: later),
                    earliestStart: measure.earliestStart.map { $0 + later },
                    latestEnd: measure.latestEnd.map { $0 + later }, isMovable: measure.isMovable,
                    weight: measure.weight, windows: measure.windows.moved(by: later),
                    capacity: measure.capacity.map { office in
                        OfficeCapacity(office.windows.moved(by: later), weight: office.weight)
                    })
            }
            #expect(moved.solution.days == result.days)
            #expect(moved.solution.cost == result.cost)
            #expect(
                moved.solution.contradiction?.members.map(\.relation) == result.contradiction?.members.map(\.relation))
        }
    }

    @Test(arguments: 0..<18) func whatHasBeenAlignedStays(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let alignment = RandomAlignment(
                &generator, measures: generator.integer(2...9), relations: generator.integer(1...7), spread: 40,
                withOffices: seed >= 6, withWindows: seed >= 12)
            guard let shifts = alignment.solution.days else { continue }
            var aligned = alignment
            aligned.measures = aligned.measures.map { measure in
                AlignmentMeasure(
                    id: measure.id, days: measure.days.shifted(by: shifts[measure.id] ?? 0),
                    earliestStart: measure.earliestStart, latestEnd: measure.latestEnd, isMovable: measure.isMovable,
                    weight: measure.weight, windows: measure.windows, capacity: measure.capacity)
            }
            #expect(aligned.solution.days?.values.allSatisfy { $0 == 0 } == true)
        }
    }
}

extension CapacityWindows {
    fileprivate func moved(by days: Int) -> CapacityWindows {
        CapacityWindows(windows.map { CapacityWindow(from: $0.from.map { $0 + days }, to: $0.to.map { $0 + days }) })
    }
}
