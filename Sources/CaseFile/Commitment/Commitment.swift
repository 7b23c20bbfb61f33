public import CaseTiming
public import Foundation
public import Ledger

/// What an office said it would do by a day. Offices are measured by it, never people.
public struct Commitment: Hashable, Sendable {
    /// The commitment.
    public var commitmentId: UUID
    /// The office that committed itself.
    public var office: Office
    /// The offices that it did so to.
    public var to: [Office]
    /// What it does; `nil` once the person is erased.
    public var what: String?
    /// By when, Europe/Berlin.
    public var by: CalendarDate
    /// The conference where it did.
    public var conferenceId: UUID?
    /// The alignment proposal that it accepted.
    public var proposalId: UUID?
    /// Which office recorded it, and as of when.
    public var made: Provenance
    /// The first day after its own on which nothing was said of what became of it, Europe/Berlin; what comes then is late.
    public var overdueSince: CalendarDate?
    /// What became of it.
    public var settlement: Settlement?
    /// What the office has to say to it, in the order of saying; `nil` once the person is erased.
    public var replies: [Reply]

    /// What became of a commitment.
    public struct Settlement: Hashable, Sendable {
        /// What an office said of its own commitment.
        public enum Kind: Hashable, Sendable {
            /// It is done.
            case kept
            /// It will not be done.
            case broken
            /// It need not be done any more.
            case withdrawn
        }

        /// What became of it.
        public var kind: Kind
        /// The day of it.
        public var on: CalendarDate
        /// What the office noted; `nil` when it noted nothing or the person is erased.
        public var note: String?
    }

    /// What an office has to say to how it kept its word.
    public struct Reply: Hashable, Sendable {
        /// The day of saying so.
        public var on: CalendarDate
        /// What it says; `nil` once the person is erased.
        public var note: String?
    }

    /// Where a commitment stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Nothing is recorded of what became of it, whether its day has come or not.
        case open
        /// Done in time.
        case kept
        /// Done after its day.
        case late
        /// Not done.
        case broken
        /// No longer to be done.
        case withdrawn
    }

    /// Where it stands. In time or late follows from its dates.
    public var status: Status {
        guard let settlement else { return .open }
        return switch settlement.kind {
        case .kept: settlement.on <= by ? .kept : .late
        case .broken: .broken
        case .withdrawn: .withdrawn
        }
    }

    /// Whether the office made it, or it was made to it.
    public func concerns(_ office: Office) -> Bool { self.office == office || to.contains(office) }
}

/// An office said what it would do.
public struct CommitmentMade: EventBody {
    /// The shape that says which proposal was accepted.
    public static let schemaVersion = 2

    /// What it does.
    public struct Personal: Codable, Hashable, Sendable {
        /// What it does.
        public var what: String

        /// What is to be done.
        public init(what: String) { self.what = what }
    }

    /// The commitment.
    public var commitmentId: UUID
    /// The office that committed itself.
    public var office: Office
    /// The offices that it did so to.
    public var to: [Office]
    /// By when, Europe/Berlin.
    public var by: CalendarDate
    /// The conference where it did.
    public var conferenceId: UUID?
    /// The alignment proposal that it accepted.
    public var proposalId: UUID?
    /// What it does.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case commitmentId, office, to, by, conferenceId, proposalId
    }

    /// A commitment.
    public init(
        commitmentId: UUID, office: Office, to: [Office], by: CalendarDate, conferenceId: UUID? = nil,
        proposalId: UUID? = nil, personal: Personal? = nil
    ) {
        self.commitmentId = commitmentId
        self.office = office
        self.to = to
        self.by = by
        self.conferenceId = conferenceId
        self.proposalId = proposalId
        self.personal = personal
    }
}

extension CommitmentMade: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["commitmentId", "conferenceId", "office", "proposalId", "to"],
        .exchange: ["by", "what"],
    ]
}

extension CaseState {
    /// The commitment of that id.
    public func commitment(_ id: UUID) -> Commitment? { commitments.first { $0.commitmentId == id } }

    mutating func apply(_ event: CommitmentMade, from provenance: Provenance) {
        commitments.append(
            Commitment(
                commitmentId: event.commitmentId, office: event.office, to: event.to, what: event.personal?.what,
                by: event.by, conferenceId: event.conferenceId, proposalId: event.proposalId, made: provenance,
                replies: []))
    }

    /// The acting office's own commitment.
    func ownCommitment(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Commitment {
        guard let commitment = commitment(id) else { throw .unknownCommitment }
        guard commitment.office == context.actor.office else { throw .notYourCommitment }
        return commitment
    }

    /// The day on which the acting office says what becomes of its own commitment.
    func dayOfSettlement(
        _ id: UUID, on day: CalendarDate?, in context: DecisionContext
    ) throws(Rejection) -> CalendarDate {
        let commitment = try ownCommitment(id, in: context)
        guard commitment.settlement == nil else { throw .commitmentSettled }
        let day = try context.dayOfFact(day)
        // Minutes are often written some days after.
        let made = commitment.conferenceId.flatMap(conference)?.at.day ?? commitment.made.on
        guard made <= day else { throw .settledBeforeMade }
        return day
    }

    mutating func settle(
        commitment id: UUID, as kind: Commitment.Settlement.Kind, on day: CalendarDate, note: String?
    ) {
        guard let index = commitments.firstIndex(where: { $0.commitmentId == id }) else { return }
        commitments[index].settlement = Commitment.Settlement(kind: kind, on: day, note: note)
    }
}

extension Rejection {
    /// There is no such commitment.
    public static let unknownCommitment = Rejection(
        rule: "unknown-commitment",
        detail: "There is no such commitment in this case; look up its id in the minutes of the conference.")
    /// Another office committed itself.
    public static let notYourCommitment = Rejection(
        rule: "not-your-commitment",
        detail: "Another office committed itself to this; only that office says what becomes of it.")
    /// It was kept, broken or withdrawn.
    public static let commitmentSettled = Rejection(
        rule: "commitment-settled",
        detail: "The commitment was already kept, broken or withdrawn; say what there is to say to it "
            + "(reply-to-commitment).")
    /// It would be settled before it was made.
    public static let settledBeforeMade = Rejection(
        rule: "settled-before-made",
        detail: "The commitment was made after that day; choose the day on which it was made or a later one.")
    /// The id names a commitment already.
    public static let commitmentExists = Rejection(
        rule: "commitment-exists",
        detail: "This case already has a commitment under one of these ids; give each agreement a new commitmentId, "
            + "or leave it out.")
}
