import CaseTiming
public import Foundation
import Ledger

/// What stands on record about the person's data itself: what keeps it, what restricts it, what is disputed of it, and that
/// it is erased.
public struct DataProtection: Hashable, Sendable {
    /// What keeps the data from being erased, lifted or not, in the order of setting.
    public internal(set) var holds: [LegalHold] = []
    /// The restrictions of processing, lifted or not, in the order of restricting.
    public internal(set) var restrictions: [Restriction] = []
    /// What the participant disputes or disputed, in the order of disputing.
    public internal(set) var disputes: [Dispute] = []
    /// That the person is erased; `nil` as long as the person is not.
    public internal(set) var erasure: Erasure?

    /// The hold of that id.
    public func hold(_ id: UUID) -> LegalHold? { holds.first { $0.holdId == id } }
    /// The restriction of that id.
    public func restriction(_ id: UUID) -> Restriction? { restrictions.first { $0.restrictionId == id } }
    /// The dispute of that id.
    public func dispute(_ id: UUID) -> Dispute? { disputes.first { $0.disputeId == id } }

    /// Whether all of the case is restricted: it is stored, and nothing else (Art. 18 (2) GDPR).
    public var isRestricted: Bool { restrictions.contains { $0.isInForce && $0.categories == nil } }

    /// Whether data of a category may go from the office that recorded it to others.
    public func lets(_ category: ConsentCategory) -> Bool {
        !restrictions.contains { $0.isInForce && $0.categories?.contains(category) ?? true }
    }
}

/// A reason for which nothing of a person may be erased: a lawsuit, an audit, an inquiry.
public struct LegalHold: Hashable, Sendable {
    /// The hold.
    public var holdId: UUID
    /// Why; `nil` once the person is erased.
    public var reason: String?
    /// Which office set it, if an office did, and as of when.
    public var imposed: Provenance
    /// Who lifted it and as of when; `nil` while it is in force.
    public var lifted: Provenance?
}

/// A restriction of processing (Art. 18 GDPR, § 84 SGB X).
public struct Restriction: Hashable, Sendable {
    /// The restriction.
    public var restrictionId: UUID
    /// Why the law restricts.
    public var ground: RestrictionGround
    /// What may not go to other offices; `nil` restricts all of the case.
    public var categories: [ConsentCategory]?
    /// Anything else to know; `nil` when nothing is noted or the person is erased.
    public var reason: String?
    /// Which office restricted it, if an office did, and as of when.
    public var restricted: Provenance
    /// Who lifted it and as of when; `nil` while it is in force.
    public var lifted: Provenance?

    /// Whether it restricts now.
    public var isInForce: Bool { lifted == nil }
}

/// Why processing is restricted.
public enum RestrictionGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// The participant contests the accuracy, for as long as it is verified (Art. 18 (1) a GDPR). Where neither is found,
    /// § 84 Abs. 2 SGB X has a mark instead of a restriction: `dispute-data`.
    case accuracyContested = "accuracy-contested"
    /// The processing is unlawful, and the participant asks for restriction instead of erasure (Art. 18 (1) b GDPR).
    case unlawfulProcessing = "unlawful-processing"
    /// The participant needs the data for legal claims (Art. 18 (1) c GDPR).
    case neededForClaims = "needed-for-claims"
    /// The participant objected, for as long as it is examined whose grounds are stronger (Art. 18 (1) d GDPR).
    case objectionPending = "objection-pending"
    /// Erasing would harm interests of the participant that deserve protection (§ 84 Abs. 3 SGB X).
    case interestsOfParticipant = "interests-of-participant"
    /// A time for which records have to be kept or a legal hold stands against erasing (§ 84 Abs. 4 SGB X).
    case erasureBarred = "erasure-barred"

    /// Whether it is the participant who wants the data kept.
    var isWishOfParticipant: Bool { self == .unlawfulProcessing || self == .neededForClaims }
}

/// Something in the record that the participant says is wrong.
public struct Dispute: Hashable, Sendable {
    /// The dispute.
    public var disputeId: UUID
    /// What kind of thing is disputed.
    public var about: DisputedRecord
    /// Which one, where there are several of its kind.
    public var recordId: UUID?
    /// What the participant says; `nil` once the person is erased.
    public var statement: String?
    /// Which office recorded it, if an office did, and as of when.
    public var disputed: Provenance
    /// What came of it; `nil` while it is examined.
    public var settlement: Settlement?

    /// What came of a dispute.
    public struct Settlement: Hashable, Sendable {
        /// What was found.
        public var outcome: DisputeOutcome
        /// Why; `nil` when nothing is noted or the person is erased.
        public var reason: String?
        /// Which office settled it, and as of when.
        public var settled: Provenance
    }

    /// Whether the data is to be processed with a notice that it is disputed (§ 84 Abs. 2 Satz 2 SGB X).
    public var isMarked: Bool { settlement.map { $0.outcome == .unresolved } ?? true }
}

/// What can be disputed.
public enum DisputedRecord: String, Codable, CaseIterable, Hashable, Sendable {
    /// Who the participant is and how to reach them.
    case participant
    /// The assessment of potential.
    case potential
    case plan, measure, placement, appointment, reduction, voucher
    case wageSubsidy = "wage-subsidy"
}

/// What came of a dispute.
public enum DisputeOutcome: String, Codable, CaseIterable, Hashable, Sendable {
    /// It was wrong, and is corrected (Art. 16 GDPR).
    case corrected
    /// It is right.
    case confirmed
    /// Neither could be found: the data keeps its mark (§ 84 Abs. 2 SGB X).
    case unresolved
}

/// That a person is erased.
public struct Erasure: Hashable, Sendable {
    /// Why.
    public var ground: ErasureGround
    /// Who did it and as of when.
    public var erased: Provenance
}

/// Why a person is erased.
public enum ErasureGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// The data is not necessary any more (Art. 17 (1) a GDPR).
    case notNecessary = "not-necessary"
    /// The consent that it rested on is withdrawn (Art. 17 (1) b GDPR).
    case consentWithdrawn = "consent-withdrawn"
    /// The participant objected (Art. 17 (1) c GDPR).
    case objection
    /// It was processed unlawfully (Art. 17 (1) d GDPR).
    case unlawfulProcessing = "unlawful-processing"
    /// Law demands it (Art. 17 (1) e GDPR).
    case legalObligation = "legal-obligation"
}

extension CaseState {
    /// Whether the person is erased.
    public var isErased: Bool { dataProtection.erasure != nil }
}

extension DecisionContext {
    /// Whether whoever asks may undo what was recorded for an office: its own people, and administrators.
    func mayUndo(_ provenance: Provenance) -> Bool {
        actor.role == .administrator || actor.office == provenance.office
    }
}
