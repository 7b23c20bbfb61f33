public import Ledger

/// What is to be done with an employment field.
public enum EmploymentFieldCommand: CommandFamily {
    case publishEmploymentField(PublishEmploymentField)
    case changeEmploymentField(ChangeEmploymentField)
    case closeEmploymentField(CloseEmploymentField)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<EmploymentFieldCommand>] = [
        CommandKind(PublishEmploymentField.self, Self.publishEmploymentField),
        CommandKind(ChangeEmploymentField.self, Self.changeEmploymentField),
        CommandKind(CloseEmploymentField.self, Self.closeEmploymentField),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .publishEmploymentField(let body): body
        case .changeEmploymentField(let body): body
        case .closeEmploymentField(let body): body
        }
    }

    /// What has to be loaded beside the field before this can be decided.
    public var needs: Needs {
        switch self {
        case .publishEmploymentField(let command): Needs(partners: command.partners)
        case .changeEmploymentField(let command): Needs(partners: command.partners)
        case .closeEmploymentField: Needs()
        }
    }
}

/// What happened to an employment field.
public enum EmploymentFieldEvent: EventFamily, Hashable {
    case employmentFieldPublished(EmploymentFieldPublished)
    case employmentFieldChanged(EmploymentFieldChanged)
    case employmentFieldClosed(EmploymentFieldClosed)
    case employmentFieldWarned(EmploymentFieldWarned)

    /// The category of the streams: `field-<id>`.
    public static let category = "field"

    /// How each of the events is read.
    public static let kinds: [EventKind<EmploymentFieldEvent>] = [
        EventKind(EmploymentFieldPublished.self, Self.employmentFieldPublished),
        EventKind(EmploymentFieldChanged.self, Self.employmentFieldChanged),
        EventKind(EmploymentFieldClosed.self, Self.employmentFieldClosed),
        EventKind(EmploymentFieldWarned.self, Self.employmentFieldWarned),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .employmentFieldPublished(let body): body
        case .employmentFieldChanged(let body): body
        case .employmentFieldClosed(let body): body
        case .employmentFieldWarned(let body): body
        }
    }
}

/// Decides what a command does to an employment field.
public enum EmploymentFieldDecider: Decider {
    /// The state before anything happened.
    public static let initial = EmploymentFieldState()

    /// The events that the command causes, none if what it wants is already so.
    public static func decide(
        _ command: EmploymentFieldCommand, given state: EmploymentFieldState, in context: DecisionContext
    ) throws(Rejection) -> [EmploymentFieldEvent] {
        try context.effectiveOn.plausible()
        switch command {
        case .publishEmploymentField(let command): return try state.decide(command, in: context)
        case .changeEmploymentField(let command): return try state.decide(command, in: context)
        case .closeEmploymentField(let command): return try state.decide(command, in: context)
        }
    }

    /// Takes one event into the state.
    public static func evolve(
        _ state: inout EmploymentFieldState, with fact: Fact<EmploymentFieldEvent, Authorship>
    ) {
        switch fact.event {
        case .employmentFieldPublished(let event): state.apply(event)
        case .employmentFieldChanged(let event): state.apply(event)
        case .employmentFieldClosed(let event): state.apply(event, on: fact.effectiveOn)
        case .employmentFieldWarned: break
        }
    }
}
