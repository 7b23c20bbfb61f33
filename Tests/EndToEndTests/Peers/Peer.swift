import Foundation
import Testing

/// The Python with the packages of ops/python-packages, for tests that play other makers' tools against a service.
enum Peer {
    static let interpreter = ProcessInfo.processInfo.environment["GLEICHTAKT_TEST_PYTHON"] ?? "python3"
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Whether a package is there; says loudly that a test is skipped otherwise.
    static func has(_ package: String) async throws -> Bool {
        if try await python(["-c", "import \(package)"]).status == 0 { return true }
        print("SKIPPED: nothing was asked of \(package); \(interpreter) does not have it.")
        return false
    }

    static func python(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String) {
        try await Program(
            executable: URL(fileURLWithPath: "/usr/bin/env"), arguments: [interpreter] + arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }
        ).run(merging: true)
    }

    /// A token of the installation's development key.
    static func token(_ role: String, _ office: String? = nil, on installation: Installation) async throws -> String {
        try await #require(installation.caller(role, office: office, subject: "\(office ?? role)-1").token)
    }
}
