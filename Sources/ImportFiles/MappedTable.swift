import Foundation
import Ledger

/// Turns the bytes of a spreadsheet into commands, as a mapping says.
///
/// A row whose cells cannot be read becomes a flaw that names each cell, and no command; its neighbours are not touched.
public struct MappedTable: Sendable {
    private let mapping: ImportMapping
    private var text: DelimitedText
    private var columns: [String: Int]?
    private var width = 0

    /// A reader of tables with that mapping.
    public init(mapping: ImportMapping) {
        self.mapping = mapping
        text = DelimitedText(separator: mapping.separator)
    }

    /// Takes bytes and answers what they complete.
    ///
    /// - Throws: ``ImportFileError`` when the headings are not what the mapping names.
    public mutating func take(_ bytes: some Sequence<UInt8>) throws(ImportFileError) -> [ImportItem] {
        var items: [ImportItem] = []
        for element in text.take(bytes) { try take(element, &items) }
        return items
    }

    /// What the last row becomes, whose line may lack its end.
    ///
    /// - Throws: ``ImportFileError`` when there was no row at all.
    public mutating func finish() throws(ImportFileError) -> [ImportItem] {
        var items: [ImportItem] = []
        if let last = text.finish() { try take(last, &items) }
        guard columns != nil else { throw ImportFileError("The file is empty; its first row has to name the columns.") }
        return items
    }

    private mutating func take(_ element: DelimitedText.Element, _ items: inout [ImportItem]) throws(ImportFileError) {
        switch element {
        case .flawed(let line, let column, let detail):
            guard columns != nil else {
                throw ImportFileError("The headings cannot be read: line \(line), column \(column): \(detail).")
            }
            items.append(ImportItem(line: line, content: .flaw(["line \(line), column \(column): \(detail)."])))
        case .record(let fields):
            guard let columns else { return try readHeadings(fields) }
            items += commands(of: fields, columns)
        }
    }

    // MARK: Headings

    private mutating func readHeadings(_ fields: [DelimitedText.Field]) throws(ImportFileError) {
        // Some spreadsheets say in a line of their own what separates the fields.
        if fields.count <= 2, fields[0].bytes.starts(with: "sep=".utf8) { return }
        var headings: [String: Int] = [:]
        var twice: Set<String> = []
        for (index, field) in fields.enumerated() {
            guard let heading = mapping.encoding.text(field.bytes) else {
                throw ImportFileError("The heading in column \(field.column) \(mapping.encoding.advice).")
            }
            let name = heading.trimmingCharacters(in: .whitespaces)
            if headings.updateValue(index, forKey: name) != nil { twice.insert(name) }
        }
        let named = mapping.headings
        let missing = named.filter { headings[$0] == nil }
        guard missing.isEmpty else {
            throw ImportFileError(
                "The mapping names columns that the file does not have: \(missing.joined(separator: ", ")). It has: "
                    + headings.keys.sorted().joined(separator: ", ")
                    + ". If that looks like one long heading, the mapping's separator is another one.")
        }
        let ambiguous = named.filter(twice.contains)
        guard ambiguous.isEmpty else {
            throw ImportFileError("The file has more than one column of the name \(ambiguous.joined(separator: ", ")).")
        }
        columns = headings
        width = fields.count
    }

    // MARK: Rows

    private func commands(of fields: [DelimitedText.Field], _ columns: [String: Int]) -> [ImportItem] {
        let line = fields[0].line
        // Spreadsheets fill up rows without anything in them with separators.
        if fields.allSatisfy({ field in field.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) { return [] }
        guard fields.count == width else {
            let detail = "line \(line): the row has \(fields.count) fields, and there are \(width) headings."
            return [ImportItem(line: line, content: .flaw([detail]))]
        }
        var row = MappedRow(mapping: mapping, fields: fields, columns: columns)
        let commands = row.commands()
        guard row.flaws.isEmpty else { return [ImportItem(line: line, content: .flaw(row.flaws))] }
        do {
            return try commands.map { name, value in
                ImportItem(line: line, command: name, content: .command(try LedgerJSON.encode(value)))
            }
        } catch {
            return [ImportItem(line: line, content: .flaw(["line \(line): a number is out of range."]))]
        }
    }
}

extension ImportMapping {
    /// The columns that the mapping names, in the order in which it does.
    fileprivate var headings: [String] {
        var headings = key
        for command in commands {
            if let column = command.onlyWith { headings.append(column) }
            for field in command.fields {
                switch field.source {
                case .column(let column): headings.append(column.name)
                case .derived(_, let columns): headings += columns
                case .constant: break
                }
            }
        }
        var seen: Set<String> = []
        return headings.filter { seen.insert($0).inserted }
    }
}
