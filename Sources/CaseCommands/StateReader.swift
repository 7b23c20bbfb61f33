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

    /// What stands around a stream, as far as a command needs to know it, except for the housemates.
    func surroundings(_ needs: Needs) async throws -> Surroundings {
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
        for partner in needs.partners {
            surroundings.partners[partner] =
                try await snapshot(handler.partners, .of(PartnerEvent.self, partner)).state
        }
        if let household = needs.household {
            surroundings.household = try await snapshot(handler.households, .of(HouseholdEvent.self, household)).state
        }
        return surroundings
    }

    /// The cases of the other members of a household, if a command about case `id` needs them.
    func housemates(
        of id: UUID, in household: HouseholdState?, _ needs: Needs
    ) async throws -> [UUID: Repository<CaseDecider>.Snapshot] {
        guard needs.housemates, let household else { return [:] }
        return try await cases(household.members.keys.filter { $0 != id })
    }

    /// Several cases at once; those that nobody ever heard of are empty.
    func cases(_ ids: [UUID]) async throws -> [UUID: Repository<CaseDecider>.Snapshot] {
        guard !ids.isEmpty else { return [:] }
        let streams = Set(ids.map { StreamName.of(CaseEvent.self, $0) })
        let snapshots =
            refreshes ? try await handler.cases.current(streams) : try await handler.cases.remembered(streams)
        return ids.reduce(into: [:]) { cases, id in cases[id] = snapshots[.of(CaseEvent.self, id)] }
    }
}

extension StreamName {
    /// The stream of that identifier in a family's category; identifiers are written in lowercase.
    public static func of<Family: EventFamily>(_ family: Family.Type, _ id: UUID) -> StreamName {
        StreamName(category: Family.category, id: id.lowercaseString)
    }

    /// The stream of that slug in a family's category.
    public static func of<Family: EventFamily>(_ family: Family.Type, _ id: String) -> StreamName {
        StreamName(category: Family.category, id: id)
    }
}
