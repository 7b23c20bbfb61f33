/// Reads JSON strictly: RFC 8259 in UTF-8, with the rules of I-JSON (RFC 7493) that every member of an object has a name
/// of its own and every text is whole Unicode. Nothing may follow the value.
struct JSONTapeScanner {
    /// Why a text is no JSON, and at which byte, from 0.
    struct Fault: Error {
        let reason: String
        let offset: Int
    }

    /// Deeper nesting is refused. The same limit as Foundation's.
    static let maximumDepth = 512

    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0
    private var entries: [JSONTape.Entry] = []

    static func entries(of bytes: [UInt8]) throws(Fault) -> [JSONTape.Entry] {
        guard bytes.count < Int(UInt32.max) else { throw Fault(reason: "the text is too long", offset: 0) }
        let result = bytes.withUnsafeBufferPointer { bytes -> Result<[JSONTape.Entry], Fault> in
            var scanner = JSONTapeScanner(bytes)
            do throws(Fault) {
                try scanner.value(depth: 0)
                scanner.skipWhitespace()
                guard scanner.index == bytes.count else { throw scanner.fault("there is more text after the value") }
                return .success(scanner.entries)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        entries.reserveCapacity(bytes.count / 8 + 4)
    }

    private mutating func value(depth: Int) throws(Fault) {
        skipWhitespace()
        guard index < bytes.count else { throw fault("the text ends where a value is expected") }
        let start = index
        switch bytes[index] {
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): append(try number(), from: start)
        case UInt8(ascii: "t"):
            try literal("true")
            append(.yes, from: start)
        case UInt8(ascii: "f"):
            try literal("false")
            append(.no, from: start)
        case UInt8(ascii: "n"):
            try literal("null")
            append(.null, from: start)
        default: throw fault("a value is expected here")
        }
    }

    mutating func append(_ kind: JSONTape.Kind, from start: Int) {
        entries.append(
            JSONTape.Entry(
                kind: kind, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: index),
                next: UInt32(truncatingIfNeeded: entries.count + 1)))
    }

    // MARK: Objects and arrays

    private mutating func open(_ kind: JSONTape.Kind, depth: Int) throws(Fault) -> Int {
        guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
        append(kind, from: index)
        index += 1
        skipWhitespace()
        return entries.count - 1
    }

    private mutating func close(_ container: Int, count: Int) {
        entries[container].end = UInt32(truncatingIfNeeded: count)
        entries[container].next = UInt32(truncatingIfNeeded: entries.count)
    }

    private mutating func object(depth: Int) throws(Fault) {
        let object = try open(.object, depth: depth)
        if take(UInt8(ascii: "}")) { return close(object, count: 0) }
        var count = 0
        var previous = -1
        var isSorted = true
        while true {
            skipWhitespace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw fault("a member's name in quotation marks is expected here")
            }
            let name = entries.count
            try text()
            if isSorted, previous >= 0 { isSorted = precedes(entries[previous], entries[name]) }
            previous = name
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw fault("':' is expected here") }
            try value(depth: depth + 1)
            count += 1
            skipWhitespace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw fault("',' or '}' is expected here") }
            close(object, count: count)
            if !isSorted { try requireDistinctNames(object) }
            return
        }
    }

    private mutating func array(depth: Int) throws(Fault) {
        let array = try open(.array, depth: depth)
        if take(UInt8(ascii: "]")) { return close(array, count: 0) }
        var count = 0
        while true {
            try value(depth: depth + 1)
            count += 1
            skipWhitespace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw fault("',' or ']' is expected here") }
            return close(array, count: count)
        }
    }

    /// Whether one name comes before another, byte by byte. The ledger writes names in this order, so that names in order,
    /// which cannot be the same, are the usual case. Escaped names are left to the slower check.
    private func precedes(_ left: JSONTape.Entry, _ right: JSONTape.Entry) -> Bool {
        guard left.kind == .text, right.kind == .text else { return false }
        let leftCount = Int(left.end - left.start)
        let rightCount = Int(right.end - right.start)
        for offset in 0..<min(leftCount, rightCount) {
            let (leftByte, rightByte) = (bytes[Int(left.start) + offset], bytes[Int(right.start) + offset])
            if leftByte != rightByte { return leftByte < rightByte }
        }
        return leftCount < rightCount
    }

    private func requireDistinctNames(_ object: Int) throws(Fault) {
        var names: Set<[UInt8]> = []
        var name = object + 1
        while name < Int(entries[object].next) {
            let entry = entries[name]
            let slice = Array(bytes[Int(entry.start)..<Int(entry.end)])
            let spelt = entry.kind == .escapedText ? Array(JSONEscapes.resolved(slice[...]).utf8) : slice
            guard names.insert(spelt).inserted else {
                throw Fault(reason: "an object has two members of one name", offset: Int(entry.start))
            }
            name = Int(entries[name + 1].next)
        }
    }

    // MARK: Numbers and words

    private mutating func number() throws(Fault) -> JSONTape.Kind {
        var kind = JSONTape.Kind.integer
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            kind = .number
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            kind = .number
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return kind
    }

    private mutating func digits() throws(Fault) {
        let start = index
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        guard index > start else { throw fault("a digit is expected here") }
    }

    private mutating func literal(_ word: StaticString) throws(Fault) {
        let count = word.utf8CodeUnitCount
        guard index + count <= bytes.count else { throw fault("a value is expected here") }
        for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] {
            throw fault("a value is expected here")
        }
        index += count
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipWhitespace() {
        while index < bytes.count, bytes[index] <= 0x20,
            bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
        {
            index += 1
        }
    }

    func fault(_ reason: String) -> Fault { Fault(reason: reason, offset: index) }
}
