import Foundation

/// The running processes of an installation.
actor Processes {
    private var running: [Installation.Part: Program.Running] = [:]

    func start(_ part: Installation.Part, _ program: Program) throws {
        running[part] = try program.start()
    }

    /// Sends a signal, and waits for the end: SIGTERM asks, SIGKILL leaves no chance to say goodbye.
    func end(_ part: Installation.Part, with signal: Int32) async {
        guard let process = running.removeValue(forKey: part) else { return }
        kill(process.identifier, signal)
        _ = await process.status()
    }
}
