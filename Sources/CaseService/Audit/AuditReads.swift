public import CaseFile
public import Foundation
public import Ledger
import Logging
import Synchronization

/// That somebody looked at a case.
public struct CaseRead: Sendable {
    /// The case; `nil` for a list of cases.
    public var caseID: UUID?
    /// What was looked at: `worklist`, `case`, `timeline`, `candidates`, `findings`, `proposals`, `simultaneity`, `calendar`,
    /// `calendar-feed`, `audit-events`, `audit-state` or `audit-office`.
    public var view: String
    /// Who looked.
    public var actor: CaseFile.Actor
    /// When, UTC.
    public var at: Instant
    /// The position of the last event that was shown.
    public var position: Position
    /// Why, where a reason has to be given.
    public var reason: String?
    /// The request, as it is named in answers and logs.
    public var requestID: String

    /// A look at a case.
    public init(
        caseID: UUID?, view: String, actor: CaseFile.Actor, at: Instant, position: Position, reason: String?,
        requestID: String
    ) {
        self.caseID = caseID
        self.view = view
        self.actor = actor
        self.at = at
        self.position = position
        self.reason = reason
        self.requestID = requestID
    }
}

/// Where reads of cases are put on record. A read that cannot be recorded is not answered.
public protocol AuditReads: Sendable {
    /// Puts a read on record.
    func record(_ read: CaseRead) async throws
}

/// Keeps reads in memory, for tests.
public final class InMemoryAuditReads: AuditReads {
    private let kept = Mutex<[CaseRead]>([])

    /// No reads yet.
    public init() {}

    /// The reads so far.
    public var reads: [CaseRead] { kept.withLock { $0 } }

    /// Keeps a read.
    public func record(_ read: CaseRead) async throws {
        kept.withLock { $0.append(read) }
    }
}
