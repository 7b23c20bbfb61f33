import Foundation
import Testing

/// A story of the documentation: requests and what is answered, as they stand in an article.
struct DocumentedStory: Sendable {
    /// A request with the part of its answer that the article shows.
    struct Step: Sendable {
        var request: Block
        var answer: Block
    }

    /// A fenced block of the language `http`: a line, headers, and a body after an empty line. Placeholders in braces are
    /// still in it.
    struct Block: Sendable {
        /// Where it begins in the article, from 1.
        var line: Int
        var first: Substring
        var headers: [(name: Substring, value: Substring)]
        var body: String
    }

    struct Flaw: Error, CustomStringConvertible {
        var description: String
    }

    let article: String
    let steps: [Step]

    /// The story in an article of the documentation.
    ///
    /// - Throws: ``Flaw`` when requests and answers do not take turns.
    init(article: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/gleichtakt/Documentation.docc/\(article).md")
        try self.init(article: article, text: String(contentsOf: file, encoding: .utf8))
    }

    init(article: String, text: String) throws {
        self.article = article
        let blocks = try Self.blocks(in: text)
        guard blocks.count.isMultiple(of: 2), !blocks.isEmpty else {
            throw Flaw(description: "\(article) has \(blocks.count) blocks: each request needs its answer.")
        }
        steps = try stride(from: 0, to: blocks.count, by: 2).map { index in
            let (request, answer) = (blocks[index], blocks[index + 1])
            guard !request.first.hasPrefix("HTTP/"), answer.first.hasPrefix("HTTP/1.1 ") else {
                throw Flaw(description: "\(article):\(request.line): a request and its answer are expected.")
            }
            return Step(request: request, answer: answer)
        }
    }

    private static func blocks(in text: String) throws -> [Block] {
        var blocks: [Block] = []
        var open: (line: Int, lines: [Substring])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "```http", open == nil {
                open = (index + 1, [])
            } else if line.hasPrefix("```"), let block = open {
                let head = block.lines.prefix { !$0.isEmpty }
                guard let first = head.first else { throw Flaw(description: "line \(block.line): an empty block") }
                blocks.append(
                    Block(
                        line: block.line, first: first,
                        headers: head.dropFirst().compactMap { header in
                            let parts = header.split(separator: ":", maxSplits: 1)
                            return parts.count == 2 ? (parts[0], parts[1].drop { $0 == " " }) : nil
                        }, body: block.lines.dropFirst(head.count).joined(separator: "\n")))
                open = nil
            } else {
                open?.lines.append(line)
            }
        }
        guard open == nil else { throw Flaw(description: "a block has no end") }
        return blocks
    }
}

extension JSON {
    /// Whether everything that `part` shows is so here: members of objects, some element for each element of a list, and
    /// an empty list only where there is nothing.
    func contains(_ part: JSON) -> Bool {
        switch (self, part) {
        case (.object(let mine), .object(let shown)):
            shown.allSatisfy { name, value in mine[name].map { $0.contains(value) } ?? false }
        case (.array(let mine), .array(let shown)):
            shown.isEmpty ? mine.isEmpty : shown.allSatisfy { value in mine.contains { $0.contains(value) } }
        default: self == part
        }
    }
}
