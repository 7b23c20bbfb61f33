public import Foundation
public import Ledger

/// Calls a conference off.
public struct CancelConference: CommandBody {
    /// The name by which it is asked for.
    public static let name = "cancel-conference"

    /// The conference.
    public var conferenceId: UUID
    /// Why. Personal.
    public var reason: String?

    /// A calling off.
    public init(conferenceId: UUID, reason: String? = nil) {
        self.conferenceId = conferenceId
        self.reason = reason
    }
}

/// A conference was called off.
public struct ConferenceCancelled: EventBody {
    /// Why.
    public struct Personal: Codable, Hashable, Sendable {
        /// The reason.
        public var reason: String

        /// A reason.
        public init(reason: String) { self.reason = reason }
    }

    /// The conference.
    public var conferenceId: UUID
    /// Why.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case conferenceId
    }

    /// A calling off.
    public init(conferenceId: UUID, personal: Personal? = nil) {
        self.conferenceId = conferenceId
        self.personal = personal
    }
}

extension ConferenceCancelled: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.reference: ["conferenceId"], .exchange: ["reason"]]
}

extension CaseState {
    func decide(_ command: CancelConference, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let conference = try openConference(command.conferenceId)
        guard conference.office == context.actor.office else { throw .notYourConference }
        _ = try context.dayOfFact()
        return [
            .conferenceCancelled(
                ConferenceCancelled(
                    conferenceId: command.conferenceId,
                    personal: command.reason.map { ConferenceCancelled.Personal(reason: $0) }))
        ]
    }

    mutating func apply(_ event: ConferenceCancelled, from provenance: Provenance) {
        update(conference: event.conferenceId) {
            $0.outcome = .cancelled(on: provenance.on, reason: event.personal?.reason)
        }
    }
}
