public import CaseTiming

/// Who acts: a person of an office, a supervisor, an auditor, or the background worker.
public struct Actor: Hashable, Sendable {
    /// The subject of the actor's token.
    public var subject: String
    /// The actor's name, for people to read; never recorded.
    public var name: String?
    /// What the actor is.
    public var role: Role
    /// The office the actor acts for, if any.
    public var office: Office?
    /// The programme areas the actor is responsible for; `nil` means all of them.
    public var areas: Set<String>?

    /// An actor with these properties.
    public init(
        subject: String, name: String? = nil, role: Role, office: Office? = nil, areas: Set<String>? = nil
    ) {
        self.subject = subject
        self.name = name
        self.role = role
        self.office = office
        self.areas = areas
    }

    /// Whether a programme area is among the actor's.
    public func covers(area: String) -> Bool { areas?.contains(area) ?? true }

    /// What is recorded of the actor beside each event.
    ///
    /// - Parameter cause: what made the actor act, e.g. the finding or timer behind a worker's command.
    public func authorship(cause: String? = nil) -> Authorship {
        Authorship(actor: subject, role: role, office: office, cause: cause)
    }
}

/// What an actor is to the system.
public enum Role: String, Codable, CaseIterable, Hashable, Sendable {
    /// Works with participants in one office.
    case caseworker
    /// Steers an office by its summaries.
    case supervisor
    /// Replays history.
    case auditor
    /// Keeps areas, partners and offers.
    case administrator
    /// An organisation that provides measures and places.
    case partner
    /// The background process.
    case worker
}

/// Who caused an event and why; the metadata beside each event.
public struct Authorship: Codable, Hashable, Sendable {
    /// The subject of the actor's token.
    public var actor: String
    /// What the actor was at the time.
    public var role: Role
    /// The office the actor acted for, if any.
    public var office: Office?
    /// What made the actor act, where it was not a person's own decision.
    public var cause: String?

    /// An authorship with these properties.
    public init(actor: String, role: Role, office: Office? = nil, cause: String? = nil) {
        self.actor = actor
        self.role = role
        self.office = office
        self.cause = cause
    }
}
