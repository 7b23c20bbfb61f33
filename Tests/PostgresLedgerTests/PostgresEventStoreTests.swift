import Foundation
import Ledger
import LedgerSuite
import Postgres
import PostgresLedger
import Testing

@Suite("The ledger on PostgreSQL")
struct PostgresEventStoreTests {
    @Test("does what every store must do", arguments: LedgerCase.all)
    func suite(_ promise: LedgerCase) async throws {
        let database = try await LedgerDatabase.fresh()
        try await promise.run(PostgresEventStore(pool: database.pool()))
    }
}
