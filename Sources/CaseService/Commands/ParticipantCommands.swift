import CaseFile

/// The commands about the person, the offices in charge and what they may share.
enum ParticipantCommands {
    static let all: [CommandText] = [
        CommandText(
            "register-participant", "Opens a case for a participant.",
            notes: "Refused when the case is open already, the area is unknown, or the day of birth lies ahead.",
            fields: [
                .required("givenName", .line, "Given name.", example: "Mira", personal: true),
                .required("familyName", .line, "Family name.", example: "Okafor", personal: true),
                .required("bornOn", .date, "Day of birth.", example: "2008-05-17", personal: true),
                .required("areaId", .slug, "The programme area the participant lives in.", example: Example.area),
                .optional("address", .object(address), "Where the participant lives.", example: .null, personal: true),
                .optional("contact", .object(contact), "How to reach the participant.", example: .null, personal: true),
                .optional(
                    "languages", .list(of: .languageTag), "Languages the participant speaks (BCP 47).",
                    example: ["de", "ig"], usual: true),
                .optional("schooling", .line, "School certificate, if any.", example: "Hauptschulabschluss"),
                .optional("vocationalCertificate", .line, "Vocational certificate, if any.", example: "none"),
            ]),
        CommandText(
            "engage-office", "Makes an office responsible for the case, with a caseworker.",
            notes: "Only for one's own office. Refused when the office is engaged already.",
            fields: [
                .required("office", .office, "The office.", example: "youth-office"),
                .optional("caseworker", .line, "The caseworker's subject.", example: "yo-7", usual: true),
                .optional("legalBasis", .line, "The law behind it.", example: "§13 SGB VIII", usual: true),
            ]),
        CommandText(
            "grant-consent", "Records that the participant agrees to the sharing of categories of data.",
            notes: "Health and entrusted data have to be named on their own; blanket consent is refused.",
            fields: [
                .required("categories", .list(of: category, count: 1...8), "What may be shared.", example: ["timing"]),
                .required(
                    "recipients", .list(of: .office, count: 1...3), "Who may see it.",
                    example: ["job-centre", "social-office"]),
                .required("purpose", .prose, "What for.", example: "Align the measures of the household."),
                .optional("validUntil", .date, "The last day of the consent.", example: "2027-12-31"),
                .optional("evidence", .line, "Where the signed form lies.", example: "form 2026/118"),
            ]),
        CommandText(
            "withdraw-consent", "Takes consent back, at once and without conditions.",
            notes: "Without categories or recipients all of them are meant.",
            fields: [
                .optional("categories", .list(of: category, count: 1...8), "What is withdrawn.", example: ["timing"]),
                .optional("recipients", .list(of: .office, count: 1...3), "From whom.", example: ["social-office"]),
                .optional("reason", .prose, "Why, if the participant says so.", example: "No longer wanted."),
            ]),
        CommandText(
            "join-household", "Puts the participant into a household that plans together.",
            notes: "The first member forms it. Refused when the participant is in one already.",
            fields: [
                .required("householdId", .identifier, "The household.", example: Example.household),
                .optional(
                    "role", .choice(of: HouseholdRole.self), "The participant's part in it.",
                    example: "youth", usual: true),
            ]),
        CommandText(
            "assess-potential", "Records strengths, goals and obstacles in the participant's own words.",
            fields: [
                .optional(
                    "strengths", .list(of: .prose), "Strengths.", example: ["keeps at it"], personal: true, usual: true),
                .optional(
                    "goals", .list(of: .prose), "Goals.", example: ["become a welder"], personal: true, usual: true),
                .optional("obstacles", .list(of: .prose), "Obstacles.", example: ["no quiet place"], personal: true),
                .optional("level", .integer(1...8), "DQR level.", example: 2),
                .optional(
                    "occupationsSought", .list(of: .occupation), "Occupations sought (KldB 2010).", example: ["24422"]),
            ]),
        CommandText(
            "close-case", "Closes the case.",
            notes: "Refused while measures, placements or referrals are open.",
            fields: [.optional("reason", .prose, "Why.", example: "In work for a year.", usual: true)]),
    ]

    private static let category = ValueShape.choice(of: ConsentCategory.self)

    private static let address = BodySchema(
        title: "Address", description: "Where somebody lives.",
        fields: [
            .optional("street", .line, "Street.", example: "Mainzer Landstraße"),
            .optional("houseNumber", .line, "House number.", example: "12a"),
            .optional("postalCode", .line, "Postal code.", example: "60327"),
            .optional("city", .line, "City.", example: "Frankfurt am Main"),
            .optional("addition", .line, "Anything else that helps to find the door.", example: "3rd floor"),
        ])

    private static let contact = BodySchema(
        title: "Contact", description: "How to reach somebody.",
        fields: [
            .optional("phone", .line, "Telephone.", example: "+49 69 5550100"),
            .optional("mobile", .line, "Mobile telephone.", example: "+49 151 5550100"),
            .optional("email", .line, "Mail address.", example: "mira@example.org"),
            .optional("note", .prose, "When and how best.", example: "after school"),
        ])
}
