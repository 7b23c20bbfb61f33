import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A wire between a client and a server that breaks where a test wants it to: in front of a PostgreSQL server's socket,
/// reachable over TCP.
///
///     let wire = try FaultyWire(to: server.socketPath())
///     wire.arm(.cut(.fromServer, after: 17))
public final class FaultyWire: Sendable {
    /// Which way bytes go.
    public enum Direction: Hashable, Sendable {
        case toServer, fromServer
    }

    /// What befalls the connection that carries the byte in question. Bytes are counted from `arm` on.
    public enum Fault: Hashable, Sendable {
        /// Both sides lose the line once so many bytes have gone through, as soon as one more wants to.
        case cut(Direction, after: Int)
        /// From then on every byte is taken and none arrives, either way; nobody is told.
        case silence(Direction, after: Int)
        /// From then on no byte is taken, either way, until the line is cut: as if whoever sends had been frozen.
        case stall(Direction, after: Int)

        fileprivate var place: (direction: Direction, bytes: Int) {
            switch self {
            case .cut(let direction, let bytes), .silence(let direction, let bytes), .stall(let direction, let bytes):
                (direction, bytes)
            }
        }
    }

    /// The port on 127.0.0.1.
    public let port: Int

    private struct State {
        var fault: Fault?
        var toServer = 0
        var fromServer = 0
        var isRefusing = false
        var lines: [Line] = []
    }

    private let listener: Int32
    private let target: String
    private let state = Mutex(State())

    /// A wire to the Unix socket at `target`.
    ///
    /// - Throws: `POSIXError`.
    public init(to target: String) throws {
        self.target = target
        let descriptor = socket(AF_INET, Self.stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                descriptor >= 0 && bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = Int(UInt16(bigEndian: address.sin_port))
        listener = descriptor
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { return }
                guard let self else {
                    close(client)
                    return
                }
                self.join(client)
            }
        }
    }

    /// The URI of a database, over this wire. Its name may be given as the path of another URI.
    public func uri(database: String, user: String = "postgres") -> String {
        "postgresql://\(user)@127.0.0.1:\(port)/\(database.drop { $0 == "/" })?sslmode=disable&gssencmode=disable"
    }

    /// Counts from nought, and breaks where `fault` says. Only once.
    public func arm(_ fault: Fault?) {
        state.withLock { state in
            state.fault = fault
            state.toServer = 0
            state.fromServer = 0
        }
    }

    /// Whether the fault has struck.
    public var hasStruck: Bool { state.withLock { $0.fault == nil } }

    /// How many bytes went through since `arm`.
    public var passed: (toServer: Int, fromServer: Int) { state.withLock { ($0.toServer, $0.fromServer) } }

    /// Whether new connections are cut at once, as if nobody were there.
    public func refuse(_ isRefusing: Bool) {
        state.withLock { $0.isRefusing = isRefusing }
    }

    /// Cuts every line there is.
    public func cutAll() {
        for line in state.withLock(\.lines) { line.cut() }
    }

    /// Cuts everything and listens no longer.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        cutAll()
    }

    // MARK: Lines

    /// One connection through the wire. Its descriptors are closed when nobody reads them any more.
    private final class Line: Sendable {
        let client: Int32
        let server: Int32
        private let ends = Atomic(0)
        let isMute = Atomic(false)
        let isStalled = Atomic(false)
        private let isCut = Atomic(false)

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        func cut() {
            isCut.store(true, ordering: .releasing)
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }

        func waitUntilCut() {
            while !isCut.load(ordering: .acquiring) { usleep(10_000) }
        }

        /// One direction is over; answers whether both are.
        func ended() -> Bool {
            cut()
            return ends.add(1, ordering: .acquiringAndReleasing).newValue == 2
        }
    }

    private func join(_ client: Int32) {
        let server = socket(AF_UNIX, Self.stream, 0)
        guard !state.withLock(\.isRefusing), server >= 0, Self.connect(server, to: target) else {
            close(client)
            if server >= 0 { close(server) }
            return
        }
        let line = Line(client: client, server: server)
        state.withLock { $0.lines.append(line) }
        for direction in [Direction.toServer, .fromServer] {
            Thread.detachNewThread { self.pump(line, direction) }
        }
    }

    private func pump(_ line: Line, _ direction: Direction) {
        let (source, sink) = direction == .toServer ? (line.client, line.server) : (line.server, line.client)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let passing = pass(count, line, direction)
            var sent = 0
            while sent < passing {
                let step = buffer.withUnsafeBytes { bytes in
                    send(sink, bytes.baseAddress.map { $0 + sent }, passing - sent, Self.noSignal)
                }
                guard step > 0 else { break }
                sent += step
            }
            if line.isStalled.load(ordering: .acquiring) {
                line.waitUntilCut()
                break
            }
            if passing < count && !line.isMute.load(ordering: .acquiring) { break }
        }
        if line.ended() {
            state.withLock { state in state.lines.removeAll { $0 === line } }
            close(line.client)
            close(line.server)
        }
    }

    /// How many of `count` bytes may pass. Fewer than all of them is the end of the line, or of its speech.
    private func pass(_ count: Int, _ line: Line, _ direction: Direction) -> Int {
        state.withLock { state in
            let isOver = line.isMute.load(ordering: .acquiring) || line.isStalled.load(ordering: .acquiring)
            guard !isOver else { return 0 }
            let before = direction == .toServer ? state.toServer : state.fromServer
            var passing = count
            if let fault = state.fault, fault.place.direction == direction, before + count > fault.place.bytes {
                passing = max(0, fault.place.bytes - before)
                switch fault {
                case .cut: break
                case .silence: line.isMute.store(true, ordering: .releasing)
                case .stall: line.isStalled.store(true, ordering: .releasing)
                }
                state.fault = nil
            }
            if direction == .toServer { state.toServer += passing } else { state.fromServer += passing }
            return passing
        }
    }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif
    #if canImport(Darwin)
        private static let noSignal: Int32 = 0
    #else
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif

    private static func connect(_ descriptor: Int32, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Glibc)
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                #elseif canImport(Musl)
                    Musl.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                #else
                    Darwin.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                #endif
            }
        }
    }
}
