public import CaseFile
public import CaseTiming
public import Ledger

/// Which of an office's cases are wanted, and in which order.
public struct WorklistQuery: Sendable {
    /// The order of a worklist. Cases that are equal in it are ordered by their ids.
    public enum Sort: String, CaseIterable, Hashable, Sendable {
        /// By family and given name, as in a German telephone book (DIN 5007-2). Erased persons come last.
        case name
        /// As `name`, from the end.
        case nameDescending = "-name"
        /// By the day on which something is due, earliest first. Where nothing is due comes last.
        case due
        /// By the day on which something is due, latest first. Where nothing is due counts as due never: it comes first.
        case dueDescending = "-due"
        /// By caseworker, then by name.
        case caseworker
        /// As `caseworker`, from the end.
        case caseworkerDescending = "-caseworker"
        /// By day of registration, earliest first.
        case registered
        /// By day of registration, latest first.
        case registeredDescending = "-registered"
    }

    /// Who has to act before something goes on.
    public enum WaitsFor: String, CaseIterable, Hashable, Sendable {
        /// The office itself: another one waits for it.
        case us
        /// Another office: this one waits for it.
        case others
    }

    /// The greatest number of cases on one page.
    public static let greatestLimit = 200

    /// Whose worklist.
    public var office: Office
    /// Who asks. Only cases in the actor's areas are shown.
    public var actor: Actor
    /// The day as of which consents, findings and ages are looked at, Europe/Berlin.
    public var day: CalendarDate
    /// Only cases of this programme area.
    public var area: String?
    /// Only open, or only closed cases.
    public var status: CaseStatus?
    /// Only cases of this caseworker (subject).
    public var caseworker: String?
    /// Only cases with something due before this day.
    public var dueBefore: CalendarDate?
    /// Only cases in which another office waits for this one, or this one for another.
    public var waitsFor: WaitsFor?
    /// Only cases with an open finding of this kind that the office may know of.
    public var finding: FindingKind?
    /// Only cases whose given or family names contain each word of this; words of one or two letters count from the
    /// beginning of a name. Case, diacritics and the spellings of umlauts do not matter.
    public var name: String?
    /// The order.
    public var sort: Sort
    /// Cases on a page, 1 to ``greatestLimit``; other numbers are taken to the nearest of them.
    public var limit: Int
    /// Where to go on: the ``Page/next`` of the page before, of the same query.
    public var cursor: String?

    /// A query for an office's cases.
    public init(
        office: Office, actor: Actor, day: CalendarDate, area: String? = nil, status: CaseStatus? = nil,
        caseworker: String? = nil, dueBefore: CalendarDate? = nil, waitsFor: WaitsFor? = nil,
        finding: FindingKind? = nil, name: String? = nil, sort: Sort = .name, limit: Int = 50, cursor: String? = nil
    ) {
        self.office = office
        self.actor = actor
        self.day = day
        self.area = area
        self.status = status
        self.caseworker = caseworker
        self.dueBefore = dueBefore
        self.waitsFor = waitsFor
        self.finding = finding
        self.name = name
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }
}
