import Foundation
import Ledger
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    private static let dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

    @Test(
        "derived from names are those of RFC 9562, appendix A.4, and of Python's documentation",
        arguments: [
            ("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            ("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"),
        ])
    func version5(_ name: String, _ expected: String) throws {
        let namespace = try #require(UUID(uuidString: Self.dns))
        #expect(UUID(derivedFrom: namespace, name).uuidString.lowercased() == expected)
    }

    @Test("derived from different names or namespaces differ")
    func different() {
        let namespaces = (0..<20).map { _ in UUID() }
        let all = namespaces.flatMap { namespace in
            ["", "a", "ä", "a ", "gap"].map { UUID(derivedFrom: namespace, $0) }
        }
        #expect(Set(all).count == 100)
    }

    @Test("in time order begin with the time, as in RFC 9562, appendix A.6")
    func version7() throws {
        let instant = Instant(microsecondsSince1970: 1_645_557_742_000_999)
        for _ in 0..<100 {
            let text = UUID.timeOrdered(at: instant).uuidString.lowercased()
            #expect(text.hasPrefix("017f22e2-79b0-7"))
            #expect("89ab".contains(text.dropFirst(19).prefix(1)))
        }
        #expect(Set((0..<1000).map { _ in UUID.timeOrdered(at: instant) }).count == 1000)
        let later = UUID.timeOrdered(at: instant.adding(seconds: 1)).uuidString
        #expect(UUID.timeOrdered(at: instant).uuidString < later)
        #expect(UUID.timeOrdered(at: Instant(microsecondsSince1970: -5)).uuidString.hasPrefix("00000000-0000-7"))
    }
}

@Suite("Stream names")
struct StreamNameTests {
    @Test("are a category, a hyphen and an identifier that may have hyphens itself")
    func written() throws {
        let stream = try #require(StreamName("case-0198-ab"))
        #expect(stream == StreamName(category: "case", id: "0198-ab"))
        #expect(stream.description == "case-0198-ab")
    }

    @Test("are nothing else", arguments: ["", "-", "case", "case-", "-1"])
    func refused(_ text: String) {
        #expect(StreamName(text) == nil)
    }
}
