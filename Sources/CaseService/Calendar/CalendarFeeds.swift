public import CaseTiming
import Crypto
public import Foundation
public import Ledger
import Synchronization

/// An address under which a calendar program reads a caseworker's calendar without a token. Whoever knows it can, so it is
/// secret, ends on its own and can be revoked; only what the secret hashes to is kept.
public struct CalendarFeed: Hashable, Sendable {
    /// The feed.
    public var id: UUID
    /// The caseworker: the subject of the token it was made with.
    public var subject: String
    /// The office.
    public var office: Office
    /// The programme areas that it shows; `nil` means all of them.
    public var areas: Set<String>?
    /// When it was made, UTC.
    public var createdAt: Instant
    /// When it ends, UTC.
    public var expiresAt: Instant
    /// When it was revoked, UTC.
    public var revokedAt: Instant?

    /// A feed.
    public init(
        id: UUID, subject: String, office: Office, areas: Set<String>?, createdAt: Instant, expiresAt: Instant,
        revokedAt: Instant? = nil
    ) {
        self.id = id
        self.subject = subject
        self.office = office
        self.areas = areas
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether it can be read at a moment.
    func isValid(at now: Instant) -> Bool { revokedAt == nil && now < expiresAt }
}

/// Where feeds are kept.
public protocol CalendarFeeds: Sendable {
    /// Keeps a feed under what its secret hashes to.
    func create(_ feed: CalendarFeed, secretHash: [UInt8]) async throws
    /// The feed whose secret hashes to this, whether it is still valid or not.
    func feed(secretHash: [UInt8]) async throws -> CalendarFeed?
    /// The feeds of an office, of one caseworker or of all (`nil`), the latest first.
    func feeds(of subject: String?, office: Office) async throws -> [CalendarFeed]
    /// Revokes a feed of an office, of one caseworker or of any (`nil`); `false` when there is no such feed.
    func revoke(_ id: UUID, of subject: String?, office: Office, at now: Instant) async throws -> Bool
}

/// The secret of a feed's address: 256 random bits.
struct FeedSecret {
    /// How many characters it has in the address (RFC 4648, section 5).
    static let length = 43

    /// As it stands in the address.
    let text: String

    /// A new one.
    init() {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// What is kept of it. A secret of that length needs no slow hash: it cannot be guessed.
    static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}

/// Keeps feeds in memory, for tests.
public final class InMemoryCalendarFeeds: CalendarFeeds {
    private let kept = Mutex<[[UInt8]: CalendarFeed]>([:])

    /// No feeds yet.
    public init() {}

    /// What secrets hash to, as it would be kept.
    public var secretHashes: [[UInt8]] { kept.withLock { Array($0.keys) } }

    /// Keeps a feed.
    public func create(_ feed: CalendarFeed, secretHash: [UInt8]) async throws {
        kept.withLock { $0[secretHash] = feed }
    }

    /// Finds a feed.
    public func feed(secretHash: [UInt8]) async throws -> CalendarFeed? { kept.withLock { $0[secretHash] } }

    /// Lists feeds.
    public func feeds(of subject: String?, office: Office) async throws -> [CalendarFeed] {
        kept.withLock { $0.values.filter { $0.subject == subject ?? $0.subject && $0.office == office } }
            .sorted { $0.createdAt > $1.createdAt }
    }

    /// Revokes a feed.
    public func revoke(_ id: UUID, of subject: String?, office: Office, at now: Instant) async throws -> Bool {
        kept.withLock { kept in
            let found = kept.first {
                $0.value.id == id && $0.value.office == office && $0.value.subject == subject ?? $0.value.subject
            }
            guard let (hash, feed) = found else { return false }
            kept[hash]?.revokedAt = feed.revokedAt ?? now
            return true
        }
    }
}
