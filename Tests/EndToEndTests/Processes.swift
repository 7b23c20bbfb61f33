import Foundation

/// The running processes of an installation.
actor Processes {
    private var running: [Installation.Part: Program.Running] = [:]

    func start(_ part: Installation.Part, _ program: Program) throws {
        running[part] = try program.start()
    }

    /// Sends a signal, and waits for the end: SIGTERM asks, SIGKILL leaves no chance to say goodbye.
    ///
    /// - Returns: the exit status, or the number of the signal that it died of; `nil` when it did not run.
    @discardableResult
    func end(_ part: Installation.Part, with signal: Int32) async -> Int32? {
        guard let process = running.removeValue(forKey: part) else { return nil }
        kill(process.identifier, signal)
        return await process.status()
    }

    /// Sends a signal that does not end it: SIGSTOP, SIGCONT.
    func signal(_ part: Installation.Part, _ signal: Int32) {
        guard let process = running[part] else { return }
        kill(process.identifier, signal)
    }
}
