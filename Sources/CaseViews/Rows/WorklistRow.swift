import CaseFile
import CaseTiming
import Foundation
import Ledger

/// A row of an office's worklist: what all three have, and what only one has.
struct WorklistRow: Hashable, Sendable {
    var caseId: UUID
    var areaId: String
    var householdId: UUID?
    var isOpen: Bool
    var caseworker: String
    var isEngaged: Bool
    var engagedOn: CalendarDate
    var seenUntil: CalendarDate?
    var registeredOn: CalendarDate
    var closedOn: CalendarDate?
    var givenName: String?
    var familyName: String?
    var bornOn: CalendarDate?
    var sortName: String
    /// What is due, the most urgent first.
    var agenda: [Due]
    var reviewDueOn: CalendarDate?
    var asked: [Awaited]
    var awaited: [Awaited]

    init(_ stored: StoredCaseFile) {
        let file = stored.file
        let engagement = file.engagements.first { $0.office == file.office }
        caseId = file.caseId
        areaId = file.identity.areaId.storable
        householdId = file.household?.id
        isOpen = file.status == .open
        caseworker = engagement?.caseworker?.storable ?? ""
        isEngaged = file.relation == .engaged
        engagedOn = file.since
        seenUntil = file.until
        registeredOn = file.registeredOn
        closedOn = file.closedOn
        givenName = file.identity.givenName?.storable
        familyName = file.identity.familyName?.storable
        bornOn = file.identity.bornOn
        sortName = FoldedName.sortKey(given: file.identity.givenName, family: file.identity.familyName)
        agenda = file.due
        reviewDueOn = file.due.first { $0.reason == .planReview }?.on
        asked = file.asked
        awaited = file.awaited
    }

    /// The reasons of what is asked or awaited, each once, for filters.
    static func reasons(_ awaited: [Awaited]) -> [String] { Set(awaited.map(\.reason.rawValue)).sorted() }

    /// For each of ``reasons(_:)`` in its order, the earliest day by which that is awaited; `nil` when none is named.
    static func days(_ awaited: [Awaited]) -> [CalendarDate?] {
        // What is awaited is sorted by day, so the first of a reason is its earliest.
        reasons(awaited).map { reason in awaited.first { $0.reason.rawValue == reason }?.on }
    }
}

/// A row of the job centre's worklist.
struct JobCentreRow: Hashable, Sendable {
    var common: WorklistRow
    var focus: JobCentreFocus

    init?(_ stored: StoredCaseFile) {
        guard let focus = stored.file.jobCentre else { return nil }
        common = WorklistRow(stored)
        self.focus = focus
    }
}

/// A row of the youth office's worklist.
struct YouthOfficeRow: Hashable, Sendable {
    var common: WorklistRow
    var focus: YouthOfficeFocus
    var openMeasures: Int

    /// `draft` or `agreed`.
    var supportPlan: String? { focus.supportPlan.map { $0.isAgreed ? "agreed" : "draft" } }

    func turns(_ age: Int) -> CalendarDate? { focus.transitions.first { $0.age == age }?.on }

    init?(_ stored: StoredCaseFile) {
        guard let focus = stored.file.youthOffice else { return nil }
        common = WorklistRow(stored)
        self.focus = focus
        openMeasures = stored.file.plans.flatMap(\.measures).count { $0.endedOn == nil }
    }
}

/// A row of the social office's worklist.
struct SocialOfficeRow: Hashable, Sendable {
    var common: WorklistRow
    var focus: SocialOfficeFocus
    var placementEndsOn: Dated<CalendarDate>?
    var incomeCoverFrom: Dated<CalendarDate>?

    init?(_ stored: StoredCaseFile) {
        guard let focus = stored.file.socialOffice else { return nil }
        common = WorklistRow(stored)
        self.focus = focus
        placementEndsOn = stored.placementEndsOn
        incomeCoverFrom = stored.incomeCoverFrom
    }
}

extension String {
    /// The text without NUL, which JSON can carry and a `text` column cannot.
    var storable: String { utf8.contains(0) ? filter { $0 != "\0" } : self }
}
