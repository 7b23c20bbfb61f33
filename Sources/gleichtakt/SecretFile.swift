import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file with a secret in it, readable by its owner only.
struct SecretFile: Sendable {
    let url: URL
    /// What the secret is called in complaints: `master key`.
    let what: String

    var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

    func lines() throws -> [Substring] {
        try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    }

    /// Puts these lines in the place of those in the file, durably: before a key is put to use, it must not get lost.
    func replace(_ lines: [String]) throws {
        let draft = try draft(of: lines)
        guard rename(draft.path, url.path) == 0 else {
            try? FileManager.default.removeItem(at: draft)
            throw Failure("The \(what) cannot be written to \(url.path).")
        }
        let folder = open(url.deletingLastPathComponent().path, O_RDONLY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Writes the lines beside the place and links them there, so that of two makers exactly one wins.
    func make(_ lines: [String]) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let draft = try draft(of: lines)
        defer { try? FileManager.default.removeItem(at: draft) }
        do {
            try FileManager.default.linkItem(at: draft, to: url)
        } catch  where exists {
            return
        }
    }

    private func draft(of lines: [String]) throws -> URL {
        let draft = url.appendingPathExtension(UUID().uuidString)
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: Data(lines.map { $0 + "\n" }.joined().utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw Failure("The \(what) cannot be written to \(url.path).") }
        let handle = try FileHandle(forUpdating: draft)
        try handle.synchronize()
        try handle.close()
        return draft
    }
}
