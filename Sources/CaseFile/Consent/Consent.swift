public import CaseTiming
public import Ledger

/// What a participant may allow to be shared between offices.
public enum ConsentCategory: String, Codable, CaseIterable, Hashable, Sendable {
    /// That a measure exists, its strand, window and weekly hours.
    case timing
    /// Schooling, qualification and what serves it.
    case education
    /// Work, the way to it, and the assessment of potential.
    case employment
    /// Offered, accepted, refused, started and ended placements.
    case placement
    /// Income: benefits, reductions, subsidies, wages, income cover.
    case benefits
    /// Content of support plans of the youth office.
    case youthSupport = "youth-support"
    /// Health; only by a consent of its own.
    case health
    /// Told in confidence in the youth office; no consent opens it to another office.
    case entrusted

    /// Whether the category needs a consent that names nothing else.
    public var needsConsentOfItsOwn: Bool { self == .health || self == .entrusted }
}

/// A participant's permission to share: specific in data, recipient and purpose, dated, revocable.
public struct Consent: Hashable, Sendable {
    /// Number of the consent in the case, from 1.
    public var number: Int
    /// What may be shared.
    public var categories: [ConsentCategory]
    /// Which offices may receive it.
    public var recipients: [Office]
    /// What for.
    public var purpose: String
    /// Where the signed paper is.
    public var evidence: String?
    /// The first day on which it holds, Europe/Berlin.
    public var from: CalendarDate
    /// The last day on which it holds, unless withdrawn; `nil` without an end.
    public var validUntil: CalendarDate?
    /// What was taken back, in the order of recording.
    public var withdrawals: [Withdrawal]
    /// Which office recorded it.
    public var recordedBy: Office?

    /// Part of a consent taken back.
    public struct Withdrawal: Hashable, Sendable {
        /// What may no longer be shared.
        public var categories: [ConsentCategory]
        /// Which offices may no longer receive it.
        public var recipients: [Office]
        /// The first day on which it no longer holds, Europe/Berlin.
        public var on: CalendarDate
    }

    /// The days on which `category` may go to `recipient` under this consent, or `nil` when there is none.
    public func period(of category: ConsentCategory, to recipient: Office) -> ConsentPeriod? {
        guard categories.contains(category), recipients.contains(recipient) else { return nil }
        let withdrawn =
            withdrawals
            .filter { $0.categories.contains(category) && $0.recipients.contains(recipient) }
            .map { $0.on - 1 }.min()
        let until = [validUntil, withdrawn].compactMap(\.self).min()
        if let until, until < from { return nil }
        return ConsentPeriod(from: from, until: until)
    }

    /// Whether any part of the consent is not taken back yet.
    func isOpen(_ category: ConsentCategory, to recipient: Office) -> Bool {
        categories.contains(category) && recipients.contains(recipient)
            && !withdrawals.contains { $0.categories.contains(category) && $0.recipients.contains(recipient) }
    }
}

/// Days on which something may be shared, both ends included.
public struct ConsentPeriod: Hashable, Sendable {
    /// The first day.
    public var from: CalendarDate
    /// The last day; `nil` without an end.
    public var until: CalendarDate?
}
