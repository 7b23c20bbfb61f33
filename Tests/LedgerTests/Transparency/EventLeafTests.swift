import Foundation
import Ledger
import Testing

@Suite("Leaves")
struct EventLeafTests {
    private static let event = RecordedEvent(
        position: 258, stream: StreamName(category: "case", id: "a"), version: 3,
        commandID: UUID(uuidString: "00010203-0405-0607-0809-0a0b0c0d0e0f")!, ordinal: 1, type: "Noted",
        schemaVersion: 2, recordedAt: Instant("2000-01-01T00:00:01.000002Z")!, effectiveOn: "2000-01-03",
        metadata: [0x7b, 0x7d], payload: [], personal: nil)

    @Test("are written as documented, byte by byte")
    func form() {
        let expected =
            "000d" + "00000008" + "0000000000000102" + "00000008" + "00000000000f4242" + "00000010"
            + "000102030405060708090a0b0c0d0e0f" + "00000004" + "00000003" + "00000004" + "00000002" + "00000002"
            + "0001" + "00000002" + "0002" + "00000006" + "636173652d61" + "00000005" + "4e6f746564" + "00000002"
            + "7b7d" + "00000000" + "ffffffff" + "00000001" + "aa"
        #expect(EventLeaf.encode(Self.event, fingerprint: [0xaa]) == TransparencyVectors.bytes(expected))
    }

    @Test("tell apart whatever differs")
    func injective() {
        var variants = [Self.event]
        func vary(_ change: (inout RecordedEvent) -> Void) {
            var event = Self.event
            change(&event)
            variants.append(event)
        }
        vary { $0.position += 1 }
        vary { $0.stream = StreamName(category: "case", id: "aN") }
        vary { $0.type = "oted" }
        vary { ($0.metadata, $0.payload) = ([], [0x7b, 0x7d]) }
        vary { $0.personal = [] }
        vary { $0.version += 1 }
        vary { $0.ordinal += 1 }
        vary { $0.schemaVersion += 1 }
        vary { $0.commandID = UUID() }
        vary { $0.recordedAt = $0.recordedAt.adding(seconds: -86_400 * 365 * 100) }
        vary { $0.effectiveOn = $0.effectiveOn - 40_000 }
        let leaves = variants.flatMap { event in
            [nil, [], [0]].map { EventLeaf.encode(event, fingerprint: $0) }
        }
        #expect(Set(leaves).count == variants.count * 3)
    }

    @Test("can be looked at as if they were elsewhere")
    func moved() {
        let leaf = EventLeaf.encode(Self.event, fingerprint: nil)
        var elsewhere = Self.event
        elsewhere.position = 70_000
        #expect(EventLeaf.moved(leaf, to: 70_000) == EventLeaf.encode(elsewhere, fingerprint: nil))
        #expect(EventLeaf.moved([], to: 1) == [])
    }
}
