import Foundation

/// A JSON text as a flat list of its values in reading order, each with the place where it stands and the place where
/// its successor begins.
///
/// No value is copied out of the text before somebody asks for it. An object is followed by its names and values in
/// turn, an array by its elements.
final class JSONTape {
    enum Kind: UInt8 {
        case object, array, text, escapedText, integer, number, yes, no, null
    }

    struct Entry {
        var kind: Kind
        /// The first byte of the value, for texts the first one inside the quotation marks.
        var start: UInt32
        /// The byte after the value; for objects and arrays the number of members or elements.
        var end: UInt32
        /// The entry after this value and all that is in it.
        var next: UInt32
    }

    let bytes: [UInt8]
    let entries: [Entry]

    // Members are mostly asked for in the order in which they stand, so a search begins where the one before it ended.
    private var searched: (object: Int, name: Int) = (-1, 0)

    /// Reads one JSON value that fills all of `bytes`.
    init(_ bytes: [UInt8]) throws(JSONTapeScanner.Fault) {
        self.bytes = bytes
        entries = try JSONTapeScanner.entries(of: bytes)
    }

    /// The entry of the value of a member of the object at `object`, or `nil` when it has no member of that name.
    func value(named name: String, in object: Int) -> Int? {
        let first = object + 1
        let end = Int(entries[object].next)
        guard first < end else { return nil }
        var name = name
        return name.withUTF8 { name in
            bytes.withUnsafeBufferPointer { bytes in
                let start = searched.object == object ? searched.name : first
                var index = start
                repeat {
                    let entry = entries[index]
                    let following = Int(entries[index + 1].next)
                    if matches(entry, name, bytes) {
                        searched = (object, following < end ? following : first)
                        return index + 1
                    }
                    index = following < end ? following : first
                } while index != start
                return nil
            }
        }
    }

    private func matches(
        _ entry: Entry, _ name: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if entry.kind == .escapedText { return Array(text(entry).utf8) == Array(name) }
        guard Int(entry.end - entry.start) == name.count else { return false }
        for offset in 0..<name.count where bytes[Int(entry.start) + offset] != name[offset] { return false }
        return true
    }

    /// What a text says, its escapes resolved.
    func text(_ entry: Entry) -> String {
        let slice = bytes[Int(entry.start)..<Int(entry.end)]
        return entry.kind == .escapedText
            ? JSONEscapes.resolved(slice) : String(decoding: slice, as: UTF8.self)
    }

    /// The bytes of a value that is no object and no array.
    func withBytes<Result>(of entry: Entry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[Int(entry.start)..<Int(entry.end)])) }
    }

    /// The names and places that lead from the outermost value to the one at `index`. Found by descending again, so that
    /// decoding need not keep track of it for the rare case of an error.
    func path(to index: Int) -> [JSONPathKey] {
        var path: [JSONPathKey] = []
        var container = 0
        while container < index {
            var child = container + 1
            var place = 0
            let isObject = entries[container].kind == .object
            while true {
                let value = isObject ? child + 1 : child
                if index < Int(entries[value].next) {
                    path.append(isObject ? JSONPathKey(text(entries[child])) : JSONPathKey(place))
                    container = value
                    break
                }
                child = Int(entries[value].next)
                place += 1
                guard child < Int(entries[container].next) else { return path }
            }
        }
        return path
    }
}

/// A step on the way into a JSON value.
struct JSONPathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ place: Int) {
        stringValue = "\(place)"
        intValue = place
    }

    init(stringValue: String) { self.init(stringValue) }
    init(intValue: Int) { self.init(intValue) }
}
