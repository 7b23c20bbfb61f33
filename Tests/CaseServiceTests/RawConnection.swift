import Foundation
import Glibc

/// A TCP connection without any HTTP library, for bytes that no client would send.
enum RawConnection {
    struct Failure: Error {
        var step: String
        var code: Int32
    }

    /// Sends bytes and answers what comes: one whole answer, or everything until the other side closes.
    static func exchange(port: Int, _ bytes: [UInt8], untilClosed: Bool = false) async throws -> String {
        try await offTheCooperativePool {
            let socket = try connected(port: port)
            defer { close(socket) }
            try send(bytes, to: socket)
            var answer: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(socket, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                answer += buffer[..<count]
                if !untilClosed, let end = contentEnd(answer), answer.count >= end { break }
            }
            return String(decoding: answer, as: UTF8.self)
        }
    }

    /// Sends a head and then one byte after the other until something is answered, 400 at most, and answers that.
    static func trickle(port: Int, _ head: [UInt8], _ bytes: String) async throws -> String {
        try await offTheCooperativePool {
            let socket = try connected(port: port)
            defer { close(socket) }
            try send(head, to: socket)
            var buffer = [UInt8](repeating: 0, count: 65_536)
            for byte in Array(repeating: Array(bytes.utf8), count: 400).joined().prefix(400) {
                let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                if count >= 0 { return String(decoding: buffer[..<count], as: UTF8.self) }
                try send([byte], to: socket)
                usleep(20_000)
            }
            return ""
        }
    }

    /// Sends bytes and breaks the connection off.
    static func drop(port: Int, _ bytes: [UInt8]) async throws {
        try await offTheCooperativePool {
            let socket = try connected(port: port)
            try send(bytes, to: socket)
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            usleep(100_000)
            close(socket)
        }
    }

    /// Where the first answer ends, by its Content-Length, so that a kept connection does not have to time out.
    private static func contentEnd(_ answer: [UInt8]) -> Int? {
        let text = String(decoding: answer, as: UTF8.self)
        guard let head = text.range(of: "\r\n\r\n"),
            let length = text[..<head.lowerBound].lowercased().range(of: "content-length: ")
        else { return nil }
        let lowered = text[..<head.lowerBound].lowercased()
        let digits = lowered[length.upperBound...].prefix { $0.isNumber }
        return Int(digits).map { text[..<head.upperBound].utf8.count + $0 }
    }

    private static func connected(port: Int) throws -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failure(step: "socket", code: errno) }
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout.size(ofValue: timeout)))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            throw Failure(step: "connect", code: errno)
        }
        return socket
    }

    private static func send(_ bytes: [UInt8], to socket: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func offTheCooperativePool<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try work() }) }.start()
        }
    }
}
