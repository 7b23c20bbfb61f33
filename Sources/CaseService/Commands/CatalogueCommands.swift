import CaseFile

/// The commands about what stands around the cases: areas, offers and partners.
enum CatalogueCommands {
    static let areas: [CommandText] = [
        CommandText(
            "publish-area", "Makes a programme area known.",
            fields: [
                .required("name", .line, "Its name.", example: "Frankfurt Gallus"),
                .optional("region", .line, "The urban region it belongs to.", example: "Rhein-Main", usual: true),
                .optional(
                    "land", .text(length: 2...5), "The Land, DE-HE or HE; public holidays follow it.", example: "DE-HE",
                    usual: true),
                .optional("municipality", .line, "The municipality.", example: "Frankfurt am Main"),
                .optional(
                    "description", .prose, "What is special about it.", example: "Between the railway and the fair."),
                .optional("from", .date, "Since when.", example: "2024-01-01"),
            ])
    ]

    static let offers: [CommandText] = [
        CommandText(
            "publish-offer", "Makes an offer of a partner known.",
            fields: [
                .required("title", .line, "What is offered.", example: "Apprenticeship metal construction"),
                .required("kind", .choice(of: PlacementKind.self), "The kind of placement.", example: "apprenticeship"),
                .required("capacity", .integer(1...100_000), "Places.", example: 2),
                .optional("partnerId", .identifier, "The partner behind it.", example: Example.partner),
                .optional("employer", .line, "The employer's name.", example: "Metallbau Rhein", usual: true),
                .optional("areaId", .slug, "The programme area.", example: Example.area),
                .optional("occupation", .occupation, "Occupation (KldB 2010).", example: "24422"),
                .optional("startsOn", .date, "First day.", example: "2026-09-01"),
                .optional("endsOn", .date, "Last day.", example: "2029-08-31"),
                .optional("openUntil", .date, "The last day on which a place can be taken.", example: "2026-06-30"),
            ])
    ]

    static let partners: [CommandText] = [
        CommandText(
            "publish-partner", "Makes an organisation of the network known.",
            fields: [
                .required("name", .line, "Its name.", example: "Werkhof Gallus"),
                .required(
                    "sector", .choice(of: Sector.self), "Its sector.", example: "third-sector"),
                .optional("services", .list(of: .line), "What it does.", example: ["welding courses"], usual: true),
                .optional("areaIds", .list(of: .slug), "Where it does so.", example: [Example.area], usual: true),
            ])
    ]
}
