public import Foundation
public import Logging
public import ServiceLifecycle

/// Keeps the keys that tokens are verified with as the identity provider publishes them.
///
/// It asks regularly, and at once when a token names a key that is not known, since providers sign with a new key as soon as
/// they publish it. However many such tokens come, it asks rarely: who makes tokens up cannot make it ask. When the provider
/// does not answer, the keys remain as they were.
public actor TokenKeyKeeper: Service {
    private let verifier: TokenVerifier
    private let mode: ServiceMode
    private let interval: Duration
    private let leastInterval: Duration
    private let logger: Logger
    private let read: @Sendable () async throws -> Data
    private var document: Data
    private var askedAt: ContinuousClock.Instant?
    private var asking: Task<Bool, Never>?

    /// A keeper of the keys of `verifier`.
    ///
    /// - Parameters:
    ///   - document: the key set that the verifier has its keys from.
    ///   - interval: how long to wait before asking again, as a rule.
    ///   - leastInterval: how long to wait before asking again because of an unknown key.
    ///   - read: fetches the key set.
    public init(
        of verifier: TokenVerifier, document: Data, mode: ServiceMode, every interval: Duration = .seconds(600),
        atMostEvery leastInterval: Duration = .seconds(30), logger: Logger,
        read: @escaping @Sendable () async throws -> Data
    ) {
        self.verifier = verifier
        self.document = document
        self.mode = mode
        self.interval = interval
        self.leastInterval = leastInterval
        self.logger = logger
        self.read = read
    }

    /// Asks regularly until the process is asked to stop or the task is cancelled.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: self.interval)) != nil { _ = await self.refresh() }
        }
    }

    /// Asks because of a key that is not known, unless that was done lately.
    ///
    /// - Returns: whether that brought other keys.
    @discardableResult
    public func refreshForUnknownKey() async -> Bool {
        if let asking { return await asking.value }
        if let askedAt, .now - askedAt < leastInterval { return false }
        return await refresh()
    }

    private func refresh() async -> Bool {
        if let asking { return await asking.value }
        askedAt = .now
        let task = Task { await ask() }
        asking = task
        let changed = await task.value
        asking = nil
        return changed
    }

    private func ask() async -> Bool {
        do {
            let found = try await read()
            guard found != document else { return false }
            let keys = try await TokenKeySet(jwks: found, mode: mode)
            verifier.use(keys)
            document = found
            logger.notice("tokens are verified with other keys from now on", metadata: keys.passedOverMetadata)
            return true
        } catch {
            logger.warning("the keys of tokens remain as they are", metadata: ["reason": "\(error)"])
            return false
        }
    }
}

extension TokenKeySet {
    fileprivate var passedOverMetadata: Logger.Metadata {
        passedOver.isEmpty ? [:] : ["passed over": "\(passedOver.map(\.description).joined(separator: " "))"]
    }
}
