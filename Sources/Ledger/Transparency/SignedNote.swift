import Foundation

/// A text with signatures under it (C2SP, signed-note).
public struct SignedNote: Hashable, Sendable, LosslessStringConvertible {
    /// The text that is signed; it ends in a newline.
    public let text: String
    /// The signatures, in order; none of them is checked yet.
    public let signatures: [NoteSignature]

    /// More signatures are not read.
    static let signatureLimit = 100

    /// A note of that text, signed with these keys.
    ///
    /// - Throws: ``NoteError/malformed`` for a text that does not end in a newline or has control characters in it.
    public init(_ text: String, signedWith keys: [NoteSigningKey]) throws {
        guard text.hasSuffix("\n"), Self.isClean(text), !keys.isEmpty else { throw NoteError.malformed }
        self.text = text
        signatures = try keys.map { try $0.sign(text) }
    }

    /// Reads a note as it is stored and sent; `nil` for anything else. Nothing is verified.
    public init?(_ note: String) {
        // In bytes: Swift would take a newline and a carriage return for one character.
        let bytes = Array(note.utf8)
        guard Self.isClean(note), bytes.last == 0x0A,
            let blank = (1..<bytes.count).last(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }),
            blank > 1
        else { return nil }
        text = String(decoding: bytes[..<blank], as: UTF8.self)
        let lines = bytes[(blank + 1)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard blank + 1 < bytes.count, lines.count <= Self.signatureLimit else { return nil }
        var signatures: [NoteSignature] = []
        for line in lines {
            guard let signature = NoteSignature(line: String(decoding: line, as: UTF8.self)) else { return nil }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    /// The note as it is stored and sent.
    public var description: String { text + "\n" + signatures.map { $0.line + "\n" }.joined() }

    /// The keys among `keys` that signed the note. Signatures of other keys are ignored, as the format demands.
    ///
    /// - Throws: ``NoteError/invalidSignature(name:keyID:)`` when a signature claims to be of one of the keys and is not;
    ///   ``NoteError/unverified`` when none is of any of them.
    public func signers(among keys: [NoteVerifierKey]) throws(NoteError) -> [NoteVerifierKey] {
        var signers: [NoteVerifierKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.name == signature.name && $0.keyID == signature.keyID }),
                !signers.contains(key)
            else { continue }
            guard key.verifies(signature.signature, of: text) else {
                throw .invalidSignature(name: key.name, keyID: key.keyID)
            }
            signers.append(key)
        }
        guard !signers.isEmpty else { throw .unverified }
        return signers
    }

    /// Whether a key may have this name: not empty, without spaces and plus signs.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && isClean(name)
            && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" }
    }

    /// Whether there are no control characters but newlines.
    private static func isClean(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }
    }
}

/// One signature under a note: whose it claims to be, and its bytes.
public struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    public let name: String
    /// Tells keys of one name apart.
    public let keyID: UInt32
    /// The signature's bytes, 64 for Ed25519.
    public let signature: [UInt8]

    /// A signature of the key with that name and identifier.
    public init(name: String, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads a line without its newline: dash, name, and base64 of identifier and signature.
    init?(line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", SignedNote.isName(String(parts[1])),
            let data = Data(base64Encoded: String(parts[2])), data.count > 4
        else { return nil }
        self.init(
            name: String(parts[1]), keyID: data.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            signature: Array(data.dropFirst(4)))
    }

    /// The line under the note.
    var line: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * $0)) }
        return "\u{2014} \(name) \(Data(id + signature).base64EncodedString())"
    }
}
