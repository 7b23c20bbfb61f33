import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tells when a socket can be read or written, through a duplicate of its descriptor.
///
/// libpq closes its own descriptor whenever it finds the connection broken. The duplicate keeps the number from being
/// given to somebody else while the event source still refers to it; it is closed once the source has let go.
///
/// Unchecked, because Dispatch's sources are safe to use from any thread without saying so, and the rest is guarded by the
/// session's lock, under which `setInterest` and `cancel` are called.
final class SocketReadiness: @unchecked Sendable {
    private let reading: any DispatchSourceRead
    private let writing: any DispatchSourceWrite
    private var reads = true
    private var writes = false

    /// Watches for reading from the start.
    init?(socket: Int32, queue: DispatchQueue, onReady: @escaping @Sendable () -> Void) {
        let descriptor = dup(socket)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        reading = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        writing = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
        reading.setEventHandler(handler: onReady)
        writing.setEventHandler(handler: onReady)
        let group = DispatchGroup()
        group.enter()
        group.enter()
        reading.setCancelHandler { group.leave() }
        writing.setCancelHandler { group.leave() }
        group.notify(queue: queue) { close(descriptor) }
        reading.activate()
        // A source starts suspended; this one stays so until something is left to write.
    }

    func setInterest(reads: Bool, writes: Bool) {
        if reads != self.reads {
            self.reads = reads
            if reads { reading.resume() } else { reading.suspend() }
        }
        if writes != self.writes {
            self.writes = writes
            if writes { writing.resume() } else { writing.suspend() }
        }
    }

    /// Ends the watching. A suspended source would never run its cancel handler.
    func cancel() {
        reading.cancel()
        writing.cancel()
        setInterest(reads: true, writes: true)
    }
}
