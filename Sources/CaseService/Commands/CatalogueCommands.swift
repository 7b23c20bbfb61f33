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
            ]),
        CommandText(
            "change-area", "Publishes a new version of a programme area.",
            notes: "What is absent stays. Refused when the version would count before the one before it.",
            fields: [
                .optional("name", .line, "Its name.", example: "Frankfurt Gallus", usual: true),
                .optional("region", .line, "The urban region it belongs to.", example: "Rhein-Main"),
                .optional(
                    "land", .text(length: 2...5), "The Land, DE-HE or HE; public holidays follow it.", example: "DE-HE"),
                .optional("municipality", .line, "The municipality.", example: "Frankfurt am Main"),
                .optional("description", .prose, "What is special about it.", example: "With the new quarter."),
                .optional("from", .date, "Since when.", example: "2026-01-01", usual: true),
                .optional(
                    "remove", .list(of: .choice(of: RemovableAreaDetail.self)), "What is taken away.",
                    example: ["municipality"]),
                .optional("reason", .prose, "Why.", example: "The quarter has grown.", usual: true),
            ]),
        CommandText(
            "close-area", "Closes a programme area: nobody new comes into it from that day on.",
            notes: "The cases in it go on.",
            fields: [.optional("reason", .prose, "Why.", example: "The programme has ended.", usual: true)]),
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
            ]),
        CommandText(
            "change-offer", "Changes what is known of an offer.",
            notes: "What is absent stays. Refused when there would be fewer places than are taken.",
            fields: [
                .optional("title", .line, "What is offered.", example: "Apprenticeship metal construction"),
                .optional("capacity", .integer(1...100_000), "Places.", example: 3, usual: true),
                .optional("partnerId", .identifier, "The partner behind it.", example: Example.partner),
                .optional("employer", .line, "The employer's name.", example: "Metallbau Rhein"),
                .optional("areaId", .slug, "The programme area.", example: Example.area),
                .optional("occupation", .occupation, "Occupation (KldB 2010).", example: "24422"),
                .optional("startsOn", .date, "First day.", example: "2026-09-01"),
                .optional("endsOn", .date, "Last day.", example: "2029-08-31"),
                .optional("openUntil", .date, "The last day on which a place can be taken.", example: "2026-07-31"),
                .optional(
                    "remove", .list(of: .choice(of: RemovableOfferDetail.self)), "What is taken away.",
                    example: ["openUntil"]),
                .optional("reason", .prose, "Why.", example: "One more place.", usual: true),
            ]),
        CommandText(
            "close-offer", "Closes an offer: no place can be taken from that day on.",
            notes: "Whoever has a place keeps it.",
            fields: [.optional("reason", .prose, "Why.", example: "The programme has ended.", usual: true)]),
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
            ]),
        CommandText(
            "change-partner", "Changes what is known of an organisation of the network.",
            notes: "What is absent stays.",
            fields: [
                .optional("name", .line, "Its name.", example: "Werkhof Gallus"),
                .optional("sector", .choice(of: Sector.self), "Its sector.", example: "third-sector"),
                .optional(
                    "services", .list(of: .line), "What it does, all of it.",
                    example: ["welding courses", "job coaching"], usual: true),
                .optional("areaIds", .list(of: .slug), "Where it does so, all of them.", example: [Example.area]),
                .optional("reason", .prose, "Why.", example: "A new service.", usual: true),
            ]),
        CommandText(
            "close-partner", "Records that an organisation left the network.",
            notes: "From that day on no new measure or offer can name it.",
            fields: [.optional("reason", .prose, "Why.", example: "The programme has ended.", usual: true)]),
    ]
}
