import Foundation
import ImportFiles
import NIOCore

/// What was sent of an import and has no verdict yet: it is sent again when the connection breaks.
///
/// Bounded: when too much waits for verdicts, nothing more is read and sent. The file is read only as far as it is sent.
actor ImportConversation {
    /// One item of the file, and whether it is the service's to judge.
    struct Waiting: Sendable {
        var item: ImportItem
        var isForService: Bool
        /// How many bytes of the file were read when it was.
        var place: Int64
    }

    private static let greatestWait = 4096
    private static let greatestBytes = 8 << 20
    private static let pieceSize = 1 << 15

    private var source: ImportFile
    private var waiting: [Waiting] = []
    private var firstWaiting = 0
    private var nextToSend = 0
    private var waitingBytes = 0
    private var isAtEnd = false
    private var generation = 0
    private var sender: CheckedContinuation<Void, Never>?
    /// How much of the file, in bytes, has its verdicts; it is read in pieces, so this is about right.
    private(set) var bytesAnswered: Int64 = 0
    /// Why the file could not be read any further.
    private(set) var failure: (any Error)?

    init(_ source: ImportFile) {
        self.source = source
    }

    /// Whether everything has its verdict.
    var isOver: Bool { isAtEnd && firstWaiting == waiting.count }

    /// Begins a connection: everything without a verdict is sent again.
    func begin() -> Int {
        generation += 1
        nextToSend = firstWaiting
        wakeSender()
        return generation
    }

    /// The next bytes to send on a connection; `nil` when there are no more, or another connection took its place.
    func nextPiece(of connection: Int) async -> ByteBuffer? {
        var piece = ByteBuffer()
        while connection == generation {
            while nextToSend < waiting.count, piece.readableBytes < Self.pieceSize {
                if waiting[nextToSend].isForService, case .command(let bytes) = waiting[nextToSend].item.content {
                    piece.writeBytes(bytes)
                    piece.writeInteger(UInt8(ascii: "\n"))
                }
                nextToSend += 1
            }
            if piece.readableBytes >= Self.pieceSize { return piece }
            if !isAtEnd, waiting.count - firstWaiting < Self.greatestWait, waitingBytes < Self.greatestBytes {
                read()
            } else if piece.readableBytes > 0 {
                return piece
            } else if isAtEnd {
                return nil
            } else {
                await withCheckedContinuation { sender = $0 }
            }
        }
        return nil
    }

    /// Takes the item that the service's next verdict is about, with the flaws before it, which need no verdict.
    func answered() -> [Waiting] {
        var answered = flaws()
        guard firstWaiting < nextToSend else { return answered }
        answered.append(take())
        return answered + flaws()
    }

    /// Takes the flaws that are next in the file's order.
    func flaws() -> [Waiting] {
        var flaws: [Waiting] = []
        while firstWaiting < waiting.count, !waiting[firstWaiting].isForService { flaws.append(take()) }
        nextToSend = max(nextToSend, firstWaiting)
        return flaws
    }

    private func take() -> Waiting {
        let first = waiting[firstWaiting]
        waitingBytes -= Self.size(of: first.item)
        bytesAnswered = first.place
        firstWaiting += 1
        if firstWaiting > Self.greatestWait {
            waiting.removeFirst(firstWaiting)
            nextToSend -= firstWaiting
            firstWaiting = 0
        }
        wakeSender()
        return first
    }

    private func read() {
        do {
            guard let item = try source.next() else {
                isAtEnd = true
                return
            }
            var isForService = false
            if case .command = item.content { isForService = true }
            waiting.append(Waiting(item: item, isForService: isForService, place: source.bytesRead))
            waitingBytes += Self.size(of: item)
        } catch {
            (failure, isAtEnd) = (error, true)
        }
    }

    private func wakeSender() {
        sender?.resume()
        sender = nil
    }

    private static func size(of item: ImportItem) -> Int {
        if case .command(let bytes) = item.content { bytes.count } else { 0 }
    }
}

/// What one connection sends, as the client asks for it.
struct ImportUpload: AsyncSequence, Sendable {
    let conversation: ImportConversation
    let connection: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        let upload: ImportUpload

        mutating func next() async -> ByteBuffer? {
            await upload.conversation.nextPiece(of: upload.connection)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(upload: self) }
}
