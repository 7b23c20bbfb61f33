import Foundation
import Ledger
import Testbed
import Testing

/// The command line and the service over a ledger that somebody rewrites.
@Suite("Evidence", .serialized)
struct EvidenceTests {
    @Test("a checkpoint taken home proves an event, outlives a rotation, and convicts who rewrites the database")
    func story() async throws {
        let installation = try await Installation.start()
        let auditor = try await installation.caller("auditor", subject: "au-1")
        let administrator = try await installation.caller("administrator", subject: "admin")
        func publish(_ area: String) async throws {
            let answer = try await administrator.post(
                "/v1/areas/\(area)/publish-area", .object(["name": .string(area)]))
            #expect(answer.status == 201, "\(answer.text)")
        }
        func checkpoint(_ size: Int) async throws -> Answer {
            try await eventually("\(size) events are sealed") {
                try await auditor.get("/v1/audit/checkpoint").text.hasPrefix("gleichtakt.local/ledger\n\(size)\n")
            }
            return try await auditor.get("/v1/audit/checkpoint")
        }
        for area in ["gallus", "nied", "hoechst"] { try await publish(area) }
        let taken = try await checkpoint(3)
        let file = installation.data.appendingPathComponent("taken.checkpoint")
        try taken.body.write(to: file)

        let key = try await installation.run("keys", "show").trimmingCharacters(in: .whitespacesAndNewlines)
        let verifier = try #require(NoteVerifierKey(key))
        let note = try #require(SignedNote(taken.text))
        #expect(try note.signers(among: [verifier]) == [verifier])
        let proof = try await auditor.get("/v1/audit/proof?position=2&size=3", headers: ["Accept": "text/plain"])
        #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 1\n") && proof.text.hasSuffix(taken.text))

        // The running worker finds the new key by itself.
        let rotated = try await installation.run("keys", "rotate")
        #expect(rotated.contains(key) && rotated.contains("gleichtakt.local/ledger\n3\n"))
        try await publish("griesheim")
        let later = try await checkpoint(4)
        #expect(later.text != taken.text)
        let keys = try await installation.run("keys", "show").split(separator: "\n").map(String.init)
        #expect(keys.count == 2 && keys[0] == key)
        let sound = try await installation.run("verify", "--checkpoint", file.path, "--key", key)
        #expect(sound.contains("up to position 4") && !sound.contains("damage:"))
        let foreignKey = try NoteSigningKey(name: "gleichtakt.local/ledger").verifier.description
        let distrust = try await installation.run("verify", "--key", foreignKey, status: 1)
        #expect(distrust.contains("key-unlinked"))

        // One byte, behind the back of the service and with the worker gone.
        try await installation.stop(.worker(0))
        try await installation.tamper("UPDATE ledger.events SET type = 'AreaPublishes' WHERE position = 2")
        let damaged = try await installation.run("verify", "--checkpoint", file.path, status: 1)
        #expect(damaged.contains("damage: position 2: event-changed"))
        #expect(damaged.contains("event-unreadable") || damaged.contains("views: compared"))

        // Everything that tells of it is made anew, with the key and the superuser's rights.
        try await installation.tamper(
            """
            DELETE FROM ledger.tiles; DELETE FROM ledger.checkpoints; DELETE FROM ledger.seal_keys;
            UPDATE ledger.events SET type = 'AreaPublished', payload = replace(convert_from(payload, 'UTF8'), 'nied',
                'nice')::bytea WHERE position = 2;
            UPDATE ledger.projections SET position = 0 WHERE name = 'seal'
            """)
        try await installation.start(.worker(0))
        _ = try await checkpoint(4)
        let forged = try await installation.run("verify", "--checkpoint", file.path, status: 1)
        #expect(forged.contains("damage: position 3: ledger-rewritten"))
        #expect(!forged.contains("event-changed"), "in the database itself all fits together")
        try await installation.stop()
    }
}
