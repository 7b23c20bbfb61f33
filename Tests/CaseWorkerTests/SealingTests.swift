import Foundation
import Ledger
import PostgresLedger
import Testing

@Suite("The worker's sealing")
struct SealingTests {
    @Test("takes in what is recorded, whichever worker does it, and the log stays one")
    func sealing() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let log = SealedLog(pool: desk.pool)
        _ = try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30")
        try await desk.withWorkers(3) {
            try await desk.eventually("the case is sealed") {
                try await log.checkpoint(size: nil)?.size == desk.store.head()
            }
        }
        let first = try #require(try await log.checkpoint(size: nil))
        _ = try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-06-30")
        try await desk.withWorkers(2) {
            try await desk.eventually("the second case is sealed") {
                try await log.checkpoint(size: nil)?.size == desk.store.head()
            }
        }
        let second = try #require(try await log.checkpoint(size: nil))
        let consistency = try await log.consistency(from: first.size, to: second.size)
        #expect(consistency.proof.verifies(from: first.root, to: second.root))
        let report = try await LedgerVerification(pool: desk.pool).run()
        #expect(report.damages == [] && report.sealed == second.size)
    }
}
