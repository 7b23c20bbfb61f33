import Foundation
import Ledger
import Postgres

/// Commands as the columns that `ledger.append` takes.
struct AppendColumns {
    private var commandIDs: [UUID] = []
    private var fingerprints: [[UInt8]?] = []
    private var effectiveDays: [PostgresDate] = []
    private var metadata: [[UInt8]] = []
    private var writeCommands: [Int32] = []
    private var writeStreams: [String] = []
    private var writeVersions: [Int32] = []
    private var eventWrites: [Int32] = []
    private var eventTypes: [String] = []
    private var eventSchemaVersions: [Int16] = []
    private var eventPayloads: [[UInt8]] = []
    private var eventPersonals: [[UInt8]?] = []

    init(_ commands: [AppendCommand]) {
        for command in commands {
            commandIDs.append(command.id)
            fingerprints.append(command.fingerprint)
            effectiveDays.append(PostgresDate(daysSince1970: Int32(clamping: command.effectiveOn.daysSince1970)))
            metadata.append(command.metadata)
            for write in command.writes { append(write) }
        }
    }

    private mutating func append(_ write: StreamWrite) {
        writeCommands.append(Int32(clamping: commandIDs.count))
        writeStreams.append(write.stream.description)
        writeVersions.append(Int32(clamping: write.expectedVersion))
        for event in write.events {
            eventWrites.append(Int32(clamping: writeCommands.count))
            eventTypes.append(event.type)
            eventSchemaVersions.append(Int16(clamping: event.schemaVersion))
            eventPayloads.append(event.payload)
            eventPersonals.append(event.personal)
        }
    }

    /// In the order of the function's parameters.
    var parameters: [any PostgresEncodable] {
        [
            commandIDs, fingerprints, effectiveDays, metadata, writeCommands, writeStreams, writeVersions, eventWrites,
            eventTypes, eventSchemaVersions, eventPayloads, eventPersonals,
        ]
    }
}
