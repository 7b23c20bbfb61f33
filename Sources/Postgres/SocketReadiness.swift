#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
    import Dispatch
#endif

/// Tells when a socket can be read or written, through a duplicate of its descriptor.
///
/// libpq closes its own descriptor whenever it finds the connection broken. The duplicate keeps the number from being
/// given to somebody else while events may still arrive under it. `setInterest` and `cancel` are called under the
/// session's lock.
#if os(Linux)
    final class SocketReadiness: Sendable {
        private let descriptor: Int32
        private let token: UInt64

        /// Watches for reading from the start. Events may come until `cancel` has returned, and once more after it.
        init?(socket: Int32, onReady: @escaping @Sendable () -> Void) {
            descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0, let token = EventThread.shared.add(descriptor, onReady) else { return nil }
            self.token = token
        }

        func setInterest(reads: Bool, writes: Bool) {
            EventThread.shared.change(descriptor, token, reads: reads, writes: writes)
        }

        func cancel() {
            EventThread.shared.remove(descriptor, token)
            close(descriptor)
        }
    }
#else
    /// Unchecked, because Dispatch's sources are safe to use from any thread without saying so, and the rest is guarded
    /// by the session's lock.
    final class SocketReadiness: @unchecked Sendable {
        private let reading: any DispatchSourceRead
        private let writing: any DispatchSourceWrite
        private var reads = true
        private var writes = false

        /// Watches for reading from the start. Events may come until `cancel` has returned, and once more after it.
        init?(socket: Int32, onReady: @escaping @Sendable () -> Void) {
            let descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0 else { return nil }
            let queue = DispatchQueue(label: "postgres.readiness")
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
            // The other one stays suspended, as sources are at first, until something is left to write.
            reading.activate()
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

        func cancel() {
            reading.cancel()
            writing.cancel()
            // A suspended source would never run its cancel handler.
            setInterest(reads: true, writes: true)
        }
    }
#endif
