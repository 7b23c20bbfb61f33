import CaseTiming
import Foundation
import Ledger
import Testing

/// Findings are recorded as events: what was written once has to be readable for ever.
@Suite struct TimingCodingTests {
    private let ada = UUID(uuidString: "0198A000-0000-7000-8000-000000000001")!
    private let home = UUID(uuidString: "0198A000-0000-7000-8000-000000000002")!

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test func anOpenGap() throws {
        let finding = Finding(
            key: "gap:x:2026-03-01", kind: .gap, owner: .singleCase(ada), cases: [ada], measures: [],
            offices: [.jobCentre], from: "2026-03-01", to: nil, days: nil, explanation: "Since 2026-03-01 …")
        let recorded = """
            {"cases":["0198a000-0000-7000-8000-000000000001"],"explanation":"Since 2026-03-01 …","from":"2026-03-01",\
            "key":"gap:x:2026-03-01","kind":"gap","measures":[],"offices":["job-centre"],\
            "owner":{"case":"0198a000-0000-7000-8000-000000000001"}}
            """
        let written = try json(finding)
        #expect(written.lowercased() == recorded.lowercased())
        #expect(try JSONDecoder().decode(Finding.self, from: Data(recorded.utf8)) == finding)
    }

    @Test func aSequenceOfAHousehold() throws {
        let recorded = """
            {"cases":[],"days":92,"explanation":"…","from":"2026-03-02","key":"sequence:job-centre:youth-office",\
            "kind":"sequence","measures":[],"offices":["job-centre","youth-office"],\
            "owner":{"household":"0198a000-0000-7000-8000-000000000002"},"to":"2026-12-31"}
            """
        let finding = try JSONDecoder().decode(Finding.self, from: Data(recorded.utf8))
        #expect(finding.owner == .household(home) && finding.days == 92 && finding.to == "2026-12-31")
        let written = try json(finding)
        #expect(written.lowercased() == recorded.lowercased())
    }

    @Test func anOwnerIsACaseOrAHousehold() {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(TimingScope.self, from: Data("{}".utf8)) }
    }

    @Test func namesOnTheWireAreThoseOfTheContract() {
        #expect(Office.allCases.map(\.rawValue) == ["job-centre", "youth-office", "social-office"])
        #expect(Office.allCases.shuffled().sorted() == Office.allCases)
        #expect(
            Set(RelationKind.allCases.map(\.rawValue)) == [
                "before", "after", "before-start", "after-start", "before-end", "after-end", "concurrent-with-start",
                "concurrent-with-end", "concurrent",
            ])
        #expect(
            FindingKind.allCases.map(\.rawValue) == [
                "gap", "sequence", "relation", "clash", "deadline", "review", "handover", "income-gap",
                "household-step",
            ])
    }

    @Test func thresholdsThatAreNotGivenKeepTheirDefaults() throws {
        func decoded(_ text: String) throws -> TimingThresholds {
            try JSONDecoder().decode(TimingThresholds.self, from: Data(text.utf8))
        }
        #expect(try decoded("{}") == TimingThresholds(gapDays: 28, sequenceHorizonMonths: 12))
        #expect(try decoded(#"{"gapDays": 14}"#) == TimingThresholds(gapDays: 14, sequenceHorizonMonths: 12))
        #expect(try decoded(#"{"gapDays": -1, "sequenceHorizonMonths": 99999}"#).gapDays == 0)
        #expect(TimingThresholds(gapDays: .max, sequenceHorizonMonths: .max).sequenceHorizonMonths == 1200)
    }
}
