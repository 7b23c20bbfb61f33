import Foundation
import Ledger

/// Where a page ended: the last row's place in the order, written as an opaque text.
///
/// A cursor belongs to one query of one actor: it carries a digest of who asks, of the order and the filters, together with the
/// place, so that somebody else's cursor, that of another query, or one that was changed, is refused instead of answering
/// something else. It opens nothing:
/// what may be seen is decided by the query itself.
struct PageCursor: Hashable {
    /// The values of the last row's sort columns; the last of them is its identifier.
    let place: [String]

    private static let namespace = UUID(
        uuid: (0x6E, 0x2B, 0x5B, 0x1F, 0x0B, 0x6F, 0x4C, 0x7A, 0x9A, 0x53, 0x6C, 0x1D, 0x5E, 0x2F, 0x8A, 0x10))

    init(place: [String]) {
        self.place = place
    }

    /// Reads a cursor that belongs to a query with these properties.
    ///
    /// - Throws: ``ViewQueryError/invalidCursor``.
    init(_ text: String, of query: [String]) throws(ViewQueryError) {
        var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard text.utf8.count <= 4096, let bytes = Data(base64Encoded: base64),
            let place = try? JSONDecoder().decode([String].self, from: Data(bytes.dropFirst(16))),
            Array(bytes.prefix(16)) == Self.digest(place, query)
        else { throw .invalidCursor }
        self.place = place
    }

    /// The opaque text, for a query with these properties; safe in a URL.
    func text(of query: [String]) -> String {
        var writer = JSONWriter()
        writer.array(place) { $0.value($1) }
        return Data(Self.digest(place, query) + writer.bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    private static func digest(_ place: [String], _ query: [String]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array(query + [""] + place) { $0.value($1) }
        let digest = UUID(derivedFrom: namespace, String(decoding: writer.bytes, as: UTF8.self))
        return withUnsafeBytes(of: digest.uuid) { Array($0) }
    }
}
