public import Foundation

/// How the rows of a spreadsheet become commands: what ``MappedTable`` follows, read from YAML by ``init(yaml:name:)``.
public struct ImportMapping: Sendable {
    /// What stands between the fields of a row.
    public var separator: DelimitedText.Separator
    /// How the bytes spell text.
    public var encoding: TextEncoding
    /// The namespace that identifiers are derived in: the same key in the same namespace is the same case for ever.
    public var namespace: UUID
    /// The columns whose values, together, identify what a row is about.
    public var key: [String]
    /// The commands that every row becomes, in this order.
    public var commands: [Command]

    /// One command of every row.
    public struct Command: Sendable {
        /// The command's name.
        public var name: String
        /// The member of the line that names what it is addressed to: `caseId`, unless stated.
        public var subject: String
        /// Its fields.
        public var fields: [Field]
        /// The column that has to be filled for the row to become this command at all.
        public var onlyWith: String?
    }

    /// One field of a command.
    public struct Field: Sendable {
        /// The names that lead to it, from the outermost: `address`, `street`.
        public var path: [String]
        /// Where its value is from.
        public var source: Source
    }

    /// Where a value is from.
    public enum Source: Sendable {
        /// It is always the same.
        case constant(Value)
        /// It stands in a column.
        case column(Column)
        /// It is an identifier, derived from this word and what stands in these columns; in none: from the row's key.
        case derived(String, from: [String])
    }

    /// What stands in a column, and how it is to be understood.
    public struct Column: Sendable {
        /// The column's heading.
        public var name: String
        /// What kind of value it holds.
        public var kind: Kind
        /// What separates several values in one cell; then the field is a list.
        public var listSeparator: Character?
        /// Whether a cell without anything in it is an error; the field is left out else.
        public var isRequired: Bool
    }

    /// What kind of value a cell holds.
    public enum Kind: Sendable {
        /// Text as it is, without the blanks around it.
        case text
        /// A day as Germans write it, `31.12.1999`.
        case germanDate
        /// A day as ISO 8601 writes it, `1999-12-31`.
        case isoDate
        /// A whole number.
        case integer
        /// A decimal number as Germans write it, `1.234,5`.
        case germanNumber
        /// One of these words, each with what it stands for; a word that is not among them is an error.
        case values([String: Value])
    }

    /// A value that a mapping states.
    public enum Value: Hashable, Sendable {
        case text(String)
        /// The digits as they go into JSON.
        case number(String)
        case flag(Bool)
        case list([Value])
    }
}

/// What is wrong with a mapping.
public struct ImportMappingFlaws: Error, CustomStringConvertible {
    /// Every flaw with its file and line, in the order of the lines.
    public let flaws: [String]
    /// The flaws, one a line.
    public var description: String { flaws.joined(separator: "\n") }
}
