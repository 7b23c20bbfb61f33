public import CaseFile
import Foundation
import Ledger
import Postgres

extension ViewQueries {
    /// A page of offers, partners, areas or employment fields.
    ///
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func catalogue<Item: CatalogueItem>(
        _ items: Item.Type, _ query: CatalogueQuery
    ) async throws -> Viewed<Page<Item>> {
        let limit = min(max(1, query.limit), CatalogueQuery.greatestLimit)
        let signature = query.signature(of: Item.kind)
        let place = try query.cursor.map { try PageCursor($0, of: signature).place }
        if let place, place.count != 2 { throw ViewQueryError.invalidCursor }
        let parameters: [any PostgresEncodable] =
            [
                Item.kind.rawValue, query.actor.areas.map { $0.sorted() }, query.area?.storable, query.isOpen,
                query.day.postgres, query.variety?.storable, query.occupation?.storable, limit + 1,
            ] + (place ?? [])
        let statement = place == nil ? CatalogueStatements.first : CatalogueStatements.continued
        return try await read(ViewReading(as: .catalogue, for: query.actor), .forceCustom, [(statement, parameters)]) {
            answers in
            let rows = answers[0]
            let items = try rows.prefix(limit).map { try Self.decode(Item.self, from: $0) }
            guard rows.count > limit else { return Page(items: items, next: nil) }
            let last = PageCursor(place: [try rows[limit - 1].decode(1), try rows[limit - 1].decode(2)])
            return Page(items: items, next: last.text(of: signature))
        }
    }

    /// One of them; the value is `nil` when it is unknown or not in one of the actor's areas.
    ///
    /// - Parameter id: the identifier as streams have it, in small letters.
    public func catalogueItem<Item: CatalogueItem>(
        _ item: Item.Type, _ id: String, actor: Actor
    ) async throws -> Viewed<Item?> {
        let parameters: [any PostgresEncodable] = [Item.kind.rawValue, actor.areas.map { $0.sorted() }, id.storable]
        let reading = ViewReading(as: .catalogue, for: actor)
        return try await read(reading, .auto, [(CatalogueStatements.one, parameters)]) { answers in
            try answers[0].first.map { try Self.decode(Item.self, from: $0) }
        }
    }
}
