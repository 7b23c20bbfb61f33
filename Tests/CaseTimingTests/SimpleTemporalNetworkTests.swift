import CaseTiming
import Foundation
import Ledger
import Testing

@Suite struct SimpleTemporalNetworkTests {
    private func relation(
        _ first: String, _ kind: RelationKind, _ second: String, min: Int = 1, max: Int? = nil, tolerance: Int = 0
    ) -> TemporalRelation {
        TemporalRelation(
            first: id(first), second: id(second), kind: kind, minDays: min, maxDays: max, tolerance: tolerance)
    }

    private let lengths = [id("a"): 10, id("b"): 20, id("c"): 30, id("d"): 5]

    @Test func aChainIsConsistent() {
        let chain = [relation("a", .before, "b"), relation("b", .before, "c"), relation("a", .before, "d")]
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: chain) == nil)
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: []) == nil)
    }

    @Test func aCircleOfBeforeIsContradictoryAsAWhole() {
        let circle = [relation("a", .before, "b"), relation("b", .before, "c"), relation("c", .before, "a")]
        let found = SimpleTemporalNetwork.contradiction(
            lengths: lengths, relations: circle + [relation("a", .concurrent, "d")])
        #expect(found.map(Set.init) == Set(circle))
    }

    @Test func oneRelationThatCannotHoldIsNamedAlone() {
        let impossible = relation("a", .before, "b", min: 10, max: 4, tolerance: 2)
        let found = SimpleTemporalNetwork.contradiction(
            lengths: lengths, relations: [relation("b", .before, "a"), impossible])
        #expect(found == [impossible])
        let possible = relation("a", .before, "b", min: 10, max: 4, tolerance: 3)
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: [possible]) == nil)
    }

    @Test func aMeasureIsNotBeforeItself() {
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: [relation("a", .before, "a")]) != nil)
        #expect(
            SimpleTemporalNetwork.contradiction(lengths: lengths, relations: [relation("a", .concurrent, "a")]) == nil)
    }

    @Test func concurrentContradictsBeforeUnlessToleratedAsAWhole() {
        let before = relation("a", .before, "b")
        let strict = relation("b", .concurrent, "a", tolerance: 9)
        let found = SimpleTemporalNetwork.contradiction(lengths: lengths, relations: [strict, before])
        #expect(found.map(Set.init) == [before, strict])
        let loose = relation("b", .concurrent, "a", tolerance: 10)
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: [loose, before]) == nil)
    }

    @Test func lengthsMatter() {
        let within = [
            relation("a", .afterStart, "b", min: 0), relation("a", .beforeEnd, "b", min: 0),
        ]
        #expect(SimpleTemporalNetwork.contradiction(lengths: [id("a"): 20, id("b"): 20], relations: within) == nil)
        #expect(SimpleTemporalNetwork.contradiction(lengths: [id("a"): 21, id("b"): 20], relations: within) != nil)
    }

    @Test func aMeasureWithoutALengthIsLeftOut() {
        let relations = [relation("a", .before, "x"), relation("x", .before, "a")]
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: relations) == nil)
    }

    @Test func aSmallestContradictionIsPreferred() {
        let found = SimpleTemporalNetwork.contradiction(
            lengths: lengths,
            relations: [
                relation("a", .before, "b"), relation("b", .before, "c"), relation("c", .before, "a"),
                relation("d", .before, "c"), relation("c", .beforeStart, "d"),
            ])
        #expect(found?.count == 2)
    }

    @Test func aLargeCircleIsNamedInItsOrder() {
        let names = (0..<120).map { "measure \($0)" }
        let lengths = Dictionary(uniqueKeysWithValues: names.map { (id($0), 10) })
        let circle = names.indices.map { relation(names[$0], .before, names[($0 + 1) % names.count]) }
        let found = SimpleTemporalNetwork.contradiction(lengths: lengths, relations: circle.shuffled())
        #expect(found.map(Set.init) == Set(circle))
        #expect(found?.first == circle.min())
        let neighbours = found.map { zip($0, $0.dropFirst() + $0.prefix(1)) }
        #expect(neighbours?.allSatisfy { $0.second == $1.first } == true)
        #expect(SimpleTemporalNetwork.contradiction(lengths: lengths, relations: Array(circle.dropLast())) == nil)
    }

    /// Compared with trying every position, and every smaller set of relations.
    @Test(arguments: 0..<8) func equalsASearchOverAllPositions(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var contradictions = 0
        for _ in 0..<120 {
            let measures = ["a", "b", "c", "d"].prefix(generator.integer(2...4)).map(id)
            let lengths = Dictionary(uniqueKeysWithValues: measures.map { ($0, generator.integer(1...3)) })
            let relations = (0..<generator.integer(1...5)).map { _ in
                let least = generator.integer(-2...2)
                return TemporalRelation(
                    first: generator.one(of: measures), second: generator.one(of: measures),
                    kind: generator.one(of: RelationKind.allCases), minDays: least,
                    maxDays: generator.happens(50) ? least + generator.integer(-1...2) : nil,
                    tolerance: generator.integer(0...1))
            }
            let found = SimpleTemporalNetwork.contradiction(lengths: lengths, relations: relations)
            #expect(
                found == SimpleTemporalNetwork.contradiction(lengths: lengths, relations: relations.reversed()))
            #expect((found == nil) == canHold(relations, measures, lengths), "\(lengths) \(relations)")
            guard let found else { continue }
            contradictions += 1
            #expect(Set(found).isSubset(of: relations))
            #expect(!canHold(found, measures, lengths))
            for index in found.indices {
                var rest = found
                rest.remove(at: index)
                #expect(canHold(rest, measures, lengths))
            }
            for bits in 0..<(1 << relations.count) where bits.nonzeroBitCount < found.count {
                let fewer = relations.indices.filter { bits >> $0 & 1 == 1 }.map { relations[$0] }
                #expect(canHold(fewer, measures, lengths))
            }
        }
        #expect(contradictions > 10)
    }

    /// Tries first days so far apart as all bounds together could ask for.
    private func canHold(_ relations: [TemporalRelation], _ measures: [UUID], _ lengths: [UUID: Int]) -> Bool {
        let epoch = CalendarDate(daysSince1970: 20_000)
        let reach = (measures.count - 1) * 8
        var placed: [UUID: DayRange] = [:]
        func place(_ number: Int) -> Bool {
            guard number < measures.count else { return true }
            let measure = measures[number]
            for offset in number == 0 ? 0...0 : -reach...reach {
                placed[measure] = DayRange(
                    first: epoch + offset, atLeastTo: epoch + offset + lengths[measure]! - 1)
                let allHold = relations.allSatisfy { relation in
                    guard relation.first == measure || relation.second == measure, let first = placed[relation.first],
                        let second = placed[relation.second]
                    else { return true }
                    return relation.violation(first: first, second: second) == 0
                }
                if allHold, place(number + 1) { return true }
            }
            placed[measure] = nil
            return false
        }
        return place(0)
    }
}
