import CaseFile
import Foundation
import Ledger
import Testing

@testable import CaseService

@Suite("The history as an object-centric event log")
struct ProcessLogTests {
    /// The recorded samples of all events that were ever released.
    private static let samples: [(category: String, type: String, version: Int, data: JSONValue)] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../CaseFileTests/Samples/events.ndjson")
        do {
            return try Array(Data(contentsOf: file)).split(separator: 0x0A).map { line in
                let line = try JSONParser.parse(Array(line))
                return (
                    line["category"]?.text ?? "", line["type"]?.text ?? "", line["schemaVersion"]?.wholeNumber ?? 0,
                    line["data"] ?? .null
                )
            }
        } catch {
            fatalError("the samples cannot be read: \(error)")
        }
    }()

    private static func stream(_ category: String) -> String {
        category == "area" || category == "field" ? "gallus" : "0198a000-0000-7000-8000-000000000001"
    }

    private func append(
        _ type: String, _ payload: String, to stream: StreamName, version: Int = 1, schemaVersion: Int = 1,
        personal: [UInt8]? = nil, in store: InMemoryEventStore
    ) async throws {
        let verdict = try await store.append(
            AppendCommand(
                id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02",
                metadata: Array(#"{"actor":"jc-1","role":"caseworker","office":"job-centre"}"#.utf8),
                writes: [
                    StreamWrite(
                        stream: stream, expectedVersion: version - 1,
                        events: [
                            ProposedEvent(
                                type: type, schemaVersion: schemaVersion, payload: Array(payload.utf8),
                                personal: personal)
                        ])
                ]))
        guard case .appended = verdict else { throw CancellationError() }
    }

    private func log(_ store: InMemoryEventStore) async throws -> JSONValue {
        var bytes: [UInt8] = []
        try await ProcessLogExport(store).run { piece, read, goal in
            bytes += piece
            #expect(read <= goal)
        }
        return try JSONParser.parse(bytes)
    }

    @Test("tells what everything with an identifier is")
    func identifiers() throws {
        for entry in try EventCatalogue.entries() {
            let told = Set(ProcessShape(entry.data).fields.map(\.name))
            for path in Self.identifiers(of: entry.data, at: []) {
                #expect(told.contains(path), "\(entry.shape.name) names something by \(path)")
            }
        }
    }

    private static func identifiers(of schema: JSONSchema, at path: [String]) -> [String] {
        switch schema {
        case .object(let properties, _): properties.flatMap { identifiers(of: $0.schema, at: path + [$0.name]) }
        case .list(let element): identifiers(of: element, at: path)
        case .oneOf(let shapes): shapes.flatMap { identifiers(of: $0, at: path) }
        case .text("uuid", _): [path.joined(separator: ".")]
        default: []
        }
    }

    @Test("holds no text that somebody wrote")
    func noTexts() async throws {
        let texts = [
            "own flat", "hospital", "passport", "lost the job", "Musterweg", "Bakery", "debt counselling", "Werkhof",
            "changed her mind", "jc-1", "so-3", "No measure is active",
        ]
        let readable = Self.samples.map { String(decoding: JSONWriter.bytes(of: $0.data), as: UTF8.self) }
        let store = InMemoryEventStore()
        var versions: [StreamName: Int] = [:]
        for (sample, payload) in zip(Self.samples, readable) {
            let stream = StreamName(category: sample.category, id: Self.stream(sample.category))
            versions[stream, default: 0] += 1
            try await append(
                sample.type, payload, to: stream, version: versions[stream] ?? 0, schemaVersion: sample.version,
                personal: Array("sealed".utf8), in: store)
        }
        let told = String(decoding: JSONWriter.bytes(of: try await log(store)), as: UTF8.self)
        for text in texts { #expect(!told.contains(text), "\(text)") }
        // All of them but what only the vault or the metadata hold can be read in the ledger.
        let there = texts.filter { text in readable.contains { $0.contains(text) } }
        #expect(there.count >= texts.count - 1, "\(there)")
    }

    /// Members that look like words of a vocabulary, and into which anything can be written.
    @Test(
        "takes no free text for a word",
        arguments: [
            (
                "PlacementEnded",
                #"{"incomeCover":{"kind":"planted text"},"on":"2027-06-30","placementId":"0198a000-0000-7000-8000-000000000030"}"#
            ),
            (
                "PlacementOffered",
                #"{"employer":"planted text","employmentField":"planted text","occupation":"planted text","placementId":"0198a000-0000-7000-8000-000000000030","startsOn":"2026-07-01"}"#
            ),
        ])
    func freeTexts(_ type: String, _ payload: String) async throws {
        let store = InMemoryEventStore()
        let stream = StreamName(category: "case", id: "0198a000-0000-7000-8000-000000000001")
        try await append(type, payload, to: stream, in: store)
        let told = String(decoding: JSONWriter.bytes(of: try await log(store)), as: UTF8.self)
        #expect(told.contains("placement:0198a000") && !told.contains("planted"), "\(told)")
    }

    @Test("declares every attribute with its type, and lists every object that an event names")
    func declarations() async throws {
        let store = InMemoryEventStore()
        var versions: [StreamName: Int] = [:]
        for sample in Self.samples {
            let stream = StreamName(category: sample.category, id: Self.stream(sample.category))
            versions[stream, default: 0] += 1
            try await append(
                sample.type, String(decoding: JSONWriter.bytes(of: sample.data), as: UTF8.self), to: stream,
                version: versions[stream] ?? 0, schemaVersion: sample.version, in: store)
        }
        let log = try await log(store)
        var objects: [String: String] = [:]
        for object in log["objects"].items {
            #expect(objects.updateValue(object["type"]?.text ?? "", forKey: object["id"]?.text ?? "") == nil)
        }
        for part in ["event", "object"] {
            var declared: [String: [String: String]] = [:]
            for type in log["\(part)Types"].items {
                declared[type["name"]?.text ?? ""] = Dictionary(
                    uniqueKeysWithValues: type["attributes"].items.map {
                        ($0["name"]?.text ?? "", $0["type"]?.text ?? "")
                    })
            }
            for item in log["\(part)s"].items {
                let attributes = try #require(declared[item["type"]?.text ?? ""])
                for attribute in item["attributes"].items {
                    let type = attributes[attribute["name"]?.text ?? ""]
                    #expect(
                        Self.fits(attribute["value"] ?? .null, type), "\(attribute) of \(item["type"] ?? .null)")
                }
                for relation in item["relationships"].items {
                    #expect(objects[relation["objectId"]?.text ?? ""] != nil, "\(relation)")
                }
            }
        }
        #expect(log["events"].items.count == Self.samples.count)
        #expect(Set(log["eventTypes"].items.compactMap { $0["name"]?.text }) == Set(Self.samples.map(\.type)))
        #expect(Set(objects.values).isSubset(of: ProcessObject.Kind.allCases.map(\.rawValue)))
        // All kinds there are occur in some event.
        #expect(Set(objects.values).count == ProcessObject.Kind.allCases.count, "\(Set(objects.values))")
    }

    private static func fits(_ value: JSONValue, _ type: String?) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .boolean), ("float", .number): true
        case ("time", .string(let text)): Instant(text) != nil
        case ("integer", .number): value.wholeNumber != nil
        default: false
        }
    }

    @Test("relates an event to all that it is about, and an object to what it began with")
    func relations() async throws {
        let store = InMemoryEventStore()
        let id = "0198a000-0000-7000-8000-000000000001"
        let stream = StreamName(category: "case", id: id)
        let events = [
            ("ParticipantRegistered", #"{"areaId":"gallus","languages":[]}"#),
            (
                "PlanDrafted",
                #"{"from":"2026-03-01","kind":"cooperation","office":"job-centre","planId":"0198a000-0000-7000-8000-000000000010","reviewEvery":6}"#
            ),
            (
                "DeadlineSet",
                #"{"deadlineId":"0198a000-0000-7000-8000-000000000097","endsOn":"2026-09-02","from":"2026-03-02","office":"job-centre","period":"update","rule":{"id":"cooperation-plan","source":"§ 15 SGB II","version":"2023-07-01"},"subject":"0198a000-0000-7000-8000-000000000010","title":"Cooperation plan"}"#
            ),
            ("FindingClosed", #"{"key":"gap:1"}"#),
        ]
        for (index, event) in events.enumerated() {
            try await append(event.0, event.1, to: stream, version: index + 1, in: store)
        }
        let log = try await log(store)
        func relations(_ value: JSONValue) -> [String] {
            value["relationships"].items.map { "\($0["qualifier"]?.text ?? "") \($0["objectId"]?.text ?? "")" }
        }
        let finding =
            "finding:\(UUID(derivedFrom: try #require(UUID(uuidString: id)), "gap:1").uuidString.lowercased())"
        let plan = "plan:0198a000-0000-7000-8000-000000000010"
        let told = log["events"].items
        #expect(told.map { $0["type"]?.text } == events.map { $0.0 })
        #expect(relations(told[0]) == ["case case:\(id)", "acting office:job-centre", "areaId area:gallus"])
        #expect(
            relations(told[1]) == [
                "case case:\(id)", "acting office:job-centre", "office office:job-centre", "planId \(plan)",
            ])
        #expect(
            relations(told[2]) == [
                "case case:\(id)", "acting office:job-centre",
                "deadlineId deadline:0198a000-0000-7000-8000-000000000097", "office office:job-centre",
                "subject \(plan)",
            ])
        #expect(relations(told[3]) == ["case case:\(id)", "acting office:job-centre", "key \(finding)"])
        let attributes = told[2]["attributes"].items.map { "\($0["name"]?.text ?? "") \($0["value"]?.text ?? "")" }
        #expect(
            attributes == [
                "position ", "effectiveOn 2026-03-02T00:00:00+01:00", "actingRole caseworker",
                "endsOn 2026-09-02T00:00:00+02:00", "from 2026-03-02T00:00:00+01:00", "period update",
                "rule.id cooperation-plan", "rule.version 2023-07-01T00:00:00+02:00",
            ])
        let objects = Dictionary(
            uniqueKeysWithValues: log["objects"].items.map { ($0["id"]?.text ?? "", $0) })
        #expect(Set(objects.keys).count == 6)
        let begun = try #require(objects[plan])
        #expect(begun["attributes"].items.map { $0["value"]?.text } == ["cooperation"])
        #expect(
            relations(begun) == ["case case:\(id)", "acting office:job-centre", "office office:job-centre"])
        // Nothing but its name is known of what was only mentioned.
        #expect(relations(try #require(objects["area:gallus"])) == [])
    }

    @Test("refuses an event that this program does not know, and says which")
    func unknown() async throws {
        let store = InMemoryEventStore()
        try await append(
            "TomorrowsEvent", "{}", to: StreamName(category: "case", id: UUID().uuidString), in: store)
        await #expect(throws: LedgerError.unreadable(1, "version 1 of TomorrowsEvent is not known")) {
            _ = try await log(store)
        }
    }

    @Test("is a whole log of an empty ledger, too")
    func empty() async throws {
        let log = try await log(InMemoryEventStore())
        #expect(log["events"].items == [] && log["objects"].items == [] && !log["eventTypes"].items.isEmpty)
    }
}

extension JSONValue? {
    fileprivate var items: [JSONValue] {
        guard case .array(let elements)? = self else { return [] }
        return elements
    }
}
