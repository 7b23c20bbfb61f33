public import CaseTiming
public import Foundation

/// One file of rules: what it is called and what it says.
public struct RuleFile: Hashable, Sendable {
    /// The file's name, for people who are told what is wrong in it.
    public let name: String
    /// The file's text, YAML.
    public let text: String

    /// A file of that name and text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// The rules as files: those that are shipped with the program, and those that an installation adds.
public enum RuleFiles {
    /// The files that are shipped, in the order of their names.
    ///
    /// - Throws: `CocoaError`, when the resources are not where the build put them.
    public static func shipped() throws -> [RuleFile] { try files(in: root) }

    /// The files of a folder, in the order of their names; only those whose name ends in `.yaml`.
    ///
    /// - Throws: `CocoaError`, when the folder or a file cannot be read.
    public static func files(in folder: URL) throws -> [RuleFile] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }
            .map { RuleFile(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
            .sorted { $0.name < $1.name }
    }

    /// The book of all rules.
    ///
    /// - Parameters:
    ///   - files: one rule each, with all its versions.
    ///   - added: further files. A rule among them takes the place of the one with the same id in `files`, wholly.
    /// - Throws: ``RuleBookFlaws`` that name every flaw with its file, and its line where it has one.
    public static func book(of files: [RuleFile], and added: [RuleFile] = []) throws(RuleBookFlaws) -> RuleBook {
        var flaws: [String] = []
        func rules(_ files: [RuleFile]) -> [String: [Rule]] {
            var rules: [String: [Rule]] = [:]
            for file in files {
                var reading = RuleFileReading(file)
                let versions = reading.versions()
                flaws += reading.flaws
                guard let id = versions.first?.id else { continue }
                if rules[id] != nil { flaws.append("\(file.name): the rule \(id) is in another file already.") }
                rules[id] = versions
            }
            return rules
        }
        let all = rules(files).merging(rules(added)) { _, added in added }
        guard flaws.isEmpty else { throw RuleBookFlaws(flaws: flaws) }
        return try RuleBook(all.values.flatMap { $0 })
    }

    /// The book of the shipped rules and those in a folder.
    ///
    /// - Throws: ``RuleBookFlaws``; `CocoaError`, when files cannot be read.
    public static func book(adding folder: URL? = nil) throws -> RuleBook {
        try book(of: shipped(), and: try folder.map { try files(in: $0) } ?? [])
    }

    /// Where the shipped rules lie: beside the executable, wherever it was copied with them, or else where they were built.
    private static var root: URL {
        let beside = Bundle.main.bundleURL.appendingPathComponent("gleichtakt_RuleFiles.resources", isDirectory: true)
        let bundle = FileManager.default.fileExists(atPath: beside.path) ? beside : Bundle.module.bundleURL
        return bundle.appendingPathComponent("Rules", isDirectory: true)
    }
}
