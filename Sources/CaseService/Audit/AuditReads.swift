public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger
import Logging
import Synchronization

/// That somebody looked at a case.
public struct CaseRead: Sendable {
    /// The case; `nil` for a list of cases.
    public var caseID: UUID?
    /// What was looked at: `worklist`, `case`, `timeline`, `entrusted-notes`, `candidates`, `findings`, `proposals`, `simultaneity`, `calendar`,
    /// `calendar-feed`, `audit-events`, `audit-state`, `audit-office`, `audit-reads` or `access-report`.
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
    /// On what the office works in the case.
    public var legalBasis: String?
    /// What of other offices' data was seen: with it, it passed from them to the office that looked.
    public var disclosed: [Disclosure]
    /// The cases on the list, where it was one.
    public var cases: [UUID]

    /// Something of another office's data that was seen.
    public struct Disclosure: Hashable, Sendable {
        /// The office that recorded it; `nil` for what nobody recorded for an office.
        public var from: Office?
        /// What kind of data.
        public var category: ConsentCategory
        /// What allows it: a law, or a consent with its purpose; `nil` where that was not looked up.
        public var basis: String?

        /// Data of a category that an office recorded.
        public init(from: Office?, category: ConsentCategory, basis: String?) {
            self.from = from
            self.category = category
            self.basis = basis
        }
    }

    /// A look at a case.
    public init(
        caseID: UUID?, view: String, actor: CaseFile.Actor, at: Instant, position: Position, reason: String?,
        requestID: String, legalBasis: String? = nil, disclosed: [Disclosure] = [], cases: [UUID] = []
    ) {
        self.caseID = caseID
        self.view = view
        self.actor = actor
        self.at = at
        self.position = position
        self.reason = reason
        self.requestID = requestID
        self.legalBasis = legalBasis
        self.disclosed = disclosed
        self.cases = cases
    }
}

/// A look at a case as it is on record.
public struct RecordedRead: Hashable, Sendable {
    /// Its place in the log; later looks have greater numbers.
    public var number: Int64
    /// When, UTC.
    public var at: Instant
    /// Who: the subject of the token.
    public var subject: String
    /// In which role, and for which office.
    public var role: String
    /// For which office, if for one.
    public var office: String?
    /// What was looked at.
    public var view: String
    /// Whether the case was one of a list.
    public var isOnList: Bool
    /// Why, where a reason had to be given.
    public var reason: String?
    /// On what the office works in the case.
    public var legalBasis: String?
    /// What of other offices' data was seen.
    public var disclosed: [CaseRead.Disclosure]

    /// A look at a case.
    public init(
        number: Int64, at: Instant, subject: String, role: String, office: String?, view: String, isOnList: Bool,
        reason: String?, legalBasis: String?, disclosed: [CaseRead.Disclosure]
    ) {
        self.number = number
        self.at = at
        self.subject = subject
        self.role = role
        self.office = office
        self.view = view
        self.isOnList = isOnList
        self.reason = reason
        self.legalBasis = legalBasis
        self.disclosed = disclosed
    }
}

/// Where reads of cases are put on record. A read that cannot be recorded is not answered.
public protocol AuditReads: Sendable {
    /// Puts a read on record.
    func record(_ read: CaseRead) async throws
    /// The looks at a case that are still on record, the latest first, of those before a number at most `limit`.
    func reads(of id: UUID, before number: Int64, limit: Int) async throws -> [RecordedRead]
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

    /// The looks at a case, the latest first.
    public func reads(of id: UUID, before number: Int64, limit: Int) async throws -> [RecordedRead] {
        let numbered = zip(Int64(1)..., reads).filter { $0 < number && ($1.caseID == id || $1.cases.contains(id)) }
        return numbered.reversed().prefix(limit).map { number, read in
            RecordedRead(
                number: number, at: read.at, subject: read.actor.subject, role: read.actor.role.rawValue,
                office: read.actor.office?.rawValue, view: read.view, isOnList: read.caseID == nil,
                reason: read.reason, legalBasis: read.legalBasis, disclosed: read.disclosed)
        }
    }
}
