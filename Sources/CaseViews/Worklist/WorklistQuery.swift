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
        /// By urgency: by the day on which something is due, earliest first, and on one day what lapses with it before what
        /// others wait for, that before meetings, and those before the office's own steps. Where nothing is due comes last.
        /// With ``WorklistQuery/waitsFor``, by the day of what is waited for.
        case due
        /// As `due`, from the end. Where nothing is due counts as due never: it comes first.
        case dueDescending = "-due"
        /// By caseworker, then by name.
        case caseworker
        /// As `caseworker`, from the end.
        case caseworkerDescending = "-caseworker"
        /// By day of registration, earliest first.
        case registered
        /// By day of registration, latest first.
        case registeredDescending = "-registered"

        /// Whether it is an order by what is due.
        var isByDue: Bool { self == .due || self == .dueDescending }

        /// Whether people of one name stand together in it.
        var isByName: Bool { self == .name || self == .nameDescending }
    }

    /// Who has to act before something goes on.
    public enum WaitsFor: String, CaseIterable, Hashable, Sendable {
        /// The office itself: another one waits for it.
        case us
        /// Another office: this one waits for it.
        case others
    }

    /// By when something is due. What is overdue is part of each.
    public enum DueWithin: String, CaseIterable, Hashable, Sendable {
        /// Before today.
        case overdue
        /// Today.
        case today
        /// By the Sunday of this week.
        case week

        /// The first day that does not count.
        func end(on day: CalendarDate) -> CalendarDate {
            switch self {
            case .overdue: day
            case .today: day + 1
            case .week: day + (8 - day.isoWeekday)
            }
        }
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
    /// Only cases with something due before this day; with ``waitsFor``, with something waited for until before it.
    public var dueBefore: CalendarDate?
    /// Only cases with something due by then, in the same way.
    public var due: DueWithin?
    /// Only cases in which something is due for this reason, now or later; with ``waitsFor``, in which that is waited for.
    public var reason: DueReason?
    /// Only cases in which another office waits for this one, or this one for another.
    public var waitsFor: WaitsFor?
    /// Only cases with an open finding of this kind that the office may know of.
    public var finding: FindingKind?
    /// Only cases with an open finding that the office may know of and that was opened on this day or later; with
    /// ``finding``, one that is both.
    public var findingSince: CalendarDate?
    /// Only cases whose given or family names contain each word of this; words of one or two letters count from the
    /// beginning of a name. Case, diacritics and the spellings of umlauts do not matter.
    public var name: String?
    /// The order.
    public var sort: Sort
    /// Cases on a page, 1 to ``greatestLimit``; other numbers are taken to the nearest of them.
    public var limit: Int
    /// Where to go on: the ``Page/next`` of the page before, of the same query.
    ///
    /// It holds a place in the order, and no snapshot. A case that stays where it is in the order while somebody reads is
    /// shown exactly once, whatever comes, goes or moves around it. One that moves meanwhile, because something is done
    /// that it was waiting for, is shown where it is when its page is read: not at all when it moved back over the
    /// reader, and a second time, as it is now, when it moved ahead. Orders by name and by registration hardly ever change,
    /// those by what is due do.
    public var cursor: String?

    /// The first day that is too late: the earlier one of what ``dueBefore`` and ``due`` say.
    var dueEnd: CalendarDate? {
        [dueBefore, due?.end(on: day)].compactMap(\.self).min()
    }

    /// A query for an office's cases.
    public init(
        office: Office, actor: Actor, day: CalendarDate, area: String? = nil, status: CaseStatus? = nil,
        caseworker: String? = nil, dueBefore: CalendarDate? = nil, due: DueWithin? = nil, reason: DueReason? = nil,
        waitsFor: WaitsFor? = nil, finding: FindingKind? = nil, findingSince: CalendarDate? = nil, name: String? = nil,
        sort: Sort = .name, limit: Int = 50, cursor: String? = nil
    ) {
        self.office = office
        self.actor = actor
        self.day = day
        self.area = area
        self.status = status
        self.caseworker = caseworker
        self.dueBefore = dueBefore
        self.due = due
        self.reason = reason
        self.waitsFor = waitsFor
        self.finding = finding
        self.findingSince = findingSince
        self.name = name
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }
}
