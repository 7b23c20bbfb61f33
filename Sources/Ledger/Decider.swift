/// Decides what a command does to a stream, and folds what happened back into state. Pure.
///
/// The shape is Jérémie Chassaing's decider: an initial state and two functions.
public protocol Decider: Sendable {
    /// What somebody wants.
    associatedtype Command: Sendable
    /// What happened.
    associatedtype Event: EventFamily
    /// Who caused it and why; kept beside each event.
    associatedtype Authorship: Codable & Sendable
    /// All that later decisions need to know of a stream.
    associatedtype State: Sendable
    /// What a decision needs beside the stream's own state: who asks, which day it is, what stands around.
    associatedtype Context: Sendable

    /// The state of a stream without events.
    static var initial: State { get }

    /// The events that the command causes, none if what it wants is already so.
    static func decide(_ command: Command, given state: State, in context: Context) throws(Rejection) -> [Event]

    /// Takes one event into the state. Total: history is never rejected.
    static func evolve(_ state: inout State, with fact: Fact<Event, Authorship>)

    /// Whether the event says that the person's key is destroyed. A state that was folded before it holds what does not
    /// open any more, so it is thrown away and folded anew; no event does unless declared otherwise.
    static func erases(_ event: Event) -> Bool
}

extension Decider {
    /// Nobody is ever erased.
    public static func erases(_ event: Event) -> Bool { false }
}

/// An event together with what its envelope says of it.
public struct Fact<Event: Sendable, Authorship: Sendable>: Sendable {
    /// What happened.
    public var event: Event
    /// Who caused it and why.
    public var authorship: Authorship
    /// The day from which it counts in the world, Europe/Berlin.
    public var effectiveOn: CalendarDate
    /// When it was recorded, UTC.
    public var recordedAt: Instant
    /// Its place in its stream, from 1.
    public var version: Int
    /// Its place in the ledger, from 1.
    public var position: Position

    /// An event with its circumstances.
    public init(
        _ event: Event, authorship: Authorship, effectiveOn: CalendarDate, recordedAt: Instant, version: Int,
        position: Position
    ) {
        self.event = event
        self.authorship = authorship
        self.effectiveOn = effectiveOn
        self.recordedAt = recordedAt
        self.version = version
        self.position = position
    }
}

extension Fact: Equatable where Event: Equatable, Authorship: Equatable {}
