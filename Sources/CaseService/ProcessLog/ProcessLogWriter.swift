import CaseFile
import Ledger

/// Writes an object-centric event log, an object or event a line.
///
/// Form: OCEL 2.0, JSON (www.ocel-standard.org).
struct ProcessLogWriter {
    private var writer = JSONWriter(reserving: 1 << 18)
    private var ended = false

    /// The bytes since the last time.
    mutating func takeBytes() -> [UInt8] {
        writer.takeBytes() + (ended ? [0x0A] : [])
    }

    /// Which types of events and objects there are; objects follow.
    mutating func begin(
        events: [(type: String, attributes: [String: ProcessShape.AttributeType])],
        objects: [(kind: ProcessObject.Kind, attributes: [String: ProcessShape.AttributeType])]
    ) {
        writer.beginObject()
        writer.name("eventTypes")
        writer.beginArray()
        for (type, attributes) in events { describe(type, attributes) }
        writer.endArray()
        writer.name("objectTypes")
        writer.beginArray()
        for (kind, attributes) in objects { describe(kind.rawValue, attributes) }
        writer.endArray()
        writer.name("objects")
        writer.beginArray()
    }

    /// No more objects; events follow.
    mutating func beginEvents() {
        writer.endArray()
        writer.name("events")
        writer.beginArray()
    }

    /// No more events.
    mutating func end() {
        writer.endArray()
        writer.endObject()
        ended = true
    }

    /// An object. The event with which it began tells of what kind it is, and what else it is related to; `nil` where that is
    /// not on record.
    mutating func object(_ object: ProcessObject, from event: ProcessEvent?) {
        writer.line()
        writer.beginObject()
        writer.member("id", object.id)
        writer.member("type", object.kind.rawValue)
        writer.name("attributes")
        writer.beginArray()
        if let event, !object.kind.hasStream {
            for (name, value) in event.attributes where event.kindAttributes.contains(name) {
                writer.beginObject()
                writer.member("name", name)
                writer.member("time", event.recordedAt.description)
                writer.name("value")
                writer.value(value)
                writer.endObject()
            }
        }
        writer.endArray()
        relate((event?.relations ?? []).filter { $0.object != object })
        writer.endObject()
    }

    /// An event.
    mutating func event(_ event: ProcessEvent) {
        writer.line()
        writer.beginObject()
        writer.member("id", "event:\(event.position)")
        writer.member("type", event.type)
        writer.member("time", event.recordedAt.description)
        writer.name("attributes")
        writer.beginArray()
        for (name, value) in event.attributes {
            writer.beginObject()
            writer.member("name", name)
            writer.name("value")
            writer.value(value)
            writer.endObject()
        }
        writer.endArray()
        relate(event.relations)
        writer.endObject()
    }

    private mutating func relate(_ relations: [ProcessEvent.Relation]) {
        writer.name("relationships")
        writer.beginArray()
        for relation in relations {
            writer.beginObject()
            writer.member("objectId", relation.object.id)
            writer.member("qualifier", relation.qualifier)
            writer.endObject()
        }
        writer.endArray()
    }

    private mutating func describe(_ name: String, _ attributes: [String: ProcessShape.AttributeType]) {
        writer.line()
        writer.beginObject()
        writer.member("name", name)
        writer.name("attributes")
        writer.beginArray()
        for (name, type) in attributes.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("name", name)
            writer.member("type", type.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
