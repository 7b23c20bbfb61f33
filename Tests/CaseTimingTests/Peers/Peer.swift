import Foundation

/// A Python interpreter with the packages of ops/python-packages, which some tests compare with.
///
/// `ops/test` puts it into a throw-away environment and names it in GLEICHTAKT_TEST_PYTHON; it then has to have them. Without
/// that the tests that need it say so and compare with nothing.
enum Peer {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let promised = ProcessInfo.processInfo.environment["GLEICHTAKT_TEST_PYTHON"]
    private static let interpreter = promised ?? "python3"

    /// What a script prints, given some input; `nil` where one of the modules it needs is missing.
    static func run(_ script: String, needing modules: [String], input: String = "") throws -> String? {
        let imports = modules.map { "import \($0)" }.joined(separator: "\n")
        let trial = try python(imports, "")
        guard trial.status == 0 else {
            if promised != nil { throw Failure(description: trial.errors) }
            print("SKIPPED: nothing was compared; \(interpreter) has no \(modules.joined(separator: " or ")).")
            return nil
        }
        let result = try python(script, input)
        guard result.status == 0 else { throw Failure(description: result.errors) }
        return result.output
    }

    private static func python(_ script: String, _ input: String) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files rather than pipes: neither side can wait for the other.
        let names = ["script.py", "input", "output", "errors"].map { folder.appending(path: $0) }
        try Data(script.utf8).write(to: names[0])
        try Data(input.utf8).write(to: names[1])
        try Data().write(to: names[2])
        try Data().write(to: names[3])
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [interpreter, names[0].path()]
        process.standardInput = try FileHandle(forReadingFrom: names[1])
        process.standardOutput = try FileHandle(forWritingTo: names[2])
        process.standardError = try FileHandle(forWritingTo: names[3])
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: try Data(contentsOf: names[2]), as: UTF8.self),
            String(decoding: try Data(contentsOf: names[3]), as: UTF8.self)
        )
    }
}
