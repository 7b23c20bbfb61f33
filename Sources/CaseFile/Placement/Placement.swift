public import Foundation
public import Ledger

/// What kind of work somebody is placed in.
public enum PlacementKind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Ordinary employment.
    case job
    /// Vocational training in an enterprise.
    case apprenticeship
    /// Subsidised employment (§§ 16e, 16i SGB II).
    case subsidised
    /// Work opportunity (§ 16d SGB II).
    case workOpportunity = "work-opportunity"
}

/// An offered, accepted or refused, started and ended job, apprenticeship or work opportunity.
public struct Placement: Hashable, Sendable {
    /// The placement.
    public var placementId: UUID
    /// The offer it takes a place of, if any.
    public var offerId: UUID?
    /// The employer in plain words, where there is no offer.
    public var employer: String?
    /// KldB 2010, 1 to 5 digits.
    public var occupation: String?
    /// The field of work.
    public var employmentField: String?
    /// What kind of work it is.
    public var kind: PlacementKind
    /// Gross wage a month.
    public var wage: Money?
    /// Weekly hours.
    public var hoursPerWeek: Double?
    /// The first day, as offered.
    public var startsOn: CalendarDate?
    /// The last day, as offered; `nil` without an end.
    public var endsOn: CalendarDate?
    /// The offer lapses after this day.
    public var answerDue: CalendarDate?
    /// Which office offered it, and as of when.
    public var offered: Provenance
    /// The participant's answer.
    public var answer: Answer?
    /// The day on which it began.
    public var startedOn: CalendarDate?
    /// How it ended.
    public var end: End?
    /// Whether it was kept, by months.
    public var retentions: [Retention] = []

    /// What a participant said to an offer.
    public enum Answer: Hashable, Sendable {
        /// Yes.
        case accepted(on: CalendarDate, reason: String?)
        /// No. The reason is `nil` once the person is erased.
        case refused(on: CalendarDate, reason: String?, importantReasonClaimed: Bool)
    }

    /// How a placement ended.
    public struct End: Hashable, Sendable {
        /// The last day.
        public var on: CalendarDate
        /// Why.
        public var reason: String?
        /// What the participant lives on afterwards.
        public var incomeCover: IncomeCover?
    }

    /// Whether the participant was still employed some months after the beginning.
    public struct Retention: Hashable, Sendable {
        /// After how many months.
        public var afterMonths: Int
        /// Whether the participant was still employed there.
        public var stillEmployed: Bool
        /// Which office recorded it, and as of when.
        public var recorded: Provenance

        /// After how many months it is asked.
        public static let months = [3, 6, 12]
    }

    /// Where a placement stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Not answered yet.
        case offered
        /// Accepted, not begun.
        case accepted
        /// Refused.
        case refused
        /// Begun, not ended.
        case started
        /// Ended, or given up after it was accepted.
        case ended
    }

    /// Where the placement stands.
    public var status: Status {
        if end != nil { return .ended }
        if startedOn != nil { return .started }
        switch answer {
        case .accepted: return .accepted
        case .refused: return .refused
        case nil: return .offered
        }
    }

    /// Whether the offer's last day for an answer has passed on `day` without one.
    public func hasLapsed(on day: CalendarDate) -> Bool {
        guard answer == nil, let answerDue else { return false }
        return answerDue < day
    }

    /// Whether it fills a working week: 30 hours or more, or hours unknown in a kind of work that usually does.
    public var isFullTime: Bool {
        hoursPerWeek.map { $0 >= 30 } ?? (kind != .workOpportunity)
    }
}

/// What somebody lives on after a placement.
public struct IncomeCover: Codable, Hashable, Sendable {
    /// The kind of income, e.g. `unemployment-benefit`.
    public var kind: String?
    /// The first day it is paid for.
    public var from: CalendarDate?
    /// Anything to know about it.
    public var note: String?

    /// An income cover.
    public init(kind: String? = nil, from: CalendarDate? = nil, note: String? = nil) {
        self.kind = kind
        self.from = from
        self.note = note
    }
}

extension CaseState {
    /// The placement of that id.
    public func placement(_ id: UUID) -> Placement? { placements.first { $0.placementId == id } }

    func knownPlacement(_ id: UUID) throws(Rejection) -> Placement {
        guard let placement = placement(id) else { throw .unknownPlacement }
        return placement
    }

    mutating func update(placement id: UUID, _ change: (inout Placement) -> Void) {
        guard let index = placements.firstIndex(where: { $0.placementId == id }) else { return }
        change(&placements[index])
    }
}

extension Rejection {
    /// There is no such placement.
    public static let unknownPlacement = Rejection(
        rule: "unknown-placement",
        detail: "There is no such placement in this case; look up its id, or offer it first (offer-placement).")
    /// The participant did not say yes.
    public static let notAccepted = Rejection(
        rule: "not-accepted",
        detail: "The placement is not accepted; record the participant's answer first (accept-placement).")
}
