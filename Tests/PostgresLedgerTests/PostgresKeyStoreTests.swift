import Foundation
import Ledger
import Postgres
import PostgresLedger
import Testing

@Suite("Person keys on PostgreSQL")
struct PostgresKeyStoreTests {
    @Test("are kept once, found again and destroyed by the owner only")
    func keys() async throws {
        let database = try await LedgerDatabase.fresh()
        let keys = PostgresKeyStore(pool: database.pool())
        let person = UUID()
        let first = WrappedKey(masterKeyID: "k1", bytes: [1, 2, 0, 255])
        #expect(try await keys.wrappedKeys(for: [person]) == [:])
        #expect(try await keys.wrappedKeys(for: []) == [:])
        #expect(try await keys.insert(first, for: person) == first)
        #expect(try await keys.insert(WrappedKey(masterKeyID: "k2", bytes: [9]), for: person) == first)
        #expect(try await keys.wrappedKeys(for: [person, UUID()]) == [person: first])
        await #expect(throws: PostgresError.self) { try await keys.destroy(person) }
        let owner = PostgresKeyStore(pool: database.pool(as: nil))
        try await owner.destroy(person)
        try await owner.destroy(person)
        #expect(try await keys.wrappedKeys(for: [person]) == [:])
    }

    @Test("are one per person, however many make one at the same time")
    func race() async throws {
        let database = try await LedgerDatabase.fresh()
        let masterKeys = try MasterKeyring(current: "k", keys: ["k": .init(repeating: 5, count: 32)])
        let person = UUID()
        let vaults = (0..<4).map { _ in
            Vault(store: PostgresKeyStore(pool: database.pool(size: 2)), masterKeys: masterKeys)
        }
        let sealed = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for index in 0..<24 {
                group.addTask { try await vaults[index % 4].seal([UInt8(index)], for: person, binding: []) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for one in sealed { #expect(try await vaults[0].open(one, for: person, binding: []) != nil) }
    }

    @Test("are each answered as they are kept, when many persons are met at the same time in two places")
    func crowd() async throws {
        let database = try await LedgerDatabase.fresh()
        let stores = (0..<2).map { _ in PostgresKeyStore(pool: database.pool(size: 3)) }
        let persons = (0..<60).map { _ in UUID() }
        let answers = try await withThrowingTaskGroup(of: (UUID, WrappedKey).self) { group in
            for index in 0..<240 {
                let person = persons[index % persons.count]
                let key = WrappedKey(masterKeyID: "k", bytes: [UInt8(index)])
                group.addTask { (person, try await stores[index % 2].insert(key, for: person)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let kept = try await stores[0].wrappedKeys(for: persons)
        #expect(kept.count == persons.count)
        #expect(answers.count == 240)
        for (person, key) in answers { #expect(kept[person] == key) }
    }
}

@Suite("The record of reads")
struct ReadLogTests {
    @Test("keeps who looked at what, when and why")
    func recorded() async throws {
        let database = try await LedgerDatabase.fresh()
        let log = ReadLog(pool: database.pool())
        let person = UUID()
        try await log.record(
            .init(actor: "yo-7", role: "caseworker", office: "youth-office", caseID: person, view: "case"))
        try await log.record([
            .init(actor: "au-1", role: "auditor", caseID: person, view: "audit", reason: "complaint 12"),
            .init(actor: "yo-7", role: "caseworker", office: "youth-office", view: "worklist"),
        ])
        try await log.record([])
        let rows = try await database.pool(as: "gleichtakt_auditor").query(
            Statement(
                "test reads",
                """
                SELECT actor, role, office, case_id, view, reason, at <= clock_timestamp() AND at > clock_timestamp()
                    - interval '1 minute' FROM audit.reads ORDER BY id
                """))
        #expect(rows.count == 3)
        #expect(try rows.map { try $0.decode(0, as: String.self) } == ["yo-7", "au-1", "yo-7"])
        #expect(try rows.map { try $0.decode(2, as: String?.self) } == ["youth-office", nil, "youth-office"])
        #expect(try rows.map { try $0.decode(3, as: UUID?.self) } == [person, person, nil])
        #expect(try rows.map { try $0.decode(5, as: String?.self) } == [nil, "complaint 12", nil])
        #expect(try rows.allSatisfy { try $0.decode(6, as: Bool.self) })
    }
}
