import Foundation

/// A clock that a test can put forward and back: libfaketime, where it is installed. It suits a PostgreSQL server; a Swift
/// program does not find its arguments under it.
struct FakeClock: Sendable {
    private let file: URL
    private let library: String

    /// Where Debian and its relatives put the library.
    static let library: String? = {
        let root = "/usr/lib"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return ([root] + folders.map { "\(root)/\($0)" }).map { "\($0)/faketime/libfaketimeMT.so.1" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// A clock that goes right.
    init() throws {
        guard let library = Self.library else { throw NeverHappened(what: "libfaketime is installed") }
        self.library = library
        file = URL(fileURLWithPath: "/tmp/gtp-clock-\(UUID().uuidString)")
        try set(0)
    }

    /// Lets the clock go ahead by so many seconds, or behind.
    func set(_ seconds: Int) throws {
        try Data("\(seconds < 0 ? "" : "+")\(seconds)".utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    }

    func remove() {
        try? FileManager.default.removeItem(at: file)
    }

    /// What a process has to find in its environment to go by this clock.
    var environment: [String: String] {
        [
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": file.path, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1",
        ]
    }
}
