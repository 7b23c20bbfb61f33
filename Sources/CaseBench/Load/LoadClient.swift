import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Sends prepared requests over so many connections, each after the answer to the one before, and times every answer.
///
/// It looks at an answer's status and length and nothing else, and lives on one thread: what the client uses of a small
/// machine is missing to what is measured.
struct LoadClient: Sendable {
    /// What came of a load.
    struct Result: Sendable {
        /// Answers with a status of 2xx.
        var succeeded = 0
        /// Other answers, with the first of them in words.
        var failed = 0
        var failure: String?
        var latencies = Latencies()
        var elapsed: Duration = .zero

        var perSecond: Double { Double(succeeded) / (elapsed / .seconds(1)) }
    }

    let port: Int
    let connections: Int
    /// How long after one request a connection sends the next at the earliest; `nil` for as soon as it is answered.
    var interval: Duration?

    /// Sends the load until it or the time is over.
    ///
    /// - Throws: ``BenchFailure`` when answers other than 2xx are more than a rare exception; errors of the connections.
    func run(_ load: PreparedLoad, for duration: Duration) async throws -> Result {
        let lanes = LaneSource(load.lanes)
        let began = ContinuousClock.now
        let deadline = began + duration
        var result = try await withThrowingTaskGroup(of: Result.self) { group in
            for number in 0..<connections {
                group.addTask {
                    // Connections with a pace begin one after another, so that requests are spread evenly.
                    if let interval { try await Task.sleep(for: interval * number / connections) }
                    return try await LoadConnection.run(port: port, lanes: lanes, interval: interval, until: deadline)
                }
            }
            return try await group.reduce(into: Result()) { all, one in
                all.succeeded += one.succeeded
                all.failed += one.failed
                all.failure = all.failure ?? one.failure
                all.latencies.merge(one.latencies)
            }
        }
        result.elapsed = min(ContinuousClock.now, deadline) - began
        guard result.failed * 1000 <= result.succeeded else {
            throw BenchFailure(
                "\(result.failed) of \(result.failed + result.succeeded) requests failed, e.g. "
                    + (result.failure ?? ""))
        }
        return result
    }
}

/// Hands lanes out, each once.
final class LaneSource: Sendable {
    private let lanes: [[[UInt8]]]
    private let next = Atomic<Int>(0)

    init(_ lanes: [[[UInt8]]]) {
        self.lanes = lanes
    }

    func take() -> [[UInt8]]? {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < lanes.count ? lanes[index] : nil
    }
}

/// One connection of a load: sends, waits, sends. Lives on its event loop only.
private final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// One thread for all connections of this process.
    private static let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let lanes: LaneSource
    private let interval: Duration?
    private let deadline: ContinuousClock.Instant
    private let finished: EventLoopPromise<LoadClient.Result>
    private var lane: ArraySlice<[UInt8]> = []
    private var received = ByteBuffer()
    private var sentAt = ContinuousClock.now
    private var result = LoadClient.Result()

    init(
        lanes: LaneSource, interval: Duration?, deadline: ContinuousClock.Instant,
        finished: EventLoopPromise<LoadClient.Result>
    ) {
        self.lanes = lanes
        self.interval = interval
        self.deadline = deadline
        self.finished = finished
    }

    static func run(
        port: Int, lanes: LaneSource, interval: Duration?, until deadline: ContinuousClock.Instant
    ) async throws -> LoadClient.Result {
        let finished = loop.next().makePromise(of: LoadClient.Result.self)
        do {
            _ = try await ClientBootstrap(group: loop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            LoadConnection(lanes: lanes, interval: interval, deadline: deadline, finished: finished))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            finished.fail(error)
        }
        return try await finished.futureResult.get()
    }

    func channelActive(context: ChannelHandlerContext) {
        send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if received.readableBytes == 0 { received = buffer } else { received.writeBuffer(&buffer) }
        guard let answer = HTTPAnswer(received) else { return }
        let now = ContinuousClock.now
        result.latencies.note(now - sentAt)
        if (200..<300).contains(answer.status) {
            result.succeeded += 1
        } else {
            result.failed += 1
            result.failure = result.failure ?? String(buffer: received)
            // What follows in the lane may depend on what was not done.
            lane = []
        }
        received.clear()
        guard now < deadline else { return finish(context) }
        if let interval, sentAt + interval > now {
            let pause = TimeAmount(sentAt + interval - now)
            context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.send(context) }
        } else {
            send(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finished.fail(BenchFailure("the service closed a connection"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finished.fail(error)
        context.close(promise: nil)
    }

    private func send(_ context: ChannelHandlerContext) {
        if lane.isEmpty {
            guard let next = lanes.take() else { return finish(context) }
            lane = next[...]
        }
        guard let request = lane.popFirst() else { return send(context) }
        sentAt = ContinuousClock.now
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: request)), promise: nil)
    }

    private func finish(_ context: ChannelHandlerContext) {
        finished.succeed(result)
        context.close(promise: nil)
    }
}
