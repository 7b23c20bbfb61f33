import Foundation
import Ledger

/// Looks at events in the order of their positions, one after the other.
struct PositionScan {
    private(set) var position: Position = 0
    private var recordedAt: Int64?
    private var command: UUID?
    private var ordinal = 0

    /// Takes in the next row.
    ///
    /// - Parameter sealed: up to there, what is missing is told event by event by those who know what was sealed.
    mutating func take(_ row: StoredLeaf, sealed: Position) -> [LedgerDamage] {
        var damages: [LedgerDamage] = []
        let (next, moment, id, place) = (row.position, row.recordedAt, row.commandID, row.ordinal)
        if next != position + 1, next > sealed + 1 {
            damages.append(
                LedgerDamage(
                    position: next, kind: .positionGap,
                    sentence: "after position \(position) comes \(next): \(next - position - 1) events are missing"))
        }
        if let recordedAt, moment < recordedAt {
            damages.append(
                LedgerDamage(
                    position: next, kind: .timeReversed,
                    sentence: "recorded at \(Self.instant(moment)), before the event in front of it, recorded at "
                        + "\(Self.instant(recordedAt))"))
        }
        let follows = id == command && place == ordinal + 1 && moment == recordedAt
        if place != 0, !follows {
            damages.append(
                LedgerDamage(
                    position: next, kind: .commandTorn,
                    sentence:
                        "event \(place) of command \(id?.uuidString.lowercased() ?? "?") does not follow event \(place - 1)"
                ))
        }
        (position, recordedAt, command, ordinal) = (next, moment, id, place)
        return damages
    }

    /// A moment for people, from microseconds since 2000, whatever somebody may have written there.
    private static func instant(_ microseconds: Int64) -> Instant {
        Instant(microsecondsSince1970: microseconds.addingReportingOverflow(946_684_800_000_000).partialValue)
    }
}

/// Looks at events in the order of their streams and versions, one after the other.
struct StreamScan {
    private(set) var stream = ""
    private(set) var version = 0
    private(set) var streams: Int64 = 0
    private var position: Position = 0

    mutating func take(stream name: String, version next: Int, position place: Position) -> [LedgerDamage] {
        var damages: [LedgerDamage] = []
        if name != stream {
            (stream, version, position) = (name, 0, 0)
            streams += 1
        }
        if next != version + 1 {
            damages.append(
                LedgerDamage(
                    position: place, kind: .versionGap,
                    sentence: "after version \(version) of stream \(name) comes \(next)"))
        }
        if place <= position {
            damages.append(
                LedgerDamage(
                    position: place, kind: .streamDisordered,
                    sentence: "version \(next) of stream \(name) lies before its version \(version) in the ledger"))
        }
        (version, position) = (next, place)
        return damages
    }
}
