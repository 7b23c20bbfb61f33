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
        // Whoever makes one again is refused: history would not open with it.
        await #expect(throws: VaultError.erased(person)) { try await keys.insert(first, for: person) }
        let stranger = UUID()
        try await owner.destroy(stranger)
        await #expect(throws: VaultError.erased(stranger)) { try await keys.insert(first, for: stranger) }
        let erasures = try await keys.erasures(after: 0)
        #expect(erasures.subjects == [person, stranger] && erasures.last == 2)
        let later = try await keys.erasures(after: 1)
        #expect(later.subjects == [stranger] && later.last == 2)
        let none = try await keys.erasures(after: 2)
        #expect(none.subjects.isEmpty && none.last == 2)
    }

    @Test("are not made while somebody destroys them, whoever is faster")
    func erasedMeanwhile() async throws {
        let database = try await LedgerDatabase.fresh()
        let keys = PostgresKeyStore(pool: database.pool(size: 8))
        let eraser = PostgresKeyStore(pool: database.pool(as: "gleichtakt_eraser", size: 8))
        let persons = (0..<40).map { _ in UUID() }
        await withTaskGroup(of: Void.self) { group in
            for person in persons {
                for _ in 0..<3 {
                    group.addTask { _ = try? await keys.insert(WrappedKey(masterKeyID: "k", bytes: [1]), for: person) }
                }
                group.addTask { try? await eraser.destroy(person) }
            }
        }
        #expect(try await keys.wrappedKeys(for: persons) == [:])
        let erasures = try await keys.erasures(after: 0)
        #expect(Set(erasures.subjects) == Set(persons) && erasures.last == Int64(persons.count))
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

    @Test("tells auditors who looked at a case, by itself or on a list, the latest first, and what was disclosed")
    func found() async throws {
        let database = try await LedgerDatabase.fresh()
        let log = ReadLog(pool: database.pool())
        let (person, other) = (UUID(), UUID())
        let seen = [
            ReadLog.Disclosure(from: "youth-office", category: "timing", basis: "§ 69 \"SGB X\""),
            ReadLog.Disclosure(from: nil, category: "education", basis: nil),
        ]
        try await log.record([
            .init(
                actor: "jc-1", role: "caseworker", office: "job-centre", caseID: person, view: "case",
                legalBasis: "§ 15 SGB II", disclosed: seen),
            .init(actor: "jc-2", role: "caseworker", office: "job-centre", view: "worklist", cases: [other, person]),
            .init(actor: "jc-3", role: "caseworker", office: "job-centre", view: "worklist", cases: [other]),
            .init(actor: "jc-4", role: "caseworker", office: "job-centre", caseID: other, view: "case"),
        ])
        let auditor = ReadLog(pool: database.pool(as: "gleichtakt_auditor"))
        let records = try await auditor.reads(of: person, limit: 10)
        #expect(records.map(\.entry.actor) == ["jc-2", "jc-1"])
        #expect(records.map(\.entry.caseID) == [nil, person])
        #expect(records[1].entry.disclosed == seen && records[1].entry.legalBasis == "§ 15 SGB II")
        #expect(records[0].entry.disclosed == [] && records[0].number > records[1].number)
        #expect(try await auditor.reads(of: person, limit: 1) == [records[0]])
        #expect(try await auditor.reads(of: person, before: records[0].number, limit: 5) == [records[1]])
        #expect(try await auditor.reads(of: UUID(), limit: 5) == [])
        await #expect(throws: PostgresError.self) { try await log.reads(of: person, limit: 1) }
    }

    @Test("loses looks when their time is over, and no others")
    func expired() async throws {
        let database = try await LedgerDatabase.fresh()
        let log = ReadLog(pool: database.pool())
        for name in ["jc-1", "jc-2", "jc-3"] {
            try await log.record(.init(actor: name, role: "caseworker", office: "job-centre", view: "worklist"))
        }
        let owner = database.pool(as: nil)
        _ = try await owner.query(
            Statement(
                "test age",
                """
                UPDATE audit.reads SET at = clock_timestamp() - CASE actor WHEN 'jc-1' THEN interval '91 days'
                    ELSE interval '89 days' END WHERE actor <> 'jc-3'
                """))
        let worker = ReadLog(pool: database.pool(as: "gleichtakt_worker"))
        #expect(try await worker.expire(afterDays: 90) == 1)
        #expect(try await worker.expire(afterDays: 90) == 0)
        let left = try await owner.query(Statement("test left", "SELECT actor FROM audit.reads ORDER BY id"))
        #expect(try left.map { try $0.decode(0, as: String.self) } == ["jc-2", "jc-3"])
        await #expect(throws: PostgresError.self) { try await worker.expire(afterDays: 29) }
    }
}
