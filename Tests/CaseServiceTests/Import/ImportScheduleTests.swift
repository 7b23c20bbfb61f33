import Testing

@testable import CaseService

@Suite struct ImportScheduleTests {
    private typealias Claims = ImportSchedule.Claims

    @Test func linesOfOneStreamKeepTheirOrder() {
        var schedule = ImportSchedule()
        #expect(schedule.add(1, Claims(alone: ["a"])) == true)
        #expect(schedule.add(2, Claims(alone: ["a"])) == false)
        #expect(schedule.add(3, Claims(alone: ["b"])) == true)
        #expect(schedule.add(4, Claims(alone: ["a"])) == false)
        #expect(schedule.finish(3) == [])
        #expect(schedule.finish(1) == [2])
        #expect(schedule.finish(2) == [4])
        #expect(schedule.finish(4) == [])
        #expect(schedule.add(5, Claims(alone: ["a", "b"])) == true, "nothing is left behind")
    }

    @Test func manyLookAtWhatOneChanges() {
        var schedule = ImportSchedule()
        #expect(schedule.add(1, Claims(alone: ["area"])) == true)
        #expect(schedule.add(2, Claims(alone: ["a"], shared: ["area"])) == false)
        #expect(schedule.add(3, Claims(alone: ["b"], shared: ["area"])) == false)
        #expect(schedule.add(4, Claims(alone: ["area"])) == false)
        #expect(schedule.add(5, Claims(alone: ["c"], shared: ["area"])) == false, "it is later than the change")
        #expect(schedule.finish(1) == [2, 3])
        #expect(schedule.finish(3) == [])
        #expect(schedule.finish(2) == [4])
        #expect(schedule.finish(4) == [5])
    }

    @Test func whoNeedsSeveralWaitsForAllOfThem() {
        var schedule = ImportSchedule()
        #expect(schedule.add(1, Claims(alone: ["a"])) == true)
        #expect(schedule.add(2, Claims(alone: ["b"])) == true)
        #expect(schedule.add(3, Claims(alone: ["a", "b"])) == false)
        #expect(schedule.add(4, Claims(alone: ["b"])) == false)
        #expect(schedule.finish(2) == [])
        #expect(schedule.finish(1) == [3])
        #expect(schedule.finish(3) == [4])
        #expect(schedule.finish(99) == [], "what it does not know changes nothing")
    }

    @Test(arguments: 1...20)
    func everyLineHasItsTurnAndNeverTwoChangeTheSame(_ seed: UInt64) {
        var generator = Seeded(state: seed)
        var schedule = ImportSchedule()
        var open: [Int: Claims] = [:]
        var running: Set<Int> = []
        var finished: [Int] = []
        for number in 1...400 {
            let names = (0..<6).filter { _ in generator.next() % 3 == 0 }.map { "\($0)" }
            let claims = Claims(alone: Set(names.prefix(2)), shared: Set(names.dropFirst(1)))
            open[number] = claims
            if schedule.add(number, claims) { running.insert(number) }
            while running.count > 5 || number == 400, let done = running.randomElement(using: &generator) {
                for other in running where other != done {
                    let (one, two) = (open[done] ?? Claims(), open[other] ?? Claims())
                    #expect(one.alone.isDisjoint(with: two.alone.union(two.shared)), "\(done) beside \(other)")
                }
                running.remove(done)
                finished.append(done)
                running.formUnion(schedule.finish(done))
            }
        }
        #expect(finished.sorted() == Array(1...400))
    }

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11
        }
    }
}
