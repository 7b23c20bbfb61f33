import Dispatch
import Foundation
import Synchronization

/// The thread that starts the tests' processes, and never ends.
///
/// On Linux each process asks to be killed when its parent is gone (`PR_SET_PDEATHSIG`), so that a test run that fails,
/// crashes or is killed leaves none behind: one that went on would keep our standard output open, and whoever waits for
/// its end would wait for ever. To the kernel the parent is the thread that started the process, and threads of a pool
/// come and go.
final class Nursery: Sendable {
    static let shared = Nursery()

    /// A process on its way between two threads. `@unchecked`, for the one that asks waits while the other one acts.
    private final class Birth: @unchecked Sendable {
        let process: Process
        var outcome: Result<Void, any Error> = .success(())
        let isOver = DispatchSemaphore(value: 0)

        init(_ process: Process) {
            self.process = process
        }
    }

    private let waiting = Mutex<[Birth]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    private init() {
        Thread.detachNewThread { [self] in
            // A thread has the signal mask of the one that made it, and hands it on; those of a pool block all signals.
            var none = sigset_t()
            sigemptyset(&none)
            pthread_sigmask(SIG_SETMASK, &none, nil)
            while true {
                arrivals.wait()
                guard let birth = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
                birth.outcome = Result { try birth.process.run() }
                birth.isOver.signal()
            }
        }
    }

    /// Starts the process, and returns when it runs.
    func run(_ process: Process) throws {
        let birth = Birth(process)
        waiting.withLock { $0.append(birth) }
        arrivals.signal()
        birth.isOver.wait()
        try birth.outcome.get()
    }

    /// The words in front of a command that has its life tied to ours; none where the system has no such thing.
    static let tie: [String] = {
        let setpriv = "/usr/bin/setpriv"
        guard FileManager.default.isExecutableFile(atPath: setpriv) else { return [] }
        return [setpriv, "--pdeathsig", "KILL", "--"]
    }()
}
