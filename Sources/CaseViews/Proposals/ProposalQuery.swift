public import CaseFile
public import CaseTiming
public import Ledger

/// Which alignment proposals are wanted.
public struct ProposalQuery: Sendable {
    /// The greatest number of proposals on one page.
    public static let greatestLimit = 200

    /// The office that looks. It sees proposals of cases it is engaged in, as far as it may know when the measures are.
    public var office: Office
    /// Who asks. Only proposals in the actor's areas are shown.
    public var actor: Actor
    /// The day as of which consents are looked at, Europe/Berlin.
    public var day: CalendarDate
    /// Only proposals for a finding of this kind.
    public var kind: FindingKind?
    /// Only proposals that stand so.
    public var state: AlignmentProposal.Status?
    /// Only proposals in this programme area.
    public var area: String?
    /// Only proposals whose last day to answer lies before this one.
    public var dueBefore: CalendarDate?
    /// Only proposals that were made on this day or later.
    public var proposedSince: CalendarDate?
    /// Only proposals about an open, or a closed case. Here and in ``caseworker`` and ``name``, the case counts in which it was
    /// made, and each whose measures would move as far as the office may know that, if the office sees it in its worklist.
    public var status: CaseStatus?
    /// Only proposals about a case of this caseworker (subject) of the office.
    public var caseworker: String?
    /// Only proposals about somebody whose names contain each word of this, as in ``WorklistQuery/name``.
    public var name: String?
    /// Proposals on a page, 1 to ``greatestLimit``; other numbers are taken to the nearest of them.
    public var limit: Int
    /// Where to go on: the ``Page/next`` of the page before, of the same query.
    public var cursor: String?

    /// A query for the proposals that an office may see, the latest first.
    public init(
        office: Office, actor: Actor, day: CalendarDate, kind: FindingKind? = nil,
        state: AlignmentProposal.Status? = nil, area: String? = nil, dueBefore: CalendarDate? = nil,
        proposedSince: CalendarDate? = nil, status: CaseStatus? = nil, caseworker: String? = nil, name: String? = nil,
        limit: Int = 50, cursor: String? = nil
    ) {
        self.office = office
        self.actor = actor
        self.day = day
        self.kind = kind
        self.state = state
        self.area = area
        self.dueBefore = dueBefore
        self.proposedSince = proposedSince
        self.status = status
        self.caseworker = caseworker
        self.name = name
        self.limit = limit
        self.cursor = cursor
    }
}

/// A proposal in a list: as in the case's file, but for what offices said in words.
public struct ProposalItem: Encodable, Hashable, Sendable {
    /// The proposal.
    public var proposal: OfficeCaseFile.Proposal
    /// The programme area.
    public var area: String

    private enum CodingKeys: String, CodingKey {
        case area
    }

    /// Encodes the proposal's fields, and the area beside them.
    public func encode(to encoder: any Encoder) throws {
        try proposal.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(area, forKey: .area)
    }
}
