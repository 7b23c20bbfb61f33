import Foundation

/// The database as files, shipped with the executable as resources.
public enum Schema {
    /// Numbered steps (`0001-ledger`), each applied once and never changed after its release.
    ///
    /// - Throws: `CocoaError`, when the resources are not where the build put them.
    public static func migrations() throws -> [SQLFile] { try files(in: "migrations") }

    /// One function each, replaced whenever its file has changed.
    ///
    /// - Throws: `CocoaError`, when the resources are not where the build put them.
    public static func functions() throws -> [SQLFile] { try files(in: "functions") }

    /// One role each with its privileges; safe to apply again, and at the same time to several databases of a server.
    ///
    /// - Throws: `CocoaError`, when the resources are not where the build put them.
    public static func roles() throws -> [SQLFile] { try files(in: "roles") }

    /// The tables of the read models, one view each. Their names carry no schema: they are created in the first schema of
    /// the `search_path`, so that a new version can be built beside the one in use.
    ///
    /// - Throws: `CocoaError`, when the resources are not where the build put them.
    public static func views() throws -> [SQLFile] { try files(in: "views") }

    private static func files(in folder: String) throws -> [SQLFile] {
        let directory = root.appendingPathComponent(folder, isDirectory: true)
        return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .map { file in
                SQLFile(
                    name: file.deletingPathExtension().lastPathComponent,
                    text: try String(contentsOf: file, encoding: .utf8))
            }
            .sorted { $0.name < $1.name }
    }

    /// Where the resources lie: beside the executable, wherever it was copied with them, or else where they were built.
    private static var root: URL {
        let beside = Bundle.main.bundleURL.appendingPathComponent("gleichtakt_Schema.resources", isDirectory: true)
        return FileManager.default.fileExists(atPath: beside.path) ? beside : Bundle.module.bundleURL
    }
}
