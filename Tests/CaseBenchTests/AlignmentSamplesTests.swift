import CaseTiming
import Testing

@testable import CaseBench

@Suite("Invented problems of bringing measures into step")
struct AlignmentSamplesTests {
    @Test(
        "are the same in every run, and can be solved where they should be", arguments: AlignmentSamples.Size.allCases)
    func samples(_ size: AlignmentSamples.Size) throws {
        var (one, other) = (AlignmentSamples(seed: 7), AlignmentSamples(seed: 7))
        for _ in 0..<5 {
            let problem = try one.next(size)
            #expect(problem == (try other.next(size)))
            #expect(problem.measures.count == 50 || size == .household && (4...8).contains(problem.measures.count))
            guard case .shifts(let shifts, let cost) = Alignment(of: problem) else {
                #expect(size == .contradictory)
                continue
            }
            #expect(size != .contradictory && shifts.count == problem.measures.count)
            #expect(size == .household || cost > 0)
        }
    }
}
