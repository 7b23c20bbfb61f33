import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file system of a few megabytes that a test can fill, owned by the user that the server runs as.
public struct SmallDisk: Sendable {
    /// Where it is mounted.
    public let path: String

    /// Whether this process may mount file systems: it takes root, and not in every container.
    public static let isPossible: Bool = {
        guard geteuid() == 0, let probe = made() else { return false }
        defer { rmdir(probe) }
        guard system("mount -t tmpfs -o size=1m gleichtakt-test '\(probe)' >/dev/null 2>&1") == 0 else { return false }
        return system("umount '\(probe)'") == 0
    }()

    /// Mounts one. It is gone with the process that mounted it, however that ends.
    public static func mount(megabytes: Int) async throws -> SmallDisk {
        guard let path = made() else { throw TemporaryServer.Failure(description: "no directory under /tmp") }
        try await Command.run(["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "gleichtakt-test", path])
        try await Command.run(["chown", "postgres", path])
        let script = "while kill -0 \"$1\"; do sleep 0.5; done; sleep 2; umount -l \"$2\"; rmdir \"$2\""
        Command.leave(["sh", "-c", script, "sh", String(ProcessInfo.processInfo.processIdentifier), path])
        return SmallDisk(path: path)
    }

    private static func made() -> String? {
        var template = Array("/tmp/gtp-disk-XXXXXX".utf8CString)
        return mkdtemp(&template).map { String(cString: $0) }
    }

    private var filler: String { path + "/filler" }

    /// Takes all the room there is.
    public func fill() async throws {
        try await Command.run(["sh", "-c", "cat /dev/zero > \"$1\" 2>/dev/null; true", "sh", filler])
    }

    /// Gives the room back.
    public func makeRoom() async throws {
        try await Command.run(["rm", "-f", filler])
    }

    /// Unmounts it; nobody may use it any longer.
    public func unmount() async throws {
        try await Command.run(["umount", "-l", path])
        rmdir(path)
    }
}
