public import CaseTiming
public import Foundation
public import Ledger

/// A meeting of offices over one participant, with the participant's consent (as § 20 (1) SGB IX has it for the conference
/// on participation).
public struct Conference: Hashable, Sendable {
    /// The conference.
    public var conferenceId: UUID
    /// The office that called it.
    public var office: Office
    /// The offices that meet, the calling one among them, in their usual order.
    public var participants: [Office]
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// Where; `nil` when it is not said or the person is erased.
    public var place: String?
    /// The numbers of the consents that it rests on.
    public var consents: [Int]
    /// What may be talked about: what those consents open to every other office that meets.
    public var categories: [ConsentCategory]
    /// Which office called it, and as of when.
    public var called: Provenance
    /// What became of it.
    public var outcome: Outcome?

    /// What became of a conference.
    public enum Outcome: Hashable, Sendable {
        /// It was held. The minutes are `nil` when there are none or the person is erased.
        case minuted(on: CalendarDate, minutes: String?, commitments: [UUID])
        /// It was called off. The reason is `nil` when none is given or the person is erased.
        case cancelled(on: CalendarDate, reason: String?)
    }

    /// Where a conference stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Nothing is recorded of what became of it.
        case called
        /// It was held, and what was agreed is recorded.
        case minuted
        /// Called off.
        case cancelled
    }

    /// Where it stands.
    public var status: Status {
        switch outcome {
        case .minuted: .minuted
        case .cancelled: .cancelled
        case nil: .called
        }
    }

    /// Whether it is still to come on a day, or later on it.
    func isAhead(of day: CalendarDate) -> Bool { outcome == nil && at.day >= day }

    /// Minutes for which its offices are not elsewhere. A conference has no length on record, so it counts as an hour.
    static let usualMinutes = 60

    /// Whether an appointment lies in that hour. Only the office's own is compared: another office's may not be its to know,
    /// and a clash of two offices is a finding and no rejection.
    func overlaps(_ appointment: Appointment) -> Bool {
        outcome == nil && participants.contains(appointment.office) && appointment.status != .cancelled
            && at.minutes < appointment.at.minutes + appointment.minutes
            && appointment.at.minutes < at.minutes + Self.usualMinutes
    }
}

extension CaseState {
    /// The conference of that id.
    public func conference(_ id: UUID) -> Conference? { conferences.first { $0.conferenceId == id } }

    /// The conference of that id, which waits for what becomes of it.
    func openConference(_ id: UUID) throws(Rejection) -> Conference {
        guard let conference = conference(id) else { throw .unknownConference }
        guard conference.outcome == nil else { throw .conferenceSettled }
        return conference
    }

    /// What consents let an office tell all of the others on a day, and which consents those are.
    ///
    /// - Parameter number: the one consent to look at; `nil` for all there are.
    func consentToShare(
        with others: [Office], on day: CalendarDate, by number: Int? = nil
    ) -> (categories: [ConsentCategory], consents: [Int]) {
        let candidates = consents.filter { number == nil || $0.number == number }
        func opens(_ consent: Consent, _ category: ConsentCategory, _ office: Office) -> Bool {
            guard let period = consent.period(of: category, to: office) else { return false }
            return period.from <= day && day <= period.until ?? day
        }
        let categories = ConsentCategory.allCases.filter { category in
            category != .entrusted
                && others.allSatisfy { office in candidates.contains { opens($0, category, office) } }
        }
        let used = candidates.filter { consent in
            categories.contains { category in others.contains { opens(consent, category, $0) } }
        }
        return (categories, used.map(\.number))
    }

    mutating func update(conference id: UUID, _ change: (inout Conference) -> Void) {
        guard let index = conferences.firstIndex(where: { $0.conferenceId == id }) else { return }
        change(&conferences[index])
    }
}

extension Rejection {
    /// There is no such conference.
    public static let unknownConference = Rejection(
        rule: "unknown-conference",
        detail: "There is no such conference in this case; look up its id, or call it first (call-conference).")
    /// It was held or called off.
    public static let conferenceSettled = Rejection(
        rule: "conference-settled",
        detail: "The conference was already minuted or cancelled; call a new one if there is to be another.")
    /// Another office called it.
    public static let notYourConference = Rejection(
        rule: "not-your-conference", detail: "Another office called this conference; ask that office to cancel it.")
    /// The office does not take part.
    public static let notAtTheConference = Rejection(
        rule: "not-at-the-conference",
        detail:
            "This office does not take part in the conference; only offices that do record it and commit themselves.")
    /// Nothing lets the offices share what they would talk about.
    public static let conferenceWithoutConsent = Rejection(
        rule: "conference-without-consent",
        detail: "No consent in force on that day lets every other office that meets know of the case; record one "
            + "(grant-consent) that names them all, or meet with fewer.")
}
