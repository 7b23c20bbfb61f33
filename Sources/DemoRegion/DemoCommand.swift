public import CaseFile
public import Foundation

/// One request of the demo, ready to be posted to the API.
public struct DemoCommand: Hashable, Sendable {
    /// The command's identifier and `Idempotency-Key`; the same for the same place in the same region, so that a load
    /// that was interrupted can be sent again from the start.
    public let id: UUID
    /// Who sends it: an invented caseworker of one of the offices, or the administrator. Its token needs the actor's
    /// subject, role and office.
    public let actor: Actor
    /// Where it is sent, e.g. `/v1/cases/0f8c…/start-measure`.
    public let path: String
    /// The JSON object of the command's data, with `effectiveOn`.
    public let body: Data
    /// Which commands have to be sent one after another, each after the answer to the one before: 0 for the area, the
    /// partners and the offers, which come before everything else, then one lane for each household from 1.
    public let lane: Int

    /// A request with these parts.
    public init(id: UUID, actor: Actor, path: String, body: Data, lane: Int) {
        self.id = id
        self.actor = actor
        self.path = path
        self.body = body
        self.lane = lane
    }
}
