public import CaseTiming
public import Foundation
public import Ledger

/// An office said what it would do, as it was recorded before accepting a proposal was a commitment too.
public struct CommitmentMadeV1: EarlierEventBody {
    /// The name it has in the ledger.
    public static let type = CommitmentMade.type

    /// What it does.
    public typealias Personal = CommitmentMade.Personal

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
    /// What it does.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case commitmentId, office, to, by, conferenceId
    }

    /// The same event in the shape that followed.
    public func lifted() -> CommitmentMade {
        CommitmentMade(
            commitmentId: commitmentId, office: office, to: to, by: by, conferenceId: conferenceId, personal: personal)
    }
}

extension CommitmentMadeV1: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["commitmentId", "conferenceId", "office", "to"],
        .exchange: ["by", "what"],
    ]
}
