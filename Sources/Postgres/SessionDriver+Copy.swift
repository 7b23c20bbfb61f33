/// COPY: the one exchange in which the caller takes part again and again.
extension SessionDriver {
    enum CopyStep {
        case done
        case chunk([UInt8])
        case end
        case wait
        case failed(PostgresError)
    }

    /// Queues data of a COPY; `wait` when the server is slower than we are.
    mutating func write(_ bytes: UnsafeRawBufferPointer, _ id: ExchangeID) -> (CopyStep, Effects) {
        var effects = Effects()
        if let error = machine.mayCopy(.in, id) { return (.failed(error), effects) }
        guard let libpq, libpq.putCopyData(bytes) else {
            let error = PostgresError.connectionLost(libpq?.errorMessage ?? "")
            lose(error, &effects)
            return (.failed(error), effects)
        }
        running?.unflushedCopy += bytes.count
        if let unflushed = running?.unflushedCopy, unflushed >= Self.copyChunk {
            running?.unflushedCopy = 0
            flush(&effects)
        }
        return (isFlushing ? .wait : .done, effects)
    }

    /// Takes the data of a COPY that has arrived; whole rows.
    mutating func read(_ id: ExchangeID) -> (CopyStep, Effects) {
        var effects = Effects()
        if let error = machine.mayCopy(.out, id) { return (.failed(error), effects) }
        if running?.reachedCopyEnd == true { return (.end, effects) }
        guard let libpq else { return (.end, effects) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.copyChunk)
        var looked = false
        while bytes.count < Self.copyChunk {
            switch libpq.getCopyData(into: &bytes) {
            case .appended: looked = false
            case .notYet where looked: return (bytes.isEmpty ? .wait : .chunk(bytes), effects)
            case .notYet:
                looked = true
                guard libpq.consumeInput() else { return (.failed(broken(&effects)), effects) }
            case .end:
                running?.reachedCopyEnd = true
                return (bytes.isEmpty ? .end : .chunk(bytes), effects)
            case .failed: return (.failed(broken(&effects)), effects)
            }
        }
        return (.chunk(bytes), effects)
    }

    private mutating func broken(_ effects: inout Effects) -> PostgresError {
        ended(&effects)
        return effects.lost ?? .connectionLost("")
    }

    /// Suspends the caller of a COPY until it can go on.
    mutating func awaitCopy(_ direction: ConnectionStateMachine.Direction, _ id: ExchangeID, _ waiter: Waiter)
        -> Effects
    {
        var effects = Effects()
        if let error = machine.mayCopy(direction, id) {
            effects.resume(waiter, .failed(error))
        } else if direction == .in && !isFlushing {
            effects.resume(waiter, .ready)
        } else {
            running?.waiter = waiter
            expectAnswer(&effects)
            reads = true
            watch()
        }
        return effects
    }

    /// Ends a COPY, on our side for the given reason where there is one, and suspends the caller until the verdict.
    mutating func endCopy(
        _ direction: ConnectionStateMachine.Direction, failure: String?, _ id: ExchangeID, _ waiter: Waiter
    ) -> Effects {
        var effects = Effects()
        if let error = machine.mayCopy(direction, id) {
            effects.resume(waiter, .failed(error))
            return effects
        }
        running?.waiter = waiter
        expectAnswer(&effects)
        machine.copyEnded()
        reads = true
        if direction == .in, let libpq, !libpq.putCopyEnd(failure: failure) {
            lose(.connectionLost(libpq.errorMessage), &effects)
            return effects
        }
        flush(&effects)
        drain(&effects)
        return effects
    }
}
