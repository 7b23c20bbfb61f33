import Foundation
import LedgerSuite
import Testing

@testable import Ledger

@Suite("The append queue, one transition at a time")
struct AppendQueueStateTests {
    private var state = AppendQueueState(capacity: 5, batchLimit: 3)

    private func command(_ streams: String...) -> AppendCommand {
        AppendCommand(
            id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02", metadata: [],
            writes: streams.map { StreamWrite(stream: .sample($0), expectedVersion: 0, events: []) })
    }

    private func tickets(_ admission: AppendQueueState.Admission) -> [UInt64]? {
        if case .send(let batch) = admission { batch.map(\.ticket) } else { nil }
    }

    private func isWaiting(_ admission: AppendQueueState.Admission) -> Bool {
        if case .waiting = admission { true } else { false }
    }

    private func isRefused(_ admission: AppendQueueState.Admission) -> Bool {
        if case .refused = admission { true } else { false }
    }

    @Test("sends the first command at once")
    mutating func first() {
        check(tickets(state.admit(command("a"), ticket: 1)) == [1])
        #expect(state.depth == 0)
    }

    @Test("gathers what comes while a batch is in flight, and sends it when that ends")
    mutating func gathers() {
        _ = state.admit(command("a"), ticket: 1)
        check(isWaiting(state.admit(command("b"), ticket: 2)))
        check(isWaiting(state.admit(command("c"), ticket: 3)))
        #expect(state.depth == 2)
        check(state.batchEnded()?.map(\.ticket) == [2, 3])
        #expect(state.depth == 0)
        check(isWaiting(state.admit(command("d"), ticket: 4)))
        check(state.batchEnded()?.map(\.ticket) == [4])
        check(state.batchEnded() == nil)
        check(tickets(state.admit(command("e"), ticket: 5)) == [5])
    }

    @Test("sends no more at once than the limit")
    mutating func limit() {
        _ = state.admit(command("x"), ticket: 0)
        for ticket in 1...5 { _ = state.admit(command("s\(ticket)"), ticket: UInt64(ticket)) }
        check(state.batchEnded()?.map(\.ticket) == [1, 2, 3])
        check(state.batchEnded()?.map(\.ticket) == [4, 5])
    }

    @Test("refuses what exceeds the capacity, not counting what is in flight")
    mutating func capacity() {
        for ticket in 0...5 { check(!isRefused(state.admit(command("s\(ticket)"), ticket: UInt64(ticket)))) }
        check(isRefused(state.admit(command("y"), ticket: 6)))
        #expect(state.depth == 5)
        _ = state.batchEnded()
        check(isWaiting(state.admit(command("y"), ticket: 7)))
    }

    @Test("puts one command per stream into a batch, in order of arrival")
    mutating func oneEach() {
        _ = state.admit(command("x"), ticket: 0)
        _ = state.admit(command("a"), ticket: 1)
        _ = state.admit(command("a"), ticket: 2)
        _ = state.admit(command("b"), ticket: 3)
        _ = state.admit(command("a"), ticket: 4)
        check(state.batchEnded()?.map(\.ticket) == [1, 3])
        check(state.batchEnded()?.map(\.ticket) == [2])
        check(state.batchEnded()?.map(\.ticket) == [4])
        check(state.batchEnded() == nil)
    }

    @Test("lets nobody overtake on a stream, also over a command for several")
    mutating func order() {
        _ = state.admit(command("x"), ticket: 0)
        _ = state.admit(command("a"), ticket: 1)
        _ = state.admit(command("a", "b"), ticket: 2)
        _ = state.admit(command("b"), ticket: 3)
        _ = state.admit(command("c"), ticket: 4)
        check(state.batchEnded()?.map(\.ticket) == [1, 4])
        check(state.batchEnded()?.map(\.ticket) == [2])
        check(state.batchEnded()?.map(\.ticket) == [3])
    }

    @Test("keeps the order of those passed over when the batch is full before the end of the queue")
    mutating func passedOver() {
        _ = state.admit(command("x"), ticket: 0)
        state = AppendQueueState(capacity: 10, batchLimit: 2)
        _ = state.admit(command("x"), ticket: 0)
        for (index, stream) in ["a", "a", "b", "c", "a"].enumerated() {
            _ = state.admit(command(stream), ticket: UInt64(index + 1))
        }
        check(state.batchEnded()?.map(\.ticket) == [1, 3])
        check(state.batchEnded()?.map(\.ticket) == [2, 4])
        check(state.batchEnded()?.map(\.ticket) == [5])
    }

    @Test("lets go of who gives up while waiting, and not of who is on the way")
    mutating func withdrawn() {
        _ = state.admit(command("x"), ticket: 1)
        _ = state.admit(command("a"), ticket: 2)
        _ = state.admit(command("b"), ticket: 3)
        check(!state.withdraw(1))
        check(state.withdraw(2))
        check(!state.withdraw(2))
        check(!state.withdraw(99))
        check(state.batchEnded()?.map(\.ticket) == [3])
        check(!state.withdraw(3))
    }

    @Test("comes to rest when all who waited gave up")
    mutating func allWithdrawn() {
        _ = state.admit(command("x"), ticket: 1)
        _ = state.admit(command("a"), ticket: 2)
        check(state.withdraw(2))
        check(state.batchEnded() == nil)
        check(tickets(state.admit(command("a"), ticket: 3)) == [3])
    }

    @Test("sends every command once and in its stream's order, whatever comes in whatever order", arguments: 1...20)
    func random(_ seed: Int) {
        var state = AppendQueueState(capacity: 40, batchLimit: 4)
        var sent: [AppendQueueState.Entry] = []
        var withdrawn: Set<UInt64> = []
        var admitted: Set<UInt64> = []
        var isInFlight = false
        for ticket in UInt64(1)...400 {
            let streams = (0..<Int.random(in: 1...2)).map { _ in "s\(Int.random(in: 0..<5))" }
            let writes = Set(streams).map { StreamWrite(stream: .sample($0), expectedVersion: 0, events: []) }
            let command = AppendCommand(
                id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02", metadata: [], writes: writes)
            switch state.admit(command, ticket: ticket) {
            case .refused: break
            case .waiting:
                #expect(isInFlight)
                admitted.insert(ticket)
            case .send(let batch):
                #expect(!isInFlight)
                isInFlight = true
                admitted.insert(ticket)
                sent += batch
            }
            if Int.random(in: 0..<10) == 0, let victim = admitted.randomElement(), state.withdraw(victim) {
                withdrawn.insert(victim)
            }
            if isInFlight, Int.random(in: 0..<3) == 0 {
                if let batch = state.batchEnded() { sent += batch } else { isInFlight = false }
            }
        }
        while isInFlight {
            guard let batch = state.batchEnded() else { break }
            let streams = batch.flatMap { $0.command.writes.map(\.stream) }
            #expect(Set(streams).count == streams.count)
            sent += batch
        }
        #expect(Set(sent.map(\.ticket)) == admitted.subtracting(withdrawn))
        #expect(Set(sent.map(\.ticket)).count == sent.count)
        for stream in 0..<5 {
            let order = sent.filter { $0.command.writes.contains { $0.stream == .sample("s\(stream)") } }.map(\.ticket)
            #expect(order == order.sorted())
        }
    }
}

/// `#expect` cannot look into expressions that change the state.
private func check(_ holds: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(holds, sourceLocation: sourceLocation)
}
