public import CaseFile
public import CaseTiming
public import Ledger

/// Which findings are wanted.
public struct FindingQuery: Sendable {
    /// The greatest number of findings on one page.
    public static let greatestLimit = 200

    /// The office that looks. It sees what concerns cases it is engaged in, as far as it may know all measures involved.
    public var office: Office
    /// Who asks. Only findings in the actor's areas are shown.
    public var actor: Actor
    /// The day as of which consents are looked at, Europe/Berlin.
    public var day: CalendarDate
    /// Only findings of this kind.
    public var kind: FindingKind?
    /// Only open, or only closed findings.
    public var state: FindingState?
    /// Only findings that were last opened on this day or later.
    public var openedSince: CalendarDate?
    /// Only findings in this programme area.
    public var area: String?
    /// Only findings about days before this one begins with: their first day, or else the day they were opened.
    public var dueBefore: CalendarDate?
    /// Only findings about an open, or a closed case. Here and in ``caseworker`` and ``name``, a case counts that the office
    /// sees in its worklist; of a finding about two, either.
    public var status: CaseStatus?
    /// Only findings about a case of this caseworker (subject) of the office.
    public var caseworker: String?
    /// Only findings about somebody whose names contain each word of this, as in ``WorklistQuery/name``. Of findings that a
    /// household's history holds, those are found in this way, and by ``caseworker``, in whose household somebody lives now.
    public var name: String?
    /// Findings on a page, 1 to ``greatestLimit``; other numbers are taken to the nearest of them.
    public var limit: Int
    /// Where to go on: the ``Page/next`` of the page before, of the same query.
    public var cursor: String?

    /// A query for an office's findings, the latest opened first.
    public init(
        office: Office, actor: Actor, day: CalendarDate, kind: FindingKind? = nil, state: FindingState? = nil,
        openedSince: CalendarDate? = nil, area: String? = nil, dueBefore: CalendarDate? = nil,
        status: CaseStatus? = nil, caseworker: String? = nil, name: String? = nil, limit: Int = 50,
        cursor: String? = nil
    ) {
        self.office = office
        self.actor = actor
        self.day = day
        self.kind = kind
        self.state = state
        self.openedSince = openedSince
        self.area = area
        self.dueBefore = dueBefore
        self.status = status
        self.caseworker = caseworker
        self.name = name
        self.limit = limit
        self.cursor = cursor
    }
}
