import Foundation

/// The doc comments of types and their properties in Swift sources that are formatted as this project's are.
struct DocComments {
    /// By names such as `MeasureAdded` and `MeasureAdded.window`.
    private(set) var texts: [String: String] = [:]

    init(in folders: [URL]) throws {
        for folder in folders {
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                if file.pathExtension == "swift" { read(try String(contentsOf: file, encoding: .utf8)) }
            }
        }
    }

    private mutating func read(_ source: String) {
        var scopes: [(indentation: Int, name: String)] = []
        var comment: [Substring] = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let indentation = line.prefix { $0 == " " }.count
            if let text = line.firstMatch(of: /^ *\/\/\/ ?(.*)$/)?.1 {
                comment.append(text)
                continue
            }
            defer { comment = [] }
            if let name = line.firstMatch(of: /^ *(?:public )?(?:struct|enum|extension) ([\w.]+)/)?.1 {
                scopes.removeAll { $0.indentation >= indentation }
                scopes.append((indentation, String(name)))
                note(scopes, comment)
            } else if let name = line.firstMatch(of: /^ *(?:public )?(?:var|let) (\w+):/)?.1 {
                let enclosing = scopes.filter { $0.indentation < indentation }
                note(enclosing + [(indentation, String(name))], comment)
            }
        }
    }

    private mutating func note(_ scopes: [(indentation: Int, name: String)], _ comment: [Substring]) {
        // The first paragraph says what it is.
        let paragraph = comment.prefix { !$0.isEmpty }.joined(separator: " ")
        guard !paragraph.isEmpty else { return }
        let name = scopes.map(\.name).joined(separator: ".")
        if texts[name] == nil { texts[name] = paragraph.replacing(/``([^`]*)``/) { "`\($0.1)`" } }
    }
}
