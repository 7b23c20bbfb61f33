import Crypto
import Foundation
import Synchronization
import Testing

@testable import Ledger

@Suite("The vault")
struct VaultTests {
    private let store = InMemoryKeyStore()
    private let person = UUID()
    private let context: [UInt8] = Array("case-1".utf8)

    private func makeVault(_ keys: [String: [UInt8]] = ["k1": .init(repeating: 1, count: 32)], current: String = "k1")
        throws
        -> Vault
    {
        Vault(store: store, masterKeys: try MasterKeyring(current: current, keys: keys))
    }

    @Test("opens what it sealed, in the same process and in another")
    func roundTrip() async throws {
        let plaintext = Array("Ayşe Öztürk".utf8)
        let vault = try makeVault()
        let sealed = try await vault.seal(plaintext, for: person, binding: context)
        #expect(try await vault.open(sealed, for: person, binding: context) == plaintext)
        #expect(try await makeVault().open(sealed, for: person, binding: context) == plaintext)
        let empty = try await vault.seal([], for: person, binding: [])
        #expect(try await vault.open(empty, for: person, binding: []) == [])
    }

    @Test("seals the same words differently each time, and shows none of them")
    func ciphertext() async throws {
        let vault = try makeVault()
        let plaintext = Array("Ayşe Öztürk wohnt in der Frankenallee".utf8)
        let one = try await vault.seal(plaintext, for: person, binding: context)
        let other = try await vault.seal(plaintext, for: person, binding: context)
        #expect(one != other)
        #expect(one.count == plaintext.count + 28)
        #expect(one.firstRange(of: plaintext.prefix(4)) == nil)
    }

    @Test("opens nothing that was moved to another event or person, or changed in one bit")
    func bound() async throws {
        let vault = try makeVault()
        let sealed = try await vault.seal([1, 2, 3], for: person, binding: context)
        let other = UUID()
        _ = try await vault.seal([4], for: other, binding: context)
        await #expect(throws: VaultError.unreadable) {
            try await vault.open(sealed, for: person, binding: Array("case-2".utf8))
        }
        await #expect(throws: VaultError.unreadable) { try await vault.open(sealed, for: other, binding: context) }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            await #expect(throws: VaultError.unreadable) {
                try await vault.open(changed, for: person, binding: context)
            }
        }
        for length in [0, 1, 12, 27, sealed.count - 1] {
            await #expect(throws: VaultError.unreadable) {
                try await vault.open(Array(sealed.prefix(length)), for: person, binding: context)
            }
        }
    }

    @Test("opens nothing once the person's key is destroyed")
    func erased() async throws {
        let vault = try makeVault()
        let sealed = try await vault.seal([1], for: person, binding: context)
        try await store.destroy(person)
        vault.forget(person)
        #expect(try await vault.open(sealed, for: person, binding: context) == nil)
        // Nor is anything sealed for them any more: another key in the place of the old one would hide the erasure.
        await #expect(throws: VaultError.erased(person)) { try await vault.seal([2], for: person, binding: context) }
    }

    @Test("of another process opens nothing either, although it had the key in memory")
    func erasedElsewhere() async throws {
        let other = UUID()
        let vault = try makeVault()
        let sealed = try await vault.seal([1], for: person, binding: context)
        let kept = try await vault.seal([2], for: other, binding: context)
        let told = Mutex<[UUID]>([])
        vault.onErasure { subject in told.withLock { $0.append(subject) } }
        #expect(try await vault.open(sealed, for: person, binding: context) == [1])
        try await store.destroy(person)
        // However busy it is; what ends the loop is that the memory's lifetime does.
        while try await vault.open(sealed, for: person, binding: context) != nil {
            #expect(try await vault.open(kept, for: other, binding: context) == [2])
        }
        #expect(told.withLock { $0 } == [person] && vault.erasedSoFar == 1)
        try await Task.sleep(for: Vault.memoryLifetime)
        #expect(try await vault.open(kept, for: other, binding: context) == [2])
        #expect(told.withLock { $0 } == [person])
    }

    @Test("takes up the new master key when another process has rotated it")
    func rotatedElsewhere() async throws {
        let old: [UInt8] = .init(repeating: 1, count: 32)
        let new: [UInt8] = .init(repeating: 2, count: 32)
        let both = try MasterKeyring(current: "k2", keys: ["k1": old, "k2": new])
        let newcomer = UUID()
        _ = try await Vault(store: store, masterKeys: both).seal([1], for: newcomer, binding: context)
        let asked = Mutex(0)
        let vault = Vault(store: store, masterKeys: try MasterKeyring(current: "k1", keys: ["k1": old])) {
            asked.withLock { $0 += 1 }
            return both
        }
        #expect(try await vault.keys(for: [newcomer])[newcomer] != nil)
        let later = UUID()
        _ = try await vault.seal([1], for: later, binding: context)
        #expect(try await store.wrappedKeys(for: [later])[later]?.masterKeyID == "k2" && asked.withLock { $0 } == 1)
        let lost = Vault(store: store, masterKeys: try MasterKeyring(current: "k1", keys: ["k1": old])) {
            try MasterKeyring(current: "k1", keys: ["k1": old])
        }
        await #expect(throws: VaultError.unknownMasterKey("k2")) { try await lost.keys(for: [newcomer]) }
    }

    @Test("makes one key for a person, however many ask at the same time")
    func concurrently() async throws {
        let vaults = try (0..<4).map { _ in try makeVault() }
        let sealed = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for index in 0..<40 {
                group.addTask { try await vaults[index % 4].seal([UInt8(index)], for: person, binding: context) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let vault = try makeVault()
        var opened: Set<[UInt8]> = []
        for one in sealed {
            opened.insert(try #require(try await vault.open(one, for: person, binding: context)))
        }
        #expect(opened.count == 40)
    }

    @Test("reads keys wrapped under an older master key, and wraps under the current one")
    func rotated() async throws {
        let old: [UInt8] = .init(repeating: 1, count: 32)
        let new: [UInt8] = .init(repeating: 2, count: 32)
        let sealed = try await makeVault().seal([1], for: person, binding: context)
        let rotated = try makeVault(["k1": old, "k2": new], current: "k2")
        #expect(try await rotated.open(sealed, for: person, binding: context) == [1])
        let other = UUID()
        _ = try await rotated.seal([1], for: other, binding: context)
        #expect(
            try await store.wrappedKeys(for: [person, other]).mapValues(\.masterKeyID) == [person: "k1", other: "k2"])
        await #expect(throws: VaultError.unknownMasterKey("k1")) {
            try await makeVault(["k2": new], current: "k2").open(sealed, for: person, binding: context)
        }
        await #expect(throws: VaultError.unreadable) {
            try await makeVault(["k1": new]).open(sealed, for: person, binding: context)
        }
    }

    @Test("loads many keys in one step")
    func prepared() async throws {
        let counting = CountingKeyStore()
        let keys = try MasterKeyring(current: "k1", keys: ["k1": .init(repeating: 1, count: 32)])
        let people = (0..<50).map { _ in UUID() }
        let writer = Vault(store: counting, masterKeys: keys)
        var sealed: [UUID: [UInt8]] = [:]
        for person in people { sealed[person] = try await writer.seal([7], for: person, binding: context) }
        let reader = Vault(store: counting, masterKeys: keys)
        counting.reset()
        for _ in 1...2 {
            let keys = try await reader.keys(for: Set(people))
            for person in people { #expect(try keys.open(sealed[person] ?? [], for: person, binding: context) == [7]) }
            #expect(try keys.open(sealed[people[0]] ?? [], for: UUID(), binding: context) == nil)
        }
        for person in people {
            #expect(try await reader.open(sealed[person] ?? [], for: person, binding: context) == [7])
        }
        #expect(counting.lookups == 1)
    }

    @Test("fingerprints outlive the master key that they follow from")
    func fingerprintsAfterRotation() throws {
        let old: [UInt8] = .init(repeating: 1, count: 32)
        let one = try makeVault()
        let rotated = try MasterKeyring(
            current: "k2", keys: ["k2": .init(repeating: 2, count: 32)],
            fingerprintKey: MasterKeyring.fingerprintKey(following: old))
        #expect(Vault(store: store, masterKeys: rotated).fingerprint(of: [1]) == one.fingerprint(of: [1]))
    }

    @Test("fingerprints depend on the content and on the master key")
    func fingerprints() throws {
        let one = try makeVault()
        #expect(one.fingerprint(of: [1]) == (try makeVault().fingerprint(of: [1])))
        #expect(one.fingerprint(of: [1]) != one.fingerprint(of: [2]))
        #expect(one.fingerprint(of: [1]).count == 16)
        #expect(try makeVault(["k1": .init(repeating: 9, count: 32)]).fingerprint(of: [1]) != one.fingerprint(of: [1]))
    }
}

@Suite("Master keys")
struct MasterKeyringTests {
    @Test("wrap as in RFC 3394, section 4.6: 256 bits of key data with a 256-bit key")
    func vector() throws {
        let keyring = try MasterKeyring(current: "k", keys: ["k": Array(0...31)])
        let data = Array("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F".hexadecimal)
        let wrapped = try keyring.wrap(SymmetricKey(data: data))
        #expect(wrapped.masterKeyID == "k")
        #expect(
            wrapped.bytes
                == "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21".hexadecimal)
        #expect(try keyring.unwrap(wrapped) == SymmetricKey(data: data))
    }

    @Test("must be 32 bytes long and include the current one")
    func refused() {
        #expect(throws: VaultError.badMasterKey("k")) { try MasterKeyring(current: "k", keys: ["k": [1, 2, 3]]) }
        #expect(throws: VaultError.unknownMasterKey("x")) {
            try MasterKeyring(current: "x", keys: ["k": .init(repeating: 0, count: 32)])
        }
    }
}

extension String {
    fileprivate var hexadecimal: [UInt8] {
        stride(from: 0, to: count, by: 2).compactMap { UInt8(dropFirst($0).prefix(2), radix: 16) }
    }
}
