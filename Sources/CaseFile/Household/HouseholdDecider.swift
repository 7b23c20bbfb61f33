public import Foundation
public import Ledger

/// Participants who live and plan together.
public struct HouseholdState: Hashable, Sendable {
    /// A participant in the household.
    public struct Member: Hashable, Sendable {
        /// The person's place in it.
        public var role: HouseholdRole?
        /// The day from which the person belongs to it, Europe/Berlin.
        public var from: CalendarDate
    }

    /// The members by case id.
    public internal(set) var members: [UUID: Member] = [:]
    /// What is and was out of step between members.
    public internal(set) var findings = FindingRegister()

    /// A household of nobody yet.
    public init() {}
}

/// Takes a participant into a household; the consequence of `join-household`.
public struct AdmitMember: CommandBody {
    /// The name by which it is asked for.
    public static let name = "admit-member"

    /// The participant's case.
    public var caseId: UUID
    /// The person's place in the household.
    public var role: HouseholdRole?

    /// An admission.
    public init(caseId: UUID, role: HouseholdRole? = nil) {
        self.caseId = caseId
        self.role = role
    }
}

/// A participant became a member of the household.
public struct MemberAdmitted: EventBody {
    /// The participant's case.
    public var caseId: UUID
    /// The person's place in the household.
    public var role: HouseholdRole?

    /// An admission.
    public init(caseId: UUID, role: HouseholdRole? = nil) {
        self.caseId = caseId
        self.role = role
    }
}

extension MemberAdmitted: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["caseId", "role"]]
}

/// Takes a participant out of a household; the consequence of `leave-household`.
public struct DismissMember: CommandBody {
    /// The name by which it is asked for.
    public static let name = "dismiss-member"

    /// The participant's case.
    public var caseId: UUID

    /// A dismissal.
    public init(caseId: UUID) { self.caseId = caseId }
}

/// A participant is no longer a member of the household.
public struct MemberDismissed: EventBody {
    /// The participant's case.
    public var caseId: UUID

    /// A dismissal.
    public init(caseId: UUID) { self.caseId = caseId }
}

extension MemberDismissed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["caseId"]]
}

/// What is to be done in a household. All of it comes from the system itself.
public enum HouseholdCommand: CommandFamily {
    case admitMember(AdmitMember)
    case dismissMember(DismissMember)
    case openFinding(OpenFinding)
    case updateFinding(UpdateFinding)
    case closeFinding(CloseFinding)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<HouseholdCommand>] = [
        CommandKind(AdmitMember.self, from: .system, Self.admitMember),
        CommandKind(DismissMember.self, from: .system, Self.dismissMember),
        CommandKind(OpenFinding.self, from: .system, Self.openFinding),
        CommandKind(UpdateFinding.self, from: .system, Self.updateFinding),
        CommandKind(CloseFinding.self, from: .system, Self.closeFinding),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .admitMember(let body): body
        case .dismissMember(let body): body
        case .openFinding(let body): body
        case .updateFinding(let body): body
        case .closeFinding(let body): body
        }
    }
}

/// What happened in a household.
public enum HouseholdEvent: EventFamily, Hashable {
    case memberAdmitted(MemberAdmitted)
    case memberDismissed(MemberDismissed)
    case findingOpened(FindingOpened)
    case findingUpdated(FindingUpdated)
    case findingClosed(FindingClosed)

    /// The category of the streams: `household-<id>`.
    public static let category = "household"

    /// How each of the events is read.
    public static let kinds: [EventKind<HouseholdEvent>] = [
        EventKind(MemberAdmitted.self, Self.memberAdmitted),
        EventKind(MemberDismissed.self, Self.memberDismissed),
        EventKind(FindingOpened.self, earlier: FindingOpenedV1.self, embed: Self.findingOpened),
        EventKind(FindingUpdated.self, earlier: FindingUpdatedV1.self, embed: Self.findingUpdated),
        EventKind(FindingClosed.self, Self.findingClosed),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .memberAdmitted(let body): body
        case .memberDismissed(let body): body
        case .findingOpened(let body): body
        case .findingUpdated(let body): body
        case .findingClosed(let body): body
        }
    }
}

/// Decides what a command does to a household.
public enum HouseholdDecider: Decider {
    /// The state before anything happened.
    public static let initial = HouseholdState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: HouseholdCommand, given state: HouseholdState, in context: DecisionContext
    ) throws(Rejection) -> [HouseholdEvent] {
        try context.effectiveOn.plausible()
        switch command {
        case .admitMember(let command):
            guard state.members[command.caseId] == nil else { return [] }
            return [.memberAdmitted(MemberAdmitted(caseId: command.caseId, role: command.role))]
        case .dismissMember(let command):
            guard state.members[command.caseId] != nil else { return [] }
            return [.memberDismissed(MemberDismissed(caseId: command.caseId))]
        case .openFinding(let command):
            return state.findings.decide(command).map { [HouseholdEvent($0)] } ?? []
        case .updateFinding(let command):
            return try state.findings.decide(command).map { [HouseholdEvent($0)] } ?? []
        case .closeFinding(let command):
            return state.findings.decide(command).map { [HouseholdEvent($0)] } ?? []
        }
    }

    /// Takes one event into the state.
    public static func evolve(_ state: inout HouseholdState, with fact: Fact<HouseholdEvent, Authorship>) {
        switch fact.event {
        case .memberAdmitted(let event):
            state.members[event.caseId] = HouseholdState.Member(role: event.role, from: fact.effectiveOn)
        case .memberDismissed(let event): state.members[event.caseId] = nil
        case .findingOpened(let event): state.findings.apply(event, on: fact.effectiveOn)
        case .findingUpdated(let event): state.findings.apply(event)
        case .findingClosed(let event): state.findings.apply(event, on: fact.effectiveOn)
        }
    }
}

extension HouseholdEvent {
    fileprivate init(_ change: FindingRegister.Change) {
        switch change {
        case .opened(let event): self = .findingOpened(event)
        case .updated(let event): self = .findingUpdated(event)
        case .closed(let event): self = .findingClosed(event)
        }
    }
}
