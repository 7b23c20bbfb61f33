import CaseFile
public import Foundation
public import Ledger

/// Loads the states that one decision needs: as remembered, or as the ledger holds them now.
struct StateReader: Sendable {
    let handler: CommandHandler
    let refreshes: Bool

    func snapshot<D>(_ repository: Repository<D>, _ stream: StreamName) async throws -> Repository<D>.Snapshot {
        refreshes ? try await repository.current(stream) : try await repository.remembered(stream)
    }

    /// What stands around a stream, as far as a command needs to know it; `caseID` is the case it is about, if any.
    func surroundings(_ needs: Needs, of caseID: UUID? = nil) async throws -> Surroundings {
        var surroundings = Surroundings()
        if let area = needs.area {
            surroundings.area = try await snapshot(handler.areas, StreamName.of(AreaEvent.self, area)).state
        }
        if let offer = needs.offer {
            surroundings.offer = try await snapshot(handler.offers, StreamName.of(OfferEvent.self, offer)).state
        }
        if let provider = needs.provider {
            surroundings.provider = try await snapshot(handler.partners, .of(PartnerEvent.self, provider)).state
        }
        if let household = needs.household {
            let state = try await snapshot(handler.households, .of(HouseholdEvent.self, household)).state
            surroundings.household = state
            if needs.housemates {
                for member in state.members.keys where member != caseID {
                    surroundings.housemates[member] =
                        try await snapshot(handler.cases, .of(CaseEvent.self, member)).state
                }
            }
        }
        return surroundings
    }
}

extension StreamName {
    /// The stream of that identifier in a family's category; identifiers are written in lowercase.
    public static func of<Family: EventFamily>(_ family: Family.Type, _ id: UUID) -> StreamName {
        StreamName(category: Family.category, id: id.uuidString.lowercased())
    }

    /// The stream of that slug in a family's category.
    public static func of<Family: EventFamily>(_ family: Family.Type, _ id: String) -> StreamName {
        StreamName(category: Family.category, id: id)
    }
}
