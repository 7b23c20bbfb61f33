import Foundation

/// An access report as a page to be printed: nothing in it runs, nothing is fetched, and whatever somebody wrote is text.
struct AccessReportPage {
    private let document: JSONValue

    init(_ document: JSONValue) { self.document = document }

    private static let titles: [(member: String, title: String)] = [
        ("rights", "Your rights"), ("controllers", "Who is responsible, and on what basis"),
        ("formerControllers", "Who was responsible"), ("retentions", "How long records have to be kept"),
        ("recipients", "Who received data from others, and why"), ("data", "What is held on you"),
        ("sources", "Where it comes from: what was recorded, when and by whom"), ("looks", "Who looked"),
    ]

    private static let style = """
        body { font: 11pt/1.4 serif; margin: 2cm auto; max-width: 18cm; color: #000; background: #fff; }
        h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 1.5em; border-bottom: 1pt solid #000; }
        table { border-collapse: collapse; width: 100%; font-size: 9pt; }
        th, td { border: .5pt solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top; }
        dt { font-weight: bold; } dd { margin: 0 0 .3em 1em; overflow-wrap: anywhere; }
        tr { page-break-inside: avoid; }
        """

    var html: String {
        var sections = ""
        for (member, title) in Self.titles {
            guard let value = document[member], !Self.isEmpty(value) else { continue }
            sections += "<section><h2>\(title)</h2>\(Self.render(value))</section>\n"
        }
        let id = Self.escaped(document["caseId"]?.text ?? "")
        let madeAt = Self.escaped(document["madeAt"]?.text ?? "")
        let isCutShort = document["looksAreCutShort"] == .boolean(true)
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Access report \(id)</title>
            <style>\(Self.style)</style></head><body>
            <h1>What is held on you</h1>
            <p>Information under Art. 15 GDPR and § 83 SGB X on the case \(id), made at \(madeAt).</p>
            \(sections)\(isCutShort ? "<p>There were more looks than are listed here; ask for them.</p>" : "")
            </body></html>

            """
    }

    /// How the page may be shown: as it is, with its own style and nothing else.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static func render(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .boolean(let flag): flag ? "yes" : "no"
        case .number(let digits): escaped(digits)
        case .string(let text): escaped(text)
        case .array(let elements): list(elements)
        case .object(let members):
            "<dl>"
                + members.filter { !isEmpty($0.value) }.map {
                    "<dt>\(escaped(words($0.name)))</dt><dd>\(render($0.value))</dd>"
                }.joined() + "</dl>"
        }
    }

    /// A list of flat objects is a table, any other a list.
    private static func list(_ elements: [JSONValue]) -> String {
        guard let columns = columns(of: elements) else {
            return "<ul>" + elements.map { "<li>\(render($0))</li>" }.joined() + "</ul>"
        }
        let head = columns.map { "<th>\(escaped(words($0)))</th>" }.joined()
        let rows = elements.map { element in
            "<tr>" + columns.map { "<td>\(element[$0].map(render) ?? "")</td>" }.joined() + "</tr>"
        }
        return "<table><thead><tr>\(head)</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
    }

    private static func columns(of elements: [JSONValue]) -> [String]? {
        var columns: [String] = []
        for element in elements {
            guard case .object(let members) = element else { return nil }
            for member in members {
                if case .object = member.value { return nil }
                if !columns.contains(member.name) { columns.append(member.name) }
            }
        }
        return columns.isEmpty || columns.count > 8 ? nil : columns
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .array([]), .object([]): true
        case .object(let members): members.allSatisfy { isEmpty($0.value) }
        default: false
        }
    }

    /// `recordedAt` as `recorded at`.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            if letter.isUppercase { text.append(" ") }
            text.append(contentsOf: letter.lowercased())
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "<br>"
            // What has no place in HTML, such as characters that turn the direction of writing around unseen.
            case _
            where scalar.value < 0x20 || (0x202A...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value):
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
