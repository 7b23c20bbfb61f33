import CaseCommands
import CaseFile
import Foundation
import Ledger
import Logging
import Testing

@Suite("A command that was probably recorded before")
struct RepeatedCommandTests {
    @Test("is found without looking at the case, and carried out if it was not")
    func found() async throws {
        let desk = try Desk()
        let id = try await desk.makeCase()
        let store = TailNotingStore(inner: desk.store)
        let noon = LedgerClock { Instant(microsecondsSince1970: Int64(Desk.today.daysSince1970) * 86_400_000_000) }
        let fresh = CommandHandler(
            store: store, appender: store, vault: desk.vault, clock: noon, logger: Logger(label: "test"))
        let key = UUID()
        var request = CommandRequest(target: .caseFile(id, Desk.plan()), id: key, actor: Desk.jobCentre)
        request.isLikelyRepeated = true
        let first = try await fresh.handle(request)
        #expect(!first.isReplay && store.appends == 1)
        let reads = store.reads(of: .of(CaseEvent.self, id)).count
        let again = try await fresh.handle(request)
        #expect(again.isReplay && again.version == first.version && again.events == first.events)
        #expect(store.reads(of: .of(CaseEvent.self, id)).count == reads, "nobody looked at the case")
        #expect(store.appends == 1)
        request.target = .caseFile(id, Desk.plan())
        let reused = request
        await #expect(throws: CommandFailure.keyReused) { _ = try await fresh.handle(reused) }
    }
}
