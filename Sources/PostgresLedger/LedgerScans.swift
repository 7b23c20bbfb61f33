import Foundation
import Ledger

/// Looks at events in the order of their positions, one after the other.
struct PositionScan {
    private(set) var position: Position = 0
    private var recordedAt: Instant?
    private var command: UUID?
    private var ordinal = 0

    mutating func take(position next: Position, recordedAt moment: Instant, command id: UUID, ordinal place: Int)
        -> [LedgerDamage]
    {
        var damages: [LedgerDamage] = []
        if next != position + 1 {
            damages.append(
                LedgerDamage(
                    position: next, kind: .positionGap,
                    sentence: "after position \(position) comes \(next): \(next - position - 1) events are missing"))
        }
        if let recordedAt, moment < recordedAt {
            damages.append(
                LedgerDamage(
                    position: next, kind: .timeReversed,
                    sentence: "recorded at \(moment), before the event in front of it, recorded at \(recordedAt)"))
        }
        let follows = id == command && place == ordinal + 1 && moment == recordedAt
        if place != 0, !follows {
            damages.append(
                LedgerDamage(
                    position: next, kind: .commandTorn,
                    sentence:
                        "event \(place) of command \(id.uuidString.lowercased()) does not follow event \(place - 1)"))
        }
        (position, recordedAt, command, ordinal) = (next, moment, id, place)
        return damages
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
