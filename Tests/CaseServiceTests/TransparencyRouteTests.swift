import CaseFile
import CaseTiming
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct TransparencyRouteTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let events = "/v1/audit/cases/\(id)/events"

    /// Three events that are sealed, and one that is not.
    private func withLog(
        _ way: Way = .router,
        _ test: @Sendable (ServiceFixture, any TestClientProtocol, _ auditor: String) async throws -> Void
    ) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            _ = try await client.post(
                "/v1/cases/\(Self.id)/register-participant", ServiceFixture.registration(), token: token)
            _ = try await client.post(
                "/v1/cases/\(Self.id)/engage-office", #"{"office":"youth-office"}"#, token: token)
            try await fixture.log.seal()
            let later = try await client.post(
                "/v1/cases/\(Self.id)/join-household",
                #"{"householdId":"0198c0de-0000-7000-8000-0000000000aa","role":"adult"}"#, token: token)
            #expect(later.status == .ok, "\(later.text)")
            try await test(fixture, client, try await fixture.token(.auditor, subject: "au-1"))
        }
    }

    /// What an auditor does who has no program of ours: base64, SHA-256 and Ed25519.
    private func check(_ proof: JSONValue, leaf: Data, publicKey: Data) throws {
        func bytes(_ value: JSONValue?) throws -> Data { try #require(value?.text.flatMap { Data(base64Encoded: $0) }) }
        func number(_ name: String) throws -> Int {
            guard case .number(let text) = proof[name], let number = Int(text) else { throw CancellationError() }
            return number
        }
        guard case .array(let path) = proof["path"] else { return #expect(Bool(false), "no path") }
        var hash = Data(SHA256.hash(data: Data([0]) + leaf))
        #expect(try hash == bytes(proof["leafHash"]))
        var (node, last) = (try number("index"), try number("size") - 1)
        for sibling in path {
            if node % 2 == 1 || node == last {
                hash = Data(SHA256.hash(data: Data([1]) + (try bytes(sibling)) + hash))
                while node % 2 == 0, node > 0 { (node, last) = (node / 2, last / 2) }
            } else {
                hash = Data(SHA256.hash(data: Data([1]) + hash + (try bytes(sibling))))
            }
            (node, last) = (node / 2, last / 2)
        }
        #expect(last == 0)
        #expect(try hash == bytes(proof["root"]))
        let note = try #require(proof["checkpoint"]?.text)
        let parts = note.components(separatedBy: "\n\n")
        #expect(parts[0].components(separatedBy: "\n")[2] == hash.base64EncodedString())
        let line = try #require(parts[1].split(separator: " ").last?.dropLast())
        let signature = try #require(Data(base64Encoded: String(line))).dropFirst(4)
        let key = try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        #expect(key.isValidSignature(signature, for: Data((parts[0] + "\n").utf8)))
    }

    @Test(arguments: Way.allCases)
    func everyEventIsProvedAndTheProofIsCheckedByHand(_ way: Way) async throws {
        try await withLog(way) { fixture, client, auditor in
            let key = try NoteSigningKey(name: "example.org/log", seed: Array(repeating: 9, count: 32)).verifier
            let history = try await client.get(
                "\(Self.events)?leaves=true", token: auditor, headers: ["Audit-Reason": "checking"])
            guard case .array(let items) = history.json["items"] else { return #expect(Bool(false), "\(history.text)") }
            for item in items.prefix(2) {
                guard case .number(let position) = item["position"] else { return #expect(Bool(false)) }
                let leaf = try #require(item["leaf"]?.text.flatMap { Data(base64Encoded: $0) })
                #expect(leaf.range(of: Data((item["type"]?.text ?? "?").utf8)) != nil)
                let answer = try await client.get("/v1/audit/proof?position=\(position)", token: auditor)
                #expect(answer.status == .ok && answer.json["size"] == .number("3"))
                try check(answer.json, leaf: leaf, publicKey: Data(key.publicKey))
            }
            let plain = try await client.get(Self.events, token: auditor, headers: ["Audit-Reason": "checking"])
            #expect(!plain.text.contains("leaf"))
        }
    }

    @Test func aProofIsAFileThatProvesItself() async throws {
        try await withLog { fixture, client, auditor in
            let answer = try await client.get(
                "/v1/audit/proof?position=2", token: auditor, headers: ["Accept": "text/plain"])
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            let parts = answer.text.components(separatedBy: "\n\n")
            let lines = parts[0].components(separatedBy: "\n")
            #expect(lines[0] == "c2sp.org/tlog-proof@v1" && lines[1] == "index 1")
            let proof = InclusionProof(
                index: 1, size: 3, path: lines.dropFirst(2).compactMap { MerkleHash(base64: $0) })
            let leaf = try #require(try await fixture.log.leaves(at: [2])[2])
            let note = try #require(SignedNote(parts.dropFirst().joined(separator: "\n\n")))
            let checkpoint = try #require(Checkpoint(note.text))
            #expect(proof.verifies(leaf: MerkleHash(ofLeaf: leaf), root: checkpoint.root))
            let between = try await client.get(
                "/v1/audit/proof?position=1&size=2", token: auditor, headers: ["Accept": "text/plain"])
            #expect(between.problem == "not-found")
        }
    }

    @Test func checkpointsAndConsistency() async throws {
        try await withLog { fixture, client, auditor in
            let first = try await client.get("/v1/audit/checkpoint", token: auditor)
            #expect(first.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(first.headers[.ledgerPosition] == "3" && first.text.hasPrefix("example.org/log\n3\n"))
            try await fixture.log.seal()
            let second = try await client.get("/v1/audit/checkpoint", token: auditor)
            let again = try await client.get("/v1/audit/checkpoint?size=3", token: auditor)
            #expect(again.text == first.text && second.text != first.text)
            let roots = [first, second].map { $0.text.components(separatedBy: "\n")[2] }
            let sizes = [first, second].compactMap { $0.headers[.ledgerPosition] }
            let answer = try await client.get("/v1/audit/consistency?from=3", token: auditor)
            #expect(answer.json["to"] == .number(sizes[1]))
            guard case .array(let path) = answer.json["path"] else { return #expect(Bool(false), "\(answer.text)") }
            let proof = ConsistencyProof(
                from: 3, to: try #require(Int64(sizes[1])), path: path.compactMap { MerkleHash(base64: $0.text ?? "") })
            let hashes = roots.compactMap { MerkleHash(base64: $0) }
            #expect(proof.verifies(from: hashes[0], to: hashes[1]))
            #expect(answer.json["fromRoot"]?.text == roots[0] && answer.json["toRoot"]?.text == roots[1])
        }
    }

    @Test func whatIsNotThereIsSaidClearly() async throws {
        try await withLog { fixture, client, auditor in
            for path in [
                "proof?position=4", "proof?position=1&size=4", "consistency?from=4", "consistency?from=1&to=4",
                "checkpoint?size=4",
            ] {
                let answer = try await client.get("/v1/audit/\(path)", token: auditor)
                #expect(answer.problem == "unavailable" && answer.headers[.retryAfter] != nil, "\(path)")
            }
            for path in [
                "proof?position=99", "proof?position=1&size=99", "consistency?from=1&to=99", "checkpoint?size=99",
                "checkpoint?size=2",
            ] {
                let answer = try await client.get("/v1/audit/\(path)", token: auditor)
                #expect(answer.problem == "not-found", "\(path)")
            }
            for (path, parameter) in [
                ("proof", "position"), ("proof?position=0", "position"), ("proof?position=x", "position"),
                ("proof?position=3&size=2", "size"), ("proof?position=9223372036854775808", "position"),
                ("consistency", "from"), ("consistency?from=0", "from"), ("consistency?from=3&to=2", "to"),
                ("checkpoint?size=0", "size"), ("checkpoint?size=-1", "size"), ("checkpoint?position=1", "position"),
            ] {
                let answer = try await client.get("/v1/audit/\(path)", token: auditor)
                #expect(answer.problem == "malformed" && answer.pointers == [parameter], "\(path): \(answer.text)")
            }
            for path in ["proof?position=1", "consistency?from=1", "checkpoint"] {
                for role in [Role.caseworker, .supervisor, .administrator] {
                    let token = try await fixture.token(role, office: role == .administrator ? nil : .youthOffice)
                    #expect(try await client.get("/v1/audit/\(path)", token: token).problem == "forbidden")
                }
                #expect(try await client.get("/v1/audit/\(path)").problem == "unauthenticated")
            }
            #expect(fixture.reads.reads.isEmpty, "nothing of a case is in them")
        }
    }

    @Test func beforeAnythingIsSealed() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            let auditor = try await fixture.token(.auditor)
            #expect(try await client.get("/v1/audit/checkpoint", token: auditor).problem == "unavailable")
            #expect(try await client.get("/v1/audit/proof?position=1", token: auditor).problem == "not-found")
        }
    }
}
