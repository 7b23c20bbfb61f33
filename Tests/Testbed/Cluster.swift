import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A cluster in a short directory under /tmp, which also holds its socket: a socket's path may be 107 bytes long.
struct Cluster: Sendable {
    let directory: String
    let binaries: String
    /// What the server finds in its environment beside ours.
    let environment: [String: String]

    var data: String { directory + "/data" }
    private var log: String { directory + "/log" }

    static func create(
        isDurable: Bool, settings: [String: String], environment: [String: String]
    ) async throws -> Cluster {
        let binaries = try await findBinaries()
        let made = try await Command.asServerUser("mktemp", "-d", "/tmp/gtp-XXXXXX")
        let cluster = Cluster(
            directory: made.trimmingCharacters(in: .whitespacesAndNewlines), binaries: binaries,
            environment: environment)
        cluster.watch()
        try await Command.asServerUser(
            binaries + "/initdb", "-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync", "--no-instructions")
        var all = [
            "listen_addresses": "''",
            "unix_socket_directories": "'\(cluster.directory)'",
            "max_connections": "200",
            "lc_messages": "'C'",
            "log_min_messages": "warning",
            "max_wal_size": "'4GB'",
        ]
        if !isDurable {
            all["fsync"] = "off"
            all["full_page_writes"] = "off"
        }
        all.merge(settings) { _, given in given }
        let lines = all.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)\n" }.joined()
        try await Command.asServerUser(
            "sh", "-c", "printf %s \"$1\" >> \"$2\"", "sh", lines, cluster.data + "/postgresql.conf")
        try await cluster.start()
        return cluster
    }

    func start() async throws {
        do {
            let variables = environment.map { "\($0.key)=\($0.value)" }
            try await Command.run(
                Command.serverUserPrefix + ["env"] + variables
                    + [binaries + "/pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "start"])
        } catch {
            let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw TemporaryServer.Failure(description: "\(error)\n\(said.suffix(2000))")
        }
    }

    func stop(_ mode: TemporaryServer.ShutdownMode) async throws {
        try await Command.asServerUser(binaries + "/pg_ctl", "-D", data, "-w", "-m", mode.rawValue, "stop")
    }

    func isRunning() async throws -> Bool {
        (try? await Command.asServerUser(binaries + "/pg_ctl", "-D", data, "status")) != nil
    }

    func moveLog(to directory: String) async throws {
        let (old, new) = (data + "/pg_wal", directory + "/pg_wal")
        try await Command.asServerUser(
            "sh", "-c", "cp -a \"$1\" \"$2\" && rm -r \"$1\" && ln -s \"$2\" \"$1\"", "sh", old, new)
    }

    func kill9() async throws {
        let file = try await Command.asServerUser("cat", data + "/postmaster.pid")
        guard let pid = file.split(separator: "\n").first.flatMap({ pid_t($0) }), pid > 1 else {
            throw TemporaryServer.Failure(description: "no postmaster.pid")
        }
        guard kill(pid, SIGKILL) == 0 else {
            throw TemporaryServer.Failure(description: "cannot kill process \(pid)")
        }
        // Its children notice and end by themselves; a new postmaster refuses to start before the last one has.
        while kill(pid, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        try await Task.sleep(for: .milliseconds(200))
    }

    /// Leaves a shell behind that stops the server and removes its files once this process is gone.
    private func watch() {
        let script = """
            parent=$1 binaries=$2 directory=$3
            shift 3
            while kill -0 "$parent"; do sleep 0.5; done
            "$@" "$binaries/pg_ctl" -D "$directory/data" -m immediate -w stop
            rm -rf "$directory"
            """
        let parent = String(ProcessInfo.processInfo.processIdentifier)
        Command.leave(["sh", "-c", script, "sh", parent, binaries, directory] + Command.serverUserPrefix)
    }

    private static func findBinaries() async throws -> String {
        var candidates: [String] = []
        if let said = try? await Command.run(["pg_config", "--bindir"]) {
            candidates.append(said.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        for version in versions.sorted(by: { (Int($0) ?? 0) > (Int($1) ?? 0) }) {
            candidates.append("\(root)/\(version)/bin")
        }
        for candidate in candidates where FileManager.default.isExecutableFile(atPath: candidate + "/initdb") {
            return candidate
        }
        throw TemporaryServer.Failure(description: "no initdb found: is a PostgreSQL server installed?")
    }
}
