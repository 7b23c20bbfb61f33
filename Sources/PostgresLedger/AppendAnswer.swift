import Ledger
import Postgres

/// Reads what `ledger.append` answers. Its columns: command, verdict, stream, version, position, type, recorded_at,
/// fingerprint.
enum AppendAnswer {
    /// One verdict per command, in order, from rows in any order.
    static func verdicts(for commands: [AppendCommand], from rows: Rows) throws -> [AppendVerdict] {
        var verdicts = [AppendVerdict?](repeating: nil, count: commands.count)
        for row in rows {
            let index = Int(try row.decode(0, as: Int32.self)) - 1
            guard verdicts.indices.contains(index) else { throw incomplete }
            switch try row.decode(1, as: String.self) {
            case "appended":
                verdicts[index] = .appended(
                    places(of: commands[index], from: try row.decode(4, as: Position?.self) ?? 0),
                    recordedAt: try row.instant(6))
            case "conflict":
                verdicts[index] = .conflict(
                    try row.streamName(2), currentVersion: Int(try row.decode(3, as: Int32.self)))
            case "duplicate":
                let place = try row.place(from: 2)
                if case .duplicate(let earlier, let fingerprint) = verdicts[index] {
                    verdicts[index] = .duplicate(earlier + [place], fingerprint: fingerprint)
                } else {
                    verdicts[index] = .duplicate([place], fingerprint: try row.decode(7))
                }
            default: throw incomplete
            }
        }
        return try verdicts.map { verdict in
            guard let verdict else { throw incomplete }
            return verdict
        }
    }

    /// Where the events of an appended command are: one after the other, and after the version expected of each stream.
    private static func places(of command: AppendCommand, from first: Position) -> [AppendedEvent] {
        var places: [AppendedEvent] = []
        var added: [StreamName: Int] = [:]
        for write in command.writes {
            for event in write.events {
                added[write.stream, default: 0] += 1
                places.append(
                    AppendedEvent(
                        stream: write.stream, version: write.expectedVersion + added[write.stream, default: 0],
                        position: first + Position(places.count), type: event.type))
            }
        }
        return places
    }

    /// The database's function and this code are not of the same version.
    private static var incomplete: LedgerError {
        .unavailable("ledger.append answered what this version does not understand; is the database migrated?")
    }
}
