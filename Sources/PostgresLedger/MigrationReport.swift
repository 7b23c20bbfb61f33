/// What a migration did.
public struct MigrationReport: Hashable, Sendable {
    /// The migrations that were applied, in order.
    public let migrations: [String]
    /// The functions that were created or replaced.
    public let functions: [String]
    /// The roles that were made sure of, with their privileges; all of them, every time.
    public let roles: [String]

    /// Whether migrations and functions were as they should be already.
    public var isUpToDate: Bool { migrations.isEmpty && functions.isEmpty }

    /// The report for people, a line for each thing done.
    public var lines: [String] {
        if isUpToDate { return ["The database is up to date."] }
        return migrations.map { "Applied migration \($0)" } + functions.map { "Replaced function \($0)" }
    }
}

/// Why a database cannot be migrated. Nothing was changed.
public enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database knows migrations that this executable does not: it was migrated by a newer version.
    case newerDatabase([String])
    /// The file of a migration was changed after it had been applied.
    case changed(String)
    /// A migration is numbered before one that is applied already.
    case outOfOrder(String, after: String)

    /// What is the matter and what to do about it.
    public var description: String {
        switch self {
        case .newerDatabase(let names):
            "The database was migrated by a newer version (\(names.joined(separator: ", "))): use that version."
        case .changed(let name):
            "Migration \(name) was changed after it had been applied: restore the file, and put the change into a new one."
        case .outOfOrder(let name, let last):
            "Migration \(name) is numbered before \(last), which is applied already: give it the next number."
        }
    }
}
