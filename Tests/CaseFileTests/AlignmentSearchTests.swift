import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("What the worker proposes") struct AlignmentSearchTests {
    private func search(
        _ household: AlignmentHousehold, answerDue: CalendarDate = "2026-03-16",
        offices: [Office: OfficeCapacity] = [:]
    ) -> AlignmentSearch {
        AlignmentSearch(in: household.measures, answerDue: answerDue, overlap: 28, offices: offices)
    }

    private func relation(_ kind: RelationKind, _ key: String) -> Finding {
        Finding(
            key: "\(key):1", kind: kind == .concurrent ? .sequence : .relation, owner: .household(householdId),
            cases: [id(1), id(2)], measures: [measureId, otherMeasureId], offices: [.jobCentre, .youthOffice],
            from: nil, to: nil, days: 1, explanation: "It is missed.")
    }

    @Test func twoOfficesOverlapForFourWeeks() throws {
        let solution = try #require(search(AlignmentHousehold()).solution)
        // Either measure could move by 89 days in all; earliest is to call the later one earlier.
        #expect(solution.shifts.map(\.measureId) == [otherMeasureId] && solution.shifts.map(\.days) == [-89])
        #expect(solution.shifts.map(\.from) == ["2026-08-01"] && solution.caseId == id(2))
        #expect(solution.findings == [AlignmentHousehold.sequence.id])
        let moved = DayRange(first: "2026-08-01", atLeastTo: "2026-09-30").shifted(by: -89)
        let other = DayRange(first: "2026-04-01", atLeastTo: "2026-05-31")
        #expect(moved.overlap(with: other)?.length == 28)
    }

    @Test func shorterMeasuresOverlapWholly() throws {
        var household = AlignmentHousehold()
        household.second.append(
            .measureRevised(
                MeasureRevised(
                    measureId: otherMeasureId, window: DayRange(first: "2026-08-01", atLeastTo: "2026-08-10"))))
        let solution = try #require(search(household).solution)
        // From 1 August to 22 May: its ten days are the last ten of the other's.
        #expect(solution.shifts.map(\.days) == [-71])
    }

    @Test func whatHasBegunStays() throws {
        var begun = AlignmentHousehold()
        begun.first.append(.measureStarted(measureId, on: "2026-03-01"))
        begun.second.append(
            .measureRevised(MeasureRevised(measureId: otherMeasureId, earliestStart: "2026-06-15")))
        let impasse = try #require(search(begun).impasses.first)
        #expect(search(begun).solution == nil && impasse.conflicts.count == 1)
        let sentence = try #require(impasse.conflicts.first?.sentence)
        #expect(sentence.contains("job centre's measure") && sentence.contains("youth office's measure"))
        #expect(sentence.contains("2026-06-15") && !sentence.contains(measureId.uuidString.lowercased()))
    }

    @Test func officesWindowsAreKeptTo() throws {
        let solution = try #require(
            search(AlignmentHousehold(), offices: [.youthOffice: OfficeCapacity(from: "2026-06-01")]).solution)
        // From 1 August to 1 June are 61 of the 89 days; the other measure goes the rest of the way.
        #expect(solution.shifts.map(\.measureId) == [measureId, otherMeasureId])
        #expect(solution.shifts.map(\.days) == [28, -61])
        let impasse = try #require(
            search(
                AlignmentHousehold(),
                offices: [
                    .youthOffice: OfficeCapacity(from: "2026-08-01"), .jobCentre: OfficeCapacity(to: "2026-06-30"),
                ]
            ).impasses.first)
        let sentence = try #require(impasse.conflicts.first?.sentence)
        #expect(
            sentence.contains("has no room for the job centre's measure of 2026-04-01 to 2026-05-31 after 2026-06-30"))
        #expect(
            sentence.contains("no room for the youth office's measure of 2026-08-01 to 2026-09-30 before 2026-08-01"))
    }

    /// Compared with every pair of shifts: windows, weights and what has begun, in all combinations.
    @Test(arguments: [1, 3], [false, true]) func noShiftsWithinTheWindowsAreCheaper(weight: Int, isBegun: Bool) {
        var household = AlignmentHousehold()
        if isBegun { household.first.append(.measureStarted(measureId, on: "2026-04-01")) }
        let first = DayRange(first: "2026-04-01", atLeastTo: "2026-05-31")
        let second = DayRange(first: "2026-08-01", atLeastTo: "2026-09-30")
        let opens: [CalendarDate?] = [nil, "2026-04-15", "2026-05-20", "2026-06-20", "2026-08-10"]
        let closes: [CalendarDate?] = [nil, "2026-05-20", "2026-06-10", "2026-07-15"]
        var (solved, refused) = (0, 0)
        for from in opens {
            for to in closes {
                let offices: [Office: OfficeCapacity] = [
                    .jobCentre: OfficeCapacity(to: to), .youthOffice: OfficeCapacity(from: from, weight: weight),
                ]
                var best: Int?
                for one in isBegun ? 0...0 : -20...120 {
                    let moved = first.shifted(by: one)
                    guard isBegun || moved.last <= to ?? moved.last else { continue }
                    for other in -120...20 {
                        let shifted = second.shifted(by: other)
                        guard shifted.first >= from ?? shifted.first, moved.overlap(with: shifted)?.length ?? 0 >= 28
                        else { continue }
                        best = min(best ?? .max, abs(one) + weight * abs(other))
                    }
                }
                let found = search(household, offices: offices)
                guard let best else {
                    refused += 1
                    #expect(found.solution == nil && found.impasses.count == 1)
                    continue
                }
                solved += 1
                let shifts = Dictionary(
                    uniqueKeysWithValues: (found.solution?.shifts ?? []).map { ($0.measureId, $0.days) })
                let (one, other) = (shifts[measureId] ?? 0, shifts[otherMeasureId] ?? 0)
                let (moved, shifted) = (first.shifted(by: one), second.shifted(by: other))
                #expect(abs(one) + weight * abs(other) == best && found.impasses.isEmpty)
                #expect(moved.overlap(with: shifted)?.length ?? 0 >= 28 && (!isBegun || one == 0))
                #expect(shifted.first >= from ?? shifted.first && (isBegun || moved.last <= to ?? moved.last))
            }
        }
        #expect(solved > 3 && refused > 3)
    }

    @Test func whatWeighsLessIsMoved() throws {
        let solution = try #require(
            search(AlignmentHousehold(), offices: [.youthOffice: OfficeCapacity(weight: 2)]).solution)
        #expect(solution.shifts.map(\.measureId) == [measureId] && solution.shifts.map(\.days) == [89])
    }

    @Test func nobodyIsCalledBeforeItCanBeAnswered() throws {
        var household = AlignmentHousehold()
        household.first.append(
            .measureRevised(
                MeasureRevised(measureId: measureId, window: DayRange(first: "2026-03-05", atLeastTo: "2026-04-03"))))
        household.first.append(.measureStarted(on: "2026-03-05"))
        let solution = try #require(search(household, answerDue: "2026-03-16").impasses.first)
        #expect(solution.conflicts.contains { $0.sentence.contains("2026-03-17") })
        #expect(search(household, answerDue: "2026-03-05").solution?.shifts.map(\.days) == [-147])
    }

    @Test func relationsBindMoreThanTheWish() throws {
        var household = AlignmentHousehold()
        household.first.append(
            Past(
                event: .measuresRelated(
                    MeasuresRelated(
                        first: measureId, second: otherMeasureId, relation: .before, minDays: 1, maxDays: 10))))
        household.findings = [relation(.before, "relation")]
        let solution = try #require(search(household).solution)
        // 1 August is 62 days after 31 May; 52 of them are too many.
        #expect(solution.shifts.map(\.days) == [-52])
        household.first.append(.measuresRelated(measureId, otherMeasureId, .concurrent))
        household.findings = [relation(.concurrent, "sequence")]
        let impasse = try #require(search(household).impasses.first)
        #expect(Set(impasse.conflicts.compactMap(\.relation)) == [.before, .concurrent])
    }

    @Test func nothingIsProposedTwice() {
        let declined = Past<CaseEvent>(
            event: .alignmentDeclined(
                AlignmentDeclined(proposalId: proposalId, office: .youthOffice, ground: .other, cases: [id(1), id(2)])))
        let lapsed = Past<CaseEvent>(
            event: .alignmentLapsed(
                AlignmentLapsed(proposalId: proposalId, unanswered: [.jobCentre], cases: [id(1), id(2)])))
        for end in [declined, lapsed] {
            var household = AlignmentHousehold().proposed()
            household.first.append(end)
            household.second.append(end)
            #expect(search(household).solution == nil)
            // Until something has changed.
            household.second.append(
                .measureRevised(MeasureRevised(measureId: otherMeasureId, latestEnd: "2026-12-31")))
            #expect(search(household).solution != nil)
        }
    }

    @Test func otherFindingsNeedOtherAnswers() {
        var household = AlignmentHousehold()
        household.findings = [
            Finding(
                key: "gap:1", kind: .gap, owner: .household(householdId), cases: [id(1)], measures: [],
                offices: [.jobCentre], from: nil, to: nil, days: nil, explanation: "A gap.")
        ]
        #expect(search(household) == AlignmentSearch(in: household.measures, answerDue: "2026-03-17", overlap: 28))
        #expect(search(household).solution == nil && search(household).impasses.isEmpty)
    }
}
