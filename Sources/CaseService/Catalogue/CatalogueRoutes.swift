import CaseFile
import CaseTiming
import CaseViews
import HTTPTypes
import Hummingbird
import Ledger

/// What stands around the cases, to be found and looked at: offers, partners, programme areas and employment fields.
struct CatalogueRoutes: Sendable {
    let queries: any CaseQueries
    let reader: ViewReader
    let clock: LedgerClock

    private static let area = Operation.Parameter.query(
        "area", .slug, "Only of this programme area, or of none in particular.", example: Example.area)
    private static let occupation = Operation.Parameter.query(
        "occupation", .occupation, "Only of occupations that begin with these digits (KldB 2010).", example: "24422")

    var operations: [Operation] {
        operations(
            OfferItem.self, .offer, schema: "OfferItem", title: "offers",
            open: "Only where a place can be taken today, or only where none can.",
            filters: [
                Self.area, .query("kind", .choice(of: PlacementKind.self), "Only of this kind of placement."),
                Self.occupation,
            ], variety: "kind", version: \.version)
            + operations(
                PartnerItem.self, .partner, schema: "PartnerItem", title: "partners",
                open: "Only those in the network today, or only those that left it.",
                filters: [Self.area, .query("sector", .choice(of: Sector.self), "Only of this sector.")],
                variety: "sector", version: \.version)
            + operations(
                AreaItem.self, .area, schema: "AreaItem", title: "programme areas",
                open: "Only those that people can come into today, or only those that are closed.", filters: [],
                variety: nil, version: \.version)
            + operations(
                EmploymentFieldItem.self, .employmentField, schema: "EmploymentFieldItem", title: "employment fields",
                open: "Only those that are open today, or only those that are closed.",
                filters: [Self.area, Self.occupation], variety: nil, version: \.version)
    }

    /// The list and the single item of one kind.
    private func operations<Item: CatalogueItem>(
        _ item: Item.Type, _ subject: CommandSubject, schema: String, title: String, open: String,
        filters: [Operation.Parameter], variety: String?, version: @escaping @Sendable (Item) -> Int
    ) -> [Operation] {
        let list = Operation(
            method: .get, path: "/v1/\(subject.collection)", id: subject.idName.dropping("Id") + "s",
            tag: subject.collection,
            summary: "The \(title), in the order of their names.",
            notes: "Of areas that are not among the caller's, nothing is shown.", access: .action(.catalogue),
            parameters: filters + [
                .query("open", .boolean, open),
                .query("limit", .integer(1...CatalogueQuery.greatestLimit), "Items on a page, 50 unless stated."),
                .query("cursor", .text(length: 1...2000), "The `next` of the page before."),
            ] + ViewReader.parameters,
            answers: [ViewReader.answer("A page of \(title).", ViewSchemas.page(schema))], problems: [.malformed]
        ) { request in
            let parameters = request.query
            let query = CatalogueQuery(
                actor: try request.actor, day: clock.today, area: parameters.text("area"),
                isOpen: parameters.flag("open"), variety: variety.flatMap { parameters.text($0) },
                occupation: parameters.text("occupation"), limit: parameters.integer("limit") ?? 50,
                cursor: parameters.text("cursor"))
            let page = try await reader.read(parameters) { try await queries.catalogue(Item.self, query) }
            return try ViewReader.response(page.value, at: page.position)
        }
        let one = Operation(
            method: .get, path: "/v1/\(subject.collection)/{\(subject.idName)}", id: subject.idName.dropping("Id"),
            tag: subject.collection, summary: "One of the \(title).",
            notes: "`ETag` is the version that `If-Match` of a command compares with.", access: .action(.catalogue),
            parameters: [
                .path(subject.idName, subject.idShape, "The \(subject.rawValue).", example: subject.exampleID)
            ] + ViewReader.parameters,
            answers: [
                ViewReader.answer(
                    "What is known of it.",
                    .object([.init(name: "$ref", value: .string("#/components/schemas/\(schema)"))]))
            ], problems: [.malformed, .notFound]
        ) { request in
            let actor = try request.actor
            guard let id = request.context.parameters.get(subject.idName), subject.isValid(id) else {
                throw Problem.notFound
            }
            let found = try await reader.read(request.query) {
                try await queries.catalogueItem(Item.self, id.lowercased(), actor: actor)
            }
            guard let item = found.value else { throw Problem.notFound }
            var response = try ViewReader.response(item, at: found.position)
            response.headers[.eTag] = "\"\(version(item))\""
            return response
        }
        return [list, one]
    }
}

extension String {
    fileprivate func dropping(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
