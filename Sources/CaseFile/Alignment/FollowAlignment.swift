public import Foundation

/// Records in one of a proposal's cases what happened to it by way of another; the consequence of what was asked there.
public struct FollowAlignment: CommandBody {
    /// The name by which it is asked for.
    public static let name = "follow-alignment"

    /// What happened.
    public enum Step: Codable, Hashable, Sendable {
        case proposed(AlignmentProposed)
        case accepted(AlignmentAccepted)
        case agreed(AlignmentAgreed)
        case declined(AlignmentDeclined)
        case countered(AlignmentCountered)
        case lapsed(AlignmentLapsed)
        case outdated(AlignmentOutdated)
        case contradicted(AlignmentContradicted)
    }

    /// The case that follows.
    public var caseId: UUID
    /// What happened.
    public var step: Step

    /// A step that is followed.
    public init(caseId: UUID, step: Step) {
        self.caseId = caseId
        self.step = step
    }
}

extension CaseState {
    /// The same events as where it was asked for; all was checked there, on this case too.
    func decide(_ command: FollowAlignment, in context: DecisionContext) -> [CaseEvent] {
        switch command.step {
        case .proposed(let event): [.alignmentProposed(event)]
        case .accepted(let event): [.alignmentAccepted(event)]
        case .agreed(let event): event.events(in: command.caseId)
        case .declined(let event): [.alignmentDeclined(event)]
        case .countered(let event): [.alignmentCountered(event)]
        case .lapsed(let event): [.alignmentLapsed(event)]
        case .outdated(let event): [.alignmentOutdated(event)]
        case .contradicted(let event): [.alignmentContradicted(event)]
        }
    }
}

extension CaseEvent {
    /// What an event of an alignment means for the other cases that keep it.
    func followers(of caseID: UUID) -> [Consequence] {
        let (cases, step): ([UUID], FollowAlignment.Step)
        switch self {
        case .alignmentProposed(let event): (cases, step) = (event.shifts.map(\.caseId), .proposed(event))
        case .alignmentAccepted(let event): (cases, step) = (event.cases, .accepted(event))
        case .alignmentAgreed(let event): (cases, step) = (event.shifts.map(\.caseId), .agreed(event))
        case .alignmentDeclined(let event): (cases, step) = (event.cases, .declined(event))
        case .alignmentCountered(let event): (cases, step) = (event.cases, .countered(event))
        case .alignmentLapsed(let event): (cases, step) = (event.cases, .lapsed(event))
        case .alignmentOutdated(let event): (cases, step) = (event.cases, .outdated(event))
        case .alignmentContradicted(let event):
            (cases, step) = (event.basis.measures.map(\.caseId), .contradicted(event))
        default: return []
        }
        return cases.uniqued.filter { $0 != caseID }.map {
            .housemate($0, .followAlignment(FollowAlignment(caseId: $0, step: step)))
        }
    }
}
