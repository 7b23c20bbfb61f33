@testable import CaseCommands
import CaseFile
import Foundation
import Ledger
import Testing

@testable import CaseService

@Suite struct ImportRunTests {
    private static let catalogue = CommandCatalogue()

    private func run(width: Int = 2) -> ImportRun {
        ImportRun(width: width) { line in
            guard case .bytes(let bytes) = line else {
                return .failure(Problem(kind: .tooLarge, detail: "too long"))
            }
            return Result { try ImportLine(bytes, in: Self.catalogue) }.mapError { $0 as? Problem ?? .internalError }
        }
    }

    private func line(_ number: Int) -> LineSplitter.Line {
        .bytes(
            Array(
                #"{"command":"close-case","caseId":"0198c0de-0000-7000-8000-00000000000\#(number)","data":{}}"#.utf8))
    }

    private func done(_ isReplay: Bool = false) throws -> ImportVerdict {
        let stream = StreamName(category: "case", id: "x")
        let event = AppendedEvent(stream: stream, version: 2, position: 9, type: "CaseClosed")
        return .done(
            CommandRunner.Outcome(
                receipt: CommandReceipt(stream: stream, version: 2, position: 9, events: [event], isReplay: isReplay),
                definition: try #require(Self.catalogue["close-case"]), id: "x"))
    }

    private let rejected = ImportVerdict.refused(Problem(kind: .rejected, detail: "no", rule: "some-rule"))

    private func statuses(_ actions: ImportRun.Actions) -> [JSONValue?] {
        actions.verdicts.split(separator: 0x0A).map { (try? JSONParser.parse(Array($0)))?["status"] }
    }

    @Test func verdictsComeInTheOrderOfTheLines() throws {
        var run = run()
        var actions = try run.take([.lines([line(1), line(2), line(3), .tooLong]), .end])
        #expect(actions.begin.map(\.number) == [1, 2], "no more than the width at once")
        actions = try run.take([.verdict(2, done(true))])
        #expect(actions.begin.map(\.number) == [3])
        #expect(actions.areLikelyRepeated, "as the one before it was")
        #expect(actions.verdicts.isEmpty && !actions.isOver)
        actions = try run.take([.verdict(3, done(true)), .verdict(1, done())])
        #expect(statuses(actions) == [200, 200, 200, 413])
        #expect(actions.room == 4 * 512)
        #expect(actions.isOver)
    }

    @Test func aRefusalThatMayBeTooSoonIsJudgedAgainOnce() throws {
        var run = run()
        _ = try run.take([.lines([line(1), line(2)]), .end])
        var actions = try run.take([.verdict(2, rejected)])
        #expect(actions.begin.isEmpty, "its turn has not come")
        actions = try run.take([.verdict(1, done())])
        #expect(statuses(actions) == [200])
        #expect(actions.begin.map(\.number) == [2])
        actions = try run.take([.verdict(2, rejected)])
        #expect(statuses(actions) == [409])
        #expect(actions.isOver)
    }

    @Test func aRefusalStandsWhereNothingWasRecorded() throws {
        var run = run()
        _ = try run.take([.lines([line(1), line(2)]), .end])
        let actions = try run.take([.verdict(2, rejected), .verdict(1, done(true))])
        #expect(statuses(actions) == [200, 409])
        #expect(actions.isOver)
    }

    @Test func anOutageIsTheLastVerdict() throws {
        var run = run(width: 3)
        _ = try run.take([.lines([line(1), line(2), line(3)]), .end])
        let actions = try run.take([
            .verdict(3, done()), .verdict(2, .refused(.unavailable("gone"))), .verdict(1, done()),
        ])
        #expect(statuses(actions) == [200, 503])
        #expect(actions.isOver)
    }

    @Test func aConnectionThatFailsEndsIt() {
        var run = run()
        #expect(throws: CancellationError.self) { try run.take([.failure(CancellationError())]) }
    }
}
