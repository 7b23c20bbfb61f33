/// The opening of one connection, as a value: what libpq's last step said and how much time has passed go in, what to
/// do next comes out.
struct ConnectStateMachine {
    enum Status: Equatable {
        case wantsRead, wantsWrite, connected
        case failed(String)
    }

    enum Action: Equatable {
        /// Wait until the socket can be written (or read), then let libpq take its next step.
        case wait(writing: Bool, atMost: Duration)
        case succeed
        case fail(PostgresError)
    }

    let timeout: Duration

    func polled(_ status: Status, elapsed: Duration) -> Action {
        switch status {
        case .connected: return .succeed
        case .failed(let message): return .fail(.connectFailed(message))
        case .wantsRead, .wantsWrite:
            guard elapsed < timeout else { return .fail(.timedOut(.connect)) }
            return .wait(writing: status == .wantsWrite, atMost: timeout - elapsed)
        }
    }
}
