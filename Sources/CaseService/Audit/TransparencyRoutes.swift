import CaseFile
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// What an auditor needs to check the ledger with tools that are not ours: signed checkpoints and proofs that lead to them.
///
/// They are hashes and signatures; nothing of a case is in them, so these reads are not put on record.
struct TransparencyRoutes: Sendable {
    let log: any TransparencyLog
    let store: any EventStore
    let reader: ViewReader

    var operations: [Operation] { [checkpoint, inclusion, consistency] }

    private var checkpoint: Operation {
        Operation(
            method: .get, path: "/v1/audit/checkpoint", id: "auditCheckpoint", tag: "audit",
            summary: "The signed checkpoint of the ledger.",
            notes:
                "A signed note (C2SP signed-note) whose text is a checkpoint (C2SP tlog-checkpoint): the log's name, how "
                + "many events it has, and the root of the Merkle tree over them (RFC 6962). Whoever keeps one elsewhere can "
                + "later tell whether the ledger was rewritten. A checkpoint of a size that is recorded and not sealed yet "
                + "is `unavailable`; ask again.",
            access: .action(.auditProof),
            parameters: [
                .query("size", .integer(1...Int.max), "The checkpoint of exactly this size; the latest unless stated.")
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The checkpoint.", content: [("text/plain", ["type": "string"])],
                    headers: [("Ledger-Position", "The position of the last event that the checkpoint covers.")])
            ], problems: [.malformed, .notFound]
        ) { request in
            let size = request.query.position("size")
            let checkpoint: SealedCheckpoint = try await ask("size") {
                if let found = try await log.checkpoint(size: size) { return found }
                let latest = try await log.checkpoint(size: nil)?.size ?? 0
                guard let size, size <= latest else { throw TransparencyError.notSealed(upTo: latest) }
                throw Problem(
                    kind: .notFound,
                    detail: "There is no checkpoint of exactly that size; the latest one has the size \(latest).")
            } asked: {
                size ?? 0
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/plain; charset=utf-8", .ledgerPosition: String(checkpoint.size),
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: checkpoint.note)))
        }
    }

    private var inclusion: Operation {
        Operation(
            method: .get, path: "/v1/audit/proof", id: "auditProof", tag: "audit",
            summary: "Proof that an event is part of the sealed ledger.",
            notes:
                "The inclusion proof of RFC 6962, section 2.1.1: from the hash of the event's leaf to the root that a "
                + "checkpoint states. What a leaf consists of is described in the documentation under *Auditing*; the leaf "
                + "itself comes with the history of its case. With `Accept: text/plain`: the same as a C2SP tlog-proof, "
                + "if there is a checkpoint of that size. A position that is recorded and not sealed yet is `unavailable`; "
                + "ask again.",
            access: .action(.auditProof),
            parameters: [
                .query("position", .integer(1...Int.max), "The event's position; required.", example: 17),
                .query("size", .integer(1...Int.max), "The size of the tree; the latest checkpoint's unless stated."),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The proof.",
                    content: [
                        ("application/json", ["$ref": "#/components/schemas/InclusionProof"]),
                        ("text/plain", ["type": "string"]),
                    ])
            ], problems: [.malformed, .notFound]
        ) { request in
            let position = try Self.required("position", request)
            let size = request.query.position("size")
            if let size, size < position {
                throw Self.contradiction("size", "has to be at least the position")
            }
            let inclusion = try await ask("position") {
                try await log.inclusion(of: position, size: size)
            } asked: {
                max(position, size ?? 0)
            }
            if Self.prefersText(request) {
                guard let checkpoint = inclusion.checkpoint else {
                    throw Problem(
                        kind: .notFound, detail: "There is no checkpoint of exactly that size to put under the proof.")
                }
                return Self.text(inclusion, checkpoint)
            }
            return Self.json(Self.document(of: inclusion, position: position))
        }
    }

    private var consistency: Operation {
        Operation(
            method: .get, path: "/v1/audit/consistency", id: "auditConsistency", tag: "audit",
            summary: "Proof that the ledger of one checkpoint is the beginning of that of another.",
            notes:
                "The consistency proof of RFC 6962, section 2.1.2. With it, a checkpoint kept earlier and a later one show "
                + "that nothing was changed in between.",
            access: .action(.auditProof),
            parameters: [
                .query("from", .integer(1...Int.max), "The size of the earlier tree; required.", example: 17),
                .query(
                    "to", .integer(1...Int.max), "The size of the later tree; the latest checkpoint's unless stated."),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The proof.",
                    content: [("application/json", ["$ref": "#/components/schemas/ConsistencyProof"])])
            ], problems: [.malformed, .notFound]
        ) { request in
            let from = try Self.required("from", request)
            let to = request.query.position("to")
            if let to, to < from { throw Self.contradiction("to", "has to be at least from") }
            let consistency = try await ask("to") {
                try await log.consistency(from: from, to: to)
            } asked: {
                max(from, to ?? 0)
            }
            return Self.json(Self.document(of: consistency))
        }
    }

    /// Asks the log, and says in the API's terms what is not there.
    ///
    /// - Parameter asked: how far the log has to be sealed for an answer.
    private func ask<Value: Sendable>(
        _ parameter: String, _ question: @escaping @Sendable () async throws -> Value,
        asked: @escaping @Sendable () -> Position
    ) async throws -> Value {
        try await reader.within(reader.timeLimit) {
            do {
                return try await question()
            } catch TransparencyError.notSealed(let sealed) {
                let head = try await store.head()
                guard asked() <= head else {
                    throw Problem(kind: .notFound, detail: "The ledger ends at position \(head).")
                }
                throw Problem.unavailable(
                    "The ledger is sealed up to position \(sealed), and recorded up to \(head); ask again.")
            } catch TransparencyError.contradictory {
                throw Self.contradiction(parameter, "does not go together with the others")
            }
        }
    }

    private static func required(_ name: String, _ request: ServiceRequest) throws -> Position {
        guard let position = request.query.position(name) else {
            throw Problem.malformed(
                "The parameter \(name) is missing.", [.init(place: .parameter(name), detail: "is required")])
        }
        return position
    }

    private static func contradiction(_ name: String, _ detail: String) -> Problem {
        Problem.malformed(
            "The parameters contradict one another.", [.init(place: .parameter(name), detail: detail)])
    }

    private static func prefersText(_ request: ServiceRequest) -> Bool {
        let accepted = request.request.headers[.accept] ?? ""
        return accepted.contains("text/plain") && !accepted.contains("application/json")
    }

    // MARK: Answers

    private static func document(of inclusion: SealedInclusion, position: Position) -> JSONWriter {
        var writer = JSONWriter(reserving: 2048)
        writer.beginObject()
        writer.member("position", position)
        writer.member("index", inclusion.proof.index)
        writer.member("size", inclusion.proof.size)
        writer.member("leafHash", inclusion.leaf.base64)
        write(inclusion.proof.path, to: &writer)
        writer.member("root", inclusion.root.base64)
        if let checkpoint = inclusion.checkpoint { writer.member("checkpoint", checkpoint.note) }
        writer.endObject()
        return writer
    }

    private static func document(of consistency: SealedConsistency) -> JSONWriter {
        var writer = JSONWriter(reserving: 2048)
        writer.beginObject()
        writer.member("from", consistency.proof.from)
        writer.member("to", consistency.proof.to)
        writer.member("fromRoot", consistency.oldRoot.base64)
        write(consistency.proof.path, to: &writer)
        writer.member("toRoot", consistency.newRoot.base64)
        writer.endObject()
        return writer
    }

    private static func write(_ path: [MerkleHash], to writer: inout JSONWriter) {
        writer.name("path")
        writer.beginArray()
        for hash in path { writer.string(hash.base64) }
        writer.endArray()
    }

    /// The proof as C2SP's tlog-proof writes it.
    private static func text(_ inclusion: SealedInclusion, _ checkpoint: SealedCheckpoint) -> Response {
        let lines = ["c2sp.org/tlog-proof@v1", "index \(inclusion.proof.index)"] + inclusion.proof.path.map(\.base64)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: lines.joined(separator: "\n") + "\n\n" + checkpoint.note)))
    }

    private static func json(_ writer: JSONWriter) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}
