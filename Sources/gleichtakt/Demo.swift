import ArgumentParser
import AsyncHTTPClient
import CaseFile
import CaseService
import DemoRegion
import Foundation
import Ledger
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load the invented demo area through the API, like everybody else.",
        discussion: "Can be interrupted and repeated: what is there already is left as it is.")

    @OptionGroup var data: DataOption
    @Option(help: "Where the service is.")
    var url = "http://127.0.0.1:8080"
    @Option(help: "The number that everything invented is derived from.")
    var seed: UInt64 = 1

    /// How many households are loaded at the same time.
    private static let simultaneousLanes = 8

    func run() async throws {
        let settings = try await data.settings()
        let record = DemoRecord(directory: settings.dataDirectory)
        var progress = try record.load() ?? DemoRecord.Progress(seed: seed, today: LedgerClock.system.today)
        guard !progress.isComplete else {
            print("The demo area is already there (invented data).")
            return
        }
        try record.save(progress)
        let loader = DemoLoader(url: url, tokens: DemoTokens(key: try TokenKeys.developmentKey(settings)))
        let region = DemoRegion(seed: progress.seed, today: progress.today)
        for command in region.foundations { try await loader.send(command) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, lane) in region.lanes.enumerated() {
                if index >= Self.simultaneousLanes { try await group.next() }
                group.addTask { for command in lane { try await loader.send(command) } }
            }
            try await group.waitForAll()
        }
        progress.isComplete = true
        try record.save(progress)
        print("The demo area is loaded (invented data).")
    }
}

/// What is remembered of a load, so that it can go on after an interruption with the same days and identifiers.
struct DemoRecord {
    struct Progress: Codable {
        var seed: UInt64
        var today: CalendarDate
        var isComplete = false
    }

    private let file: URL

    init(directory: URL) {
        file = directory.appendingPathComponent("demo.json")
    }

    func load() throws -> Progress? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONDecoder().decode(Progress.self, from: Data(contentsOf: file))
    }

    func save(_ progress: Progress) throws {
        try JSONEncoder().encode(progress).write(to: file, options: .atomic)
    }
}

/// One token for each invented colleague.
actor DemoTokens {
    private let key: DevelopmentKey
    private var tokens: [Actor: String] = [:]

    init(key: DevelopmentKey) {
        self.key = key
    }

    func token(for actor: Actor) async throws -> String {
        if let token = tokens[actor] { return token }
        let token = try await key.token(for: actor, lifetime: 3600)
        tokens[actor] = token
        return token
    }
}

/// Sends the demo's commands, each again until it has an answer.
struct DemoLoader: Sendable {
    let url: String
    let tokens: DemoTokens

    func send(_ command: DemoCommand) async throws {
        var request = HTTPClientRequest(url: url + command.path)
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(try await tokens.token(for: command.actor))")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Idempotency-Key", value: command.id.uuidString)
        request.body = .bytes(ByteBuffer(data: command.body))
        var failure = "no answer"
        for attempt in 0..<10 {
            do {
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
                let body = try await response.body.collect(upTo: 1 << 20)
                // 422: the identifier is there, from a load on another day.
                if (200..<300).contains(response.status.code) || response.status.code == 422 { return }
                failure = "\(response.status.code) \(String(buffer: body))"
                guard response.status.code >= 500 || response.status.code == 429 else { break }
            } catch let error as HTTPClientError {
                failure = "\(error)"
            }
            try await Task.sleep(for: .milliseconds(100 << min(attempt, 5)))
        }
        throw Failure("The demo stops at \(command.path): \(failure)")
    }
}
