public import CaseTiming
public import Foundation
public import Ledger

/// Records that a conference was held, and what was agreed: each agreement commits an office.
public struct MinuteConference: CommandBody {
    /// The name by which it is asked for.
    public static let name = "minute-conference"

    /// What an office agreed to do.
    public struct Agreement: Codable, Hashable, Sendable {
        /// The office.
        public var office: Office
        /// What it does. Personal.
        public var what: String
        /// By when, Europe/Berlin.
        public var by: CalendarDate
        /// The id of the commitment that it becomes; absent means one that follows from the conference's.
        public var commitmentId: UUID?

        /// An agreement.
        public init(office: Office, what: String, by: CalendarDate, commitmentId: UUID? = nil) {
            self.office = office
            self.what = what
            self.by = by
            self.commitmentId = commitmentId
        }
    }

    /// The conference.
    public var conferenceId: UUID
    /// What was agreed; it may be nothing.
    public var agreements: [Agreement]
    /// What was said, as far as it is to be kept. Personal.
    public var minutes: String?

    /// Minutes.
    public init(conferenceId: UUID, agreements: [Agreement], minutes: String? = nil) {
        self.conferenceId = conferenceId
        self.agreements = agreements
        self.minutes = minutes
    }
}

/// A conference was held. What was agreed follows as commitments in the same step.
public struct ConferenceMinuted: EventBody {
    /// What was said.
    public struct Personal: Codable, Hashable, Sendable {
        /// The minutes.
        public var minutes: String

        /// Minutes.
        public init(minutes: String) { self.minutes = minutes }
    }

    /// The conference.
    public var conferenceId: UUID
    /// The commitments that were made.
    public var commitments: [UUID]
    /// What was said.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case conferenceId, commitments
    }

    /// Minutes.
    public init(conferenceId: UUID, commitments: [UUID], personal: Personal? = nil) {
        self.conferenceId = conferenceId
        self.commitments = commitments
        self.personal = personal
    }
}

extension ConferenceMinuted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["conferenceId"],
        .exchange: ["commitments", "minutes"],
    ]
}

extension CaseState {
    func decide(_ command: MinuteConference, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let conference = try openConference(command.conferenceId)
        guard let office = context.actor.office, conference.participants.contains(office) else {
            throw .notAtTheConference
        }
        guard conference.at.day <= (try context.dayOfFact()) else { throw .conferenceAhead }
        // Whoever took the consent back before the day was not to be talked about on it.
        let others = conference.participants.filter { $0 != conference.office }
        guard !consentToShare(with: others, on: conference.at.day).categories.isEmpty else {
            throw .conferenceWithoutConsent
        }
        let made = command.agreements.enumerated().map { index, agreement in
            CommitmentMade(
                commitmentId: agreement.commitmentId
                    ?? UUID(derivedFrom: conference.conferenceId, "agreement \(index + 1)"),
                office: agreement.office, to: conference.participants.filter { $0 != agreement.office },
                by: agreement.by, conferenceId: conference.conferenceId,
                personal: CommitmentMade.Personal(what: agreement.what))
        }
        for agreement in command.agreements { try check(agreement, of: conference) }
        let ids = made.map(\.commitmentId)
        guard Set(ids).count == ids.count, ids.allSatisfy({ commitment($0) == nil }) else { throw .commitmentExists }
        let minuted = ConferenceMinuted(
            conferenceId: command.conferenceId, commitments: ids,
            personal: command.minutes.map { ConferenceMinuted.Personal(minutes: $0) })
        return [.conferenceMinuted(minuted)] + made.map { .commitmentMade($0) }
    }

    private func check(_ agreement: MinuteConference.Agreement, of conference: Conference) throws(Rejection) {
        guard conference.participants.contains(agreement.office) else { throw .notAtTheConference }
        guard isEngaged(agreement.office) else { throw .participantNotEngaged }
        try agreement.what.filled("what")
        try agreement.by.plausible()
        guard conference.at.day <= agreement.by else { throw .agreedForThePast }
    }

    mutating func apply(_ event: ConferenceMinuted, from provenance: Provenance) {
        update(conference: event.conferenceId) {
            $0.outcome = .minuted(
                on: provenance.on, minutes: event.personal?.minutes, commitments: event.commitments)
        }
    }
}

extension Rejection {
    /// The day of the conference is still to come.
    public static let conferenceAhead = Rejection(
        rule: "conference-ahead",
        detail: "The day of the conference has not come yet; record it on that day or later, or cancel it.")
    /// Something was to be done before it was agreed.
    public static let agreedForThePast = Rejection(
        rule: "agreed-for-the-past",
        detail: "An agreement is to be done before the conference; choose the day of the conference or a later one.")
}
