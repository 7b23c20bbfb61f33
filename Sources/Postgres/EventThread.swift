#if os(Linux)
    internal import CLibPQ
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// The thread that waits for the sockets of all connections, with epoll.
    ///
    /// Dispatch's sources do the same, but pass every event on from their own waiting thread to a worker; that costs a
    /// wake-up per answer. Here, the thread that sees the answer also takes it in.
    final class EventThread: Sendable {
        static let shared = EventThread()

        private static let batch = 64

        private let epoll: Int32
        private let handlers = Mutex<[UInt64: @Sendable () -> Void]>([:])
        private let nextToken = Atomic<UInt64>(1)

        private init() {
            epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
            var thread = pthread_t()
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
            // It lives as long as the process, so does what it is given.
            let status = pthread_create(
                &thread, &attributes,
                { context in
                    if let context { Unmanaged<EventThread>.fromOpaque(context).takeUnretainedValue().run() }
                    return nil
                }, Unmanaged.passRetained(self).toOpaque())
            precondition(epoll >= 0 && status == 0, "no thread or no descriptor left to wait for PostgreSQL with")
            pthread_attr_destroy(&attributes)
        }

        private func run() {
            var events = [epoll_event](repeating: epoll_event(), count: Self.batch)
            while true {
                let count = epoll_wait(epoll, &events, Int32(Self.batch), -1)
                for index in 0..<max(0, Int(count)) {
                    let handler = handlers.withLock { $0[events[index].data.u64] }
                    handler?()
                }
            }
        }

        /// Watches a descriptor for reading. Returns what it goes by, or `nil` when the kernel refuses.
        func add(_ descriptor: Int32, _ handler: @escaping @Sendable () -> Void) -> UInt64? {
            let token = nextToken.add(1, ordering: .relaxed).oldValue
            handlers.withLock { $0[token] = handler }
            guard control(EPOLL_CTL_ADD, descriptor, token, reads: true, writes: false) else {
                handlers.withLock { $0[token] = nil }
                return nil
            }
            return token
        }

        func change(_ descriptor: Int32, _ token: UInt64, reads: Bool, writes: Bool) {
            _ = control(EPOLL_CTL_MOD, descriptor, token, reads: reads, writes: writes)
        }

        func remove(_ descriptor: Int32, _ token: UInt64) {
            _ = control(EPOLL_CTL_DEL, descriptor, token, reads: false, writes: false)
            // The handler may be what keeps its owner alive: let go of it after the lock.
            let handler = handlers.withLock { $0.removeValue(forKey: token) }
            withExtendedLifetime(handler) {}
        }

        private func control(_ operation: Int32, _ descriptor: Int32, _ token: UInt64, reads: Bool, writes: Bool)
            -> Bool
        {
            var event = epoll_event()
            event.events = (reads ? EPOLLIN.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
            event.data.u64 = token
            return epoll_ctl(epoll, operation, descriptor, &event) == 0
        }
    }
#endif
