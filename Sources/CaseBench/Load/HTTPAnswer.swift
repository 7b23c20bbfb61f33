import NIOCore

/// What a load looks at in an answer, once all of it is there.
struct HTTPAnswer: Hashable, Sendable {
    /// The status code.
    var status: Int

    /// Reads HTTP/1.1 with a `Content-Length`; `nil` while a part is missing.
    ///
    /// One pass over plain bytes: whatever this costs is missing to the service on the same machine.
    init?(_ buffer: ByteBuffer) {
        guard let status = buffer.withUnsafeReadableBytes({ Self.read($0) }) else { return nil }
        self.status = status
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let (lineFeed, colon) = (UInt8(ascii: "\n"), UInt8(ascii: ":"))
        var length = 0
        var lineStart = 0
        var index = 12
        while index < bytes.count {
            if bytes[index] != lineFeed {
                // Content-Length, in capitals or not: no other name of fourteen letters looks like it.
                if bytes[index] == colon, index - lineStart == 14, bytes[index - 1] == UInt8(ascii: "h"),
                    bytes[lineStart] | 0x20 == UInt8(ascii: "c"), bytes[index - 6] | 0x20 == UInt8(ascii: "l")
                {
                    length = number(bytes, from: index + 2)
                }
                index += 1
            } else if index - lineStart <= 1 {
                guard bytes.count - index - 1 >= length else { return nil }
                return number(bytes, from: 9)
            } else {
                index += 1
                lineStart = index
            }
        }
        return nil
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var value = 0
        var index = start
        while index < bytes.count, (48...57).contains(bytes[index]) {
            value = value * 10 + Int(bytes[index]) - 48
            index += 1
        }
        return value
    }
}
