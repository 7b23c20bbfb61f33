public import CaseFile
public import Foundation
public import Ledger

/// A command and the stream it is addressed to.
public enum TargetedCommand: Sendable {
    /// A command about the case of that identifier.
    case caseFile(UUID, CaseCommand)
    /// A command about the household of that identifier.
    case household(UUID, HouseholdCommand)
    /// A command about the programme area of that slug.
    case area(String, AreaCommand)
    /// A command about the offer of that identifier.
    case offer(UUID, OfferCommand)
    /// A command about the partner of that identifier.
    case partner(UUID, PartnerCommand)
    /// A command about the employment field of that identifier.
    case employmentField(UUID, EmploymentFieldCommand)
}

/// What somebody asks of the system, as it comes in from outside.
public struct CommandRequest: Sendable {
    /// What is wanted, and of whom.
    public var target: TargetedCommand
    /// The identifier the caller chose, which makes asking again safe; `nil` if the caller chose none.
    public var id: UUID?
    /// The version the caller decided on; `nil` lets the handler decide again after a conflict.
    public var expectedVersion: Int?
    /// The day from which it counts, Europe/Berlin; `nil` means today.
    public var effectiveOn: CalendarDate?
    /// Who asks.
    public var actor: Actor
    /// What made the worker ask, e.g. the finding's key; `nil` for people.
    public var cause: String?
    /// Whether the caller has reason to think that it was recorded before: then that is found out first.
    public var isLikelyRepeated = false

    /// A request of `actor`.
    public init(
        target: TargetedCommand, id: UUID? = nil, expectedVersion: Int? = nil, effectiveOn: CalendarDate? = nil,
        actor: Actor, cause: String? = nil
    ) {
        self.target = target
        self.id = id
        self.expectedVersion = expectedVersion
        self.effectiveOn = effectiveOn
        self.actor = actor
        self.cause = cause
    }
}

/// What became of a request.
public struct CommandReceipt: Sendable, Hashable {
    /// The stream that was addressed.
    public var stream: StreamName
    /// The version of that stream after the command.
    public var version: Int
    /// The highest position that the command reached, in whichever stream: queries that wait for it see all of it.
    public var position: Position
    /// The events of the addressed stream; none if what was wanted was already so.
    public var events: [AppendedEvent]
    /// Whether this is the first result of a command that was recorded before.
    public var isReplay: Bool
}

/// Why a request changed nothing.
public enum CommandFailure: Error, Sendable, Hashable {
    /// The domain says no.
    case rejected(Rejection)
    /// The actor's role or office may not do this; the sentence says why.
    case forbidden(String)
    /// Unknown, or not visible to the actor.
    case notFound
    /// The expected version does not hold; this is the version now.
    case versionConflict(current: Int)
    /// The identifier belongs to another command.
    case keyReused
    /// Too much waits already; try again later.
    case overloaded
    /// The ledger cannot be reached; try again later with the same identifier. The sentence is for operators.
    case unavailable(String)
    /// The stream holds an event that cannot be read; asking again leads to the same.
    case unreadable
}
