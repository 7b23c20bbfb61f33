public import CaseTiming
public import Foundation
public import Ledger

/// Why an office does not move its measures, for counting; the words are beside it.
public enum DeclineGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// There is no place, room or staff on those days.
    case capacity
    /// The organisation that provides the measure cannot.
    case provider
    /// The participant does not want it, or cannot.
    case participant
    /// A period or another provision of law stands against it.
    case law
    /// Anything else.
    case other
}

/// Says that the acting office does not move its measures as proposed. It ends the proposal.
public struct DeclineAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "decline-alignment"

    /// The proposal.
    public var proposalId: UUID
    /// Why. Personal.
    public var reason: String
    /// Why, for counting; absent means something else.
    public var ground: DeclineGround?

    /// A refusal.
    public init(proposalId: UUID, reason: String, ground: DeclineGround? = nil) {
        self.proposalId = proposalId
        self.reason = reason
        self.ground = ground
    }
}

/// An office does not move its measures as proposed. The same is recorded in each of the proposal's cases.
public struct AlignmentDeclined: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The proposal.
    public var proposalId: UUID
    /// The office.
    public var office: Office
    /// Why, for counting.
    public var ground: DeclineGround
    /// The cases that keep the proposal.
    public var cases: [UUID]
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case proposalId, office, ground, cases
    }

    /// A refusal.
    public init(proposalId: UUID, office: Office, ground: DeclineGround, cases: [UUID], personal: Personal? = nil) {
        self.proposalId = proposalId
        self.office = office
        self.ground = ground
        self.cases = cases
        self.personal = personal
    }
}

extension AlignmentDeclined: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["cases", "office", "proposalId"],
        .exchange: ["ground", "reason"],
    ]
}

extension CaseState {
    func decide(_ command: DeclineAlignment, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let (proposal, office) = try openAlignment(command.proposalId, in: context)
        guard proposal.waitingFor.contains(office) else { throw .alreadyAnsweredAlignment }
        try command.reason.filled("reason")
        return [
            .alignmentDeclined(
                AlignmentDeclined(
                    proposalId: command.proposalId, office: office, ground: command.ground ?? .other,
                    cases: proposal.cases, personal: AlignmentDeclined.Personal(reason: command.reason)))
        ]
    }

    mutating func apply(_ event: AlignmentDeclined, from provenance: Provenance) {
        update(alignment: event.proposalId) {
            $0.answers.append(
                AlignmentProposal.Answer(
                    office: event.office, kind: .declined, on: provenance.on, ground: event.ground,
                    reason: event.personal?.reason))
            $0.outcome = .declined(on: provenance.on)
        }
    }
}

extension Rejection {
    /// The office has accepted.
    public static let alreadyAnsweredAlignment = Rejection(
        rule: "already-answered",
        detail: "Your office has accepted this proposal; it waits for the others, or lapses on its day.")
}
