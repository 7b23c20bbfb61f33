import Foundation
import Ledger
import Testing

/// With the keys, notes and manglings of golang.org/x/mod/sumdb/note.
@Suite("Signed notes")
struct SignedNoteTests {
    private static let peterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let enochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    private static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    private static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    private var peter: NoteVerifierKey { get throws { try #require(NoteVerifierKey(Self.peterKey)) } }
    private var enoch: NoteVerifierKey { get throws { try #require(NoteVerifierKey(Self.enochKey)) } }

    @Test("are signed as Go signs them")
    func signing() throws {
        // The private key of the same tests, whose secret is what follows the byte of the algorithm.
        let secret = try #require(Data(base64Encoded: "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"))
        let key = try NoteSigningKey(name: "PeterNeumann", seed: Array(secret.dropFirst()))
        #expect(key.verifier.description == Self.peterKey)
        #expect(key.seed == Array(secret.dropFirst()))
        let note = try SignedNote(Self.text, signedWith: [key])
        #if os(Linux)
            // Elsewhere the library adds randomness to its signatures.
            #expect(note.description == Self.text + "\n" + Self.peterLine)
        #endif
        #expect(try note.signers(among: [peter]) == [peter])
        #expect(SignedNote(note.description) == note)
        #expect(throws: NoteError.malformed) { try SignedNote("no newline", signedWith: [key]) }
        #expect(throws: NoteError.malformed) { try SignedNote("a\tb\n", signedWith: [key]) }
        #expect(throws: NoteError.malformed) { try SignedNote("nobody\n", signedWith: []) }
        #expect(throws: NoteError.badKey) { try NoteSigningKey(name: "a b") }
        #expect(throws: NoteError.badKey) { try NoteSigningKey(name: "a", seed: [1, 2, 3]) }
    }

    @Test("are checked with keys in their written form, and no mangled form is a key")
    func keys() throws {
        #expect(try peter.name == "PeterNeumann" && peter.keyID == 0xc74f_20a3)
        #expect(try peter.description == Self.peterKey)
        let text = Array(Self.peterKey.utf8)
        for start in 0...text.count {
            for end in start...text.count where (start, end) != (0, text.count) {
                #expect(NoteVerifierKey(String(decoding: text[start..<end], as: UTF8.self)) == nil)
            }
        }
        for index in text.indices {
            var mangled = text
            mangled[index] += 1
            #expect(NoteVerifierKey(String(decoding: mangled, as: UTF8.self)) == nil)
        }
        let wrongLength = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
        let wrongAlgorithm = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        #expect(NoteVerifierKey(wrongLength) == nil && NoteVerifierKey(wrongAlgorithm) == nil)
        for name in ["", "a b", "a+b", "a\u{2003}b", "a\nb"] {
            #expect(throws: NoteError.badKey) {
                try NoteVerifierKey(name: name, publicKey: Array(repeating: 1, count: 32))
            }
        }
    }

    @Test("are believed when a known key signed them, and unknown signatures are ignored")
    func opening() throws {
        let both = try #require(SignedNote(Self.text + "\n" + Self.peterLine + Self.enochLine))
        #expect(both.text == Self.text && both.signatures.map(\.name) == ["PeterNeumann", "EnochRoot"])
        #expect(both.description == Self.text + "\n" + Self.peterLine + Self.enochLine)
        #expect(try both.signers(among: [peter]) == [peter])
        #expect(try both.signers(among: [enoch, peter]) == [peter, enoch])
        #expect(throws: NoteError.unverified) { try both.signers(among: []) }
        let twice = try #require(SignedNote(Self.text + "\n" + Self.peterLine + Self.peterLine))
        #expect(try twice.signers(among: [peter]) == [peter])

        let damagedLine = Self.peterLine.prefix(60) + "ABCD" + Self.peterLine.dropFirst(60)
        let damaged = try #require(SignedNote(Self.text + "\n" + damagedLine))
        #expect(throws: NoteError.invalidSignature(name: "PeterNeumann", keyID: 0xc74f_20a3)) {
            try damaged.signers(among: [peter])
        }
        let otherText = try #require(SignedNote("x" + Self.text + "\n" + Self.peterLine + Self.enochLine))
        #expect(throws: NoteError.self) { try otherText.signers(among: [peter]) }
        // A key is who has both the name and the identifier.
        for line in [
            Self.peterLine.replacingOccurrences(of: "PeterNeumann", with: "CarmenSandiego"),
            Self.peterLine.replacingOccurrences(of: "x08g", with: "xxxx"),
        ] {
            let misnamed = try #require(SignedNote(Self.text + "\n" + line))
            #expect(throws: NoteError.unverified) { try misnamed.signers(among: [peter]) }
        }
    }

    @Test(
        "that are none are not read",
        arguments: [
            text, text + "\n", text + "\n" + peterLine.dropLast(), "\u{01}" + text + "\n" + peterLine,
            text
                + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ry=\n",
            text + "\n" + peterLine + "Unexpected line.\n", text + "\n" + String(repeating: peterLine, count: 101), "",
            "\n", "\n\n", "\n\n" + peterLine, text + "\n- PeterNeumann x08go/ZJkuBS\n",
            text + "\n— PeterNeumann AAAA\n",
            text.replacingOccurrences(of: "\n", with: "\r\n") + "\n" + peterLine,
        ])
    func malformed(_ note: String) {
        #expect(SignedNote(note) == nil)
    }

    @Test("may have blank lines in their text")
    func blankLines() throws {
        let key = try NoteSigningKey(name: "example.org/log")
        let note = try SignedNote("first\n\nsecond\n", signedWith: [key])
        #expect(SignedNote(note.description)?.text == "first\n\nsecond\n")
    }
}

@Suite("Checkpoints")
struct CheckpointTests {
    // sumdb/tlog/note_test.go of golang.org/x/mod.
    private static let golden = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n"

    @Test("are three lines, as Go writes and reads them")
    func form() throws {
        let checkpoint = Checkpoint(
            origin: "go.sum database tree", size: 123_456_789_012, root: MerkleHash(ofLeaf: Array("hello world".utf8)))
        #expect(checkpoint.text == Self.golden)
        #expect(Checkpoint(Self.golden) == checkpoint)
        #expect(Checkpoint(Self.golden + "JOE\n") == checkpoint)
        let key = try NoteSigningKey(name: "example.org/log")
        #expect(Checkpoint(try checkpoint.signed(with: [key]).text) == checkpoint)
    }

    @Test(
        "that are none are not read",
        arguments: [
            "", "\n", "a\n1\n", golden.replacingOccurrences(of: "123456789012", with: "0xabcdef"),
            golden.replacingOccurrences(of: "123456789012", with: "-1"),
            golden.replacingOccurrences(of: "123456789012", with: "+1"),
            golden.replacingOccurrences(of: "123456789012", with: "01"),
            golden.replacingOccurrences(of: "123456789012", with: "99999999999999999999"),
            golden.replacingOccurrences(of: "Bb0=", with: "BTOOBIG="), String(golden.dropLast()), golden + "\n",
            golden.replacingOccurrences(of: "go.sum database tree", with: ""), golden + "\nJOE\n",
            golden.replacingOccurrences(of: "Bb0=", with: "Bb1="),
        ])
    func malformed(_ text: String) {
        #expect(Checkpoint(text) == nil)
    }
}
