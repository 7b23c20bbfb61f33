import Testing

@testable import Postgres

@Suite struct ConnectStateMachineTests {
    let machine = ConnectStateMachine(timeout: .seconds(5))

    @Test func waitsForWhatLibpqWants() {
        #expect(machine.polled(.wantsWrite, elapsed: .zero) == .wait(writing: true, atMost: .seconds(5)))
        #expect(machine.polled(.wantsRead, elapsed: .seconds(2)) == .wait(writing: false, atMost: .seconds(3)))
    }

    @Test func givesUpInTime() {
        #expect(machine.polled(.wantsRead, elapsed: .seconds(5)) == .fail(.timedOut(.connect)))
    }

    @Test func takesWhatCame() {
        #expect(machine.polled(.connected, elapsed: .seconds(6)) == .succeed)
        #expect(machine.polled(.failed("no"), elapsed: .zero) == .fail(.connectFailed("no")))
    }
}
