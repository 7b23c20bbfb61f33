import Foundation

/// The running processes of an installation.
actor Processes {
    private var running: [Installation.Part: Process] = [:]

    func start(_ part: Installation.Part, _ process: sending Process) throws {
        try process.run()
        running[part] = process
    }

    /// Asks to end, and waits until it has.
    func stop(_ part: Installation.Part) {
        guard let process = running.removeValue(forKey: part) else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Ends without a chance to say goodbye.
    func kill(_ part: Installation.Part) {
        guard let process = running.removeValue(forKey: part) else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
