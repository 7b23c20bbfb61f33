import Foundation
import Ledger
import Postgres
import PostgresLedger
import Synchronization
import Testing

@Suite("Rotation of the master key")
struct MasterKeyRotationTests {
    private static let old: [UInt8] = .init(repeating: 1, count: 32)
    private static let new: [UInt8] = .init(repeating: 2, count: 32)

    private func before() throws -> MasterKeyring { try MasterKeyring(current: "k1", keys: ["k1": Self.old]) }
    private func during() throws -> MasterKeyring {
        try MasterKeyring(current: "k2", keys: ["k1": Self.old, "k2": Self.new])
    }
    private func after() throws -> MasterKeyring { try MasterKeyring(current: "k2", keys: ["k2": Self.new]) }

    private func rotation(_ database: LedgerDatabase) -> MasterKeyRotation {
        MasterKeyRotation(pool: database.pool(as: "gleichtakt_eraser"))
    }

    /// Persons with something sealed for each.
    private func people(_ count: Int, in vault: Vault) async throws -> [UUID: [UInt8]] {
        try await withThrowingTaskGroup(of: (UUID, [UInt8]).self) { group in
            for number in 0..<count {
                group.addTask {
                    let person = UUID()
                    return (person, try await vault.seal([UInt8(number % 256)], for: person, binding: []))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test("wraps every key anew while others open and seal, and the former master key is of no use afterwards")
    func online() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresKeyStore(pool: database.pool(size: 8))
        let (earlier, present) = (try before(), try during())
        let writer = Vault(store: store, masterKeys: earlier)
        let sealed = try await people(1_200, in: writer)
        // A process that began before, and finds the new key where it looks.
        let running = Vault(store: store, masterKeys: earlier, cachedKeys: 2) { present }
        let isOver = Mutex(false)
        let newcomers = Task {
            var count = 0
            while !isOver.withLock({ $0 }) {
                let person = UUID()
                let text = try await running.seal([7], for: person, binding: [])
                #expect(try await running.open(text, for: person, binding: []) == [7])
                for (person, text) in sealed.shuffled().prefix(3) {
                    #expect(try await running.open(text, for: person, binding: []) != nil)
                }
                count += 1
            }
            return count
        }
        let told = Mutex<[Int]>([])
        let count = try await rotation(database).rotate(to: present) { done, _ in told.withLock { $0.append(done) } }
        #expect(count >= 1_200 && told.withLock { $0.count } >= 3)
        let late = UUID()
        _ = try await running.seal([1], for: late, binding: [])
        isOver.withLock { $0 = true }
        _ = try await newcomers.value
        #expect(try await rotation(database).count().keys.sorted() == ["k2"])
        let reader = Vault(store: store, masterKeys: try after())
        for (person, text) in sealed { #expect(try await reader.open(text, for: person, binding: []) != nil) }
        #expect(try await store.wrappedKeys(for: [late])[late]?.masterKeyID == "k2")
    }

    @Test("once the former master key is retired, nobody wraps under it who missed the rotation")
    func retired() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresKeyStore(pool: database.pool())
        let straggler = Vault(store: store, masterKeys: try before())
        _ = try await people(3, in: straggler)
        try await rotation(database).rotate(to: during())
        await #expect(throws: VaultError.retiredMasterKey("k1")) {
            try await straggler.seal([1], for: UUID(), binding: [])
        }
        #expect(try await rotation(database).count() == ["k2": 3])
    }

    @Test("goes on where it was interrupted, and leaves alone who was erased")
    func interrupted() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresKeyStore(pool: database.pool(size: 8))
        let sealed = try await people(1_700, in: Vault(store: store, masterKeys: try before()))
        let erased = try #require(sealed.keys.sorted { $0.uuidString < $1.uuidString }.last)
        try await PostgresKeyStore(pool: database.pool(as: "gleichtakt_eraser")).destroy(erased)
        let present = try during()
        let begun = Mutex(false)
        let first = Task {
            try await rotation(database).rotate(to: present) { _, _ in
                begun.withLock { $0 = true }
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect(throws: (any Error).self) { try await first.value }
        let counts = try await rotation(database).count()
        #expect(begun.withLock { $0 } && (counts["k1"] ?? 0) > 0 && (counts["k2"] ?? 0) > 0)
        // Both are good for everybody who has both.
        let reader = Vault(store: store, masterKeys: present)
        for (person, text) in sealed where person != erased {
            #expect(try await reader.open(text, for: person, binding: []) != nil)
        }
        try await rotation(database).rotate(to: present)
        #expect(try await rotation(database).count() == ["k2": 1_699])
        #expect(try await rotation(database).rotate(to: present) == 0)
        #expect(try await store.wrappedKeys(for: [erased]) == [:])
    }

    @Test("touches nothing when a key is wrapped under a master key that is not there")
    func unknown() async throws {
        let database = try await LedgerDatabase.fresh()
        let store = PostgresKeyStore(pool: database.pool())
        let foreign = try MasterKeyring(current: "k0", keys: ["k0": .init(repeating: 9, count: 32)])
        _ = try await people(2, in: Vault(store: store, masterKeys: foreign))
        await #expect(throws: VaultError.unknownMasterKey("k0")) { try await rotation(database).rotate(to: during()) }
        #expect(try await rotation(database).count() == ["k0": 2])
        let writer = Vault(store: store, masterKeys: try before())
        _ = try await people(1, in: writer)
    }
}
