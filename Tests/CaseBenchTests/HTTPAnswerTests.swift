import NIOCore
import Testing

@testable import CaseBench

@Suite("An answer as the load sees it")
struct HTTPAnswerTests {
    private func answer(_ text: String) -> HTTPAnswer? {
        HTTPAnswer(ByteBuffer(string: text))
    }

    @Test("is there once head and body are there", arguments: ["content-length", "Content-Length"])
    func complete(_ name: String) {
        let text = "HTTP/1.1 201 Created\r\n\(name): 5\r\nx: y\r\n\r\nhello"
        #expect(answer(text)?.status == 201)
        for length in 0..<text.count { #expect(answer(String(text.prefix(length))) == nil) }
    }

    @Test("has no body where none is stated")
    func empty() {
        #expect(answer("HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n\r\n")?.status == 503)
    }

    @Test("may lie anywhere in a buffer")
    func offset() {
        var buffer = ByteBuffer(string: "garbageHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        buffer.moveReaderIndex(forwardBy: 7)
        #expect(HTTPAnswer(buffer)?.status == 200)
    }
}
