/// Which statements one session has prepared, and under which names.
///
/// A statement is prepared with its parameters' types. The same statement with other types, or another text under the
/// same name, is another prepared statement with a name of its own, so a wrong plan or a misread parameter cannot come
/// about.
struct StatementCache: Sendable {
    typealias ID = Int

    /// PostgreSQL keeps 63 bytes of a name.
    static let nameLimit = 63

    enum Lookup: Equatable {
        /// Prepared: execute it by this name.
        case ready(ID, name: String)
        /// Prepare it under this name first; `forget` it, should that fail.
        case prepare(ID, name: String)
    }

    private struct Entry: Sendable {
        let id: ID
        let sql: String
        let types: [UInt32]
        let name: String
    }

    private var entries: [String: [Entry]] = [:]
    private var names: [ID: String] = [:]
    private var nextID: ID = 1

    mutating func lookup(_ statement: Statement, types: [UInt32]) -> Lookup {
        if let variants = entries[statement.name] {
            for entry in variants where entry.types == types && entry.sql == statement.sql {
                return .ready(entry.id, name: entry.name)
            }
        }
        let id = nextID
        nextID += 1
        let isFirst = entries[statement.name] == nil && statement.name.utf8.count <= Self.nameLimit
        let name = isFirst ? statement.name : "\(statement.name.prefix(10))…\(id)"
        entries[statement.name, default: []].append(Entry(id: id, sql: statement.sql, types: types, name: name))
        names[id] = statement.name
        return .prepare(id, name: name)
    }

    /// The server could not prepare it, or did not come to it.
    mutating func forget(_ id: ID) {
        guard let name = names.removeValue(forKey: id) else { return }
        entries[name]?.removeAll { $0.id == id }
    }
}
