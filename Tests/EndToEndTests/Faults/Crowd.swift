import AsyncHTTPClient
import Foundation
import Ledger
import Synchronization

/// Many clients who send the commands of one case after the other to whichever service answers, and keep a book of what
/// they were told.
///
/// A client sends a command again, with the same identifier, until it has an answer; now and then it gives one up after
/// the first failure, and with it the case; and now and then it asks again for what it has been told already.
final class Crowd: Sendable {
    let book = Book()
    private let callers: [Caller]
    private let client = HTTPClient.wide(64)
    let today: CalendarDate
    private let isOver = Atomic(false)
    private let pause: ClosedRange<Int>

    /// Clients of all services of `installation`, in an area that is published first.
    ///
    /// - Parameter pause: how long a client rests between two commands, milliseconds.
    init(of installation: Installation, pause: ClosedRange<Int> = 10...60) async throws {
        let administrator = try await installation.caller("administrator", subject: "ad-1")
        let published = try await administrator.post(
            "/v1/areas/\(CaseScript.area)/publish-area", ["name": "Fault quarter (invented)"])
        guard published.status == 201 || published.status == 200 else { throw NeverHappened(what: published.text) }
        let caller = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        callers = installation.services.map { [client] service in
            var caller = caller
            caller.base = service
            caller.client = client
            // Longer than the service lets anybody wait: silence is an answer that no client has to put up with.
            caller.patience = .seconds(25)
            return caller
        }
        today = LedgerClock.system.today
        self.pause = pause
    }

    /// Works with so many clients until `circumstances` are over and every client has come to the end of its case.
    func work(clients: Int, seed: UInt64, during circumstances: () async throws -> Void) async throws {
        let outcome: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<clients {
                    group.addTask { await self.client(number, seed: seed) }
                }
                defer { isOver.store(true, ordering: .releasing) }
                try await circumstances()
                isOver.store(true, ordering: .releasing)
                try await group.waitForAll()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        // It insists on that, also when the test has failed.
        try await client.shutdown()
        try outcome.get()
    }

    /// Waits until so many more commands have been acknowledged.
    func achieve(_ more: Int) async throws {
        let goal = book.acknowledged + more
        try await eventually("\(more) more commands are acknowledged") { self.book.acknowledged >= goal }
    }

    /// Plays one case from its beginning to its end.
    func play(_ script: CaseScript) async throws {
        var random = SeededGenerator(state: 0)
        for command in script.commands {
            while await !send(command, &random) {
                guard book.objections.isEmpty else { throw NeverHappened(what: "\(book.objections)") }
            }
        }
    }

    private func client(_ number: Int, seed: UInt64) async {
        var random = SeededGenerator(state: seed &+ UInt64(number) &* 7919)
        var round = 0
        while !isOver.load(ordering: .acquiring) {
            // Two clients each share a household: what they do there collides.
            let script = CaseScript(
                caseID: UUID(using: &random),
                household: UUID(derivedFrom: Self.households, "\(seed) \(number / 2) \(round)"), today: today)
            round += 1
            for command in script.commands {
                guard await send(command, &random) else { break }
                // Now and then long enough for timing to see a plan without anything happening.
                if command.name == "agree-plan", Int.random(in: 0..<3, using: &random) == 0 {
                    try? await Task.sleep(for: .milliseconds(600))
                }
                try? await Task.sleep(for: .milliseconds(Int.random(in: pause, using: &random)))
            }
        }
    }

    private static let households = UUID(uuid: (7, 1, 3, 3, 7, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 2))

    /// Sends one command until it is answered; `false` when it was given up or refused.
    private func send(_ command: CaseScript.Command, _ random: inout SeededGenerator) async -> Bool {
        let isPatient = Int.random(in: 0..<3, using: &random) > 0
        let isForgetful = Int.random(in: 0..<10, using: &random) == 0
        var service = Int.random(in: callers.indices, using: &random)
        book.begin(command)
        var answered: Book.Receipt?
        while true {
            if let answer = try? await callers[service].post(
                command.path, command.body, headers: ["Idempotency-Key": command.id.text])
            {
                if answer.status == 200 || answer.status == 201 {
                    let receipt = Book.Receipt(answer.json)
                    if let answered {
                        if answered != receipt { book.object("\(command.name) \(command.id): another answer again") }
                        return true
                    }
                    book.acknowledge(command, receipt)
                    guard isForgetful else { return true }
                    answered = receipt
                    service = (service + 1) % callers.count
                    continue
                }
                if answer.status != 503 {
                    book.object("\(command.name) \(command.id): \(answer.status) \(answer.text)")
                    return false
                }
                book.sendAway()
                if answer.header("Retry-After") == nil { book.object("503 without Retry-After") }
            }
            if Task.isCancelled { return false }
            if answered == nil && !isPatient {
                book.giveUp(command)
                return false
            }
            service = (service + 1) % callers.count
            try? await Task.sleep(for: .milliseconds(Int.random(in: 20...200, using: &random)))
        }
    }
}
