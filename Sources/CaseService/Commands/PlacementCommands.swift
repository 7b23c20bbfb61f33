import CaseFile

/// The commands about jobs, apprenticeships and work opportunities.
enum PlacementCommands {
    static let all: [CommandText] = [
        CommandText(
            "offer-placement", "Offers a placement to the participant.",
            notes: "Refused when the job centre is not engaged, or the offer has no place left.",
            fields: [
                .required("placementId", .identifier, "An id of the client's choice.", example: Example.placement),
                .optional("offerId", .identifier, "The published offer; or else employer.", example: Example.offer),
                .optional(
                    "employer", .line, "The employer's name, without an offer.", example: "Metallbau Rhein", usual: true
                ),
                .optional("occupation", .occupation, "Occupation (KldB 2010).", example: "24422"),
                .optional("employmentField", .line, "The new field of work it belongs to.", example: "repair"),
                .required("kind", .choice(of: PlacementKind.self), "The kind of placement.", example: "apprenticeship"),
                .optional("wage", .money, "Gross wage a month.", example: .null),
                .optional("hoursPerWeek", .weeklyHours, "Hours a week.", example: 38, usual: true),
                .optional("startsOn", .date, "First day.", example: "2026-09-01", usual: true),
                .optional("endsOn", .date, "Last day, if it is limited.", example: "2029-08-31"),
                .optional("answerDue", .date, "The offer lapses after that day.", example: "2026-06-30"),
            ]),
        CommandText(
            "accept-placement", "Records that the participant accepts.",
            notes: "Takes a place of the offer in the same step. Refused when it lapsed or was answered.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .optional(
                    "reason", .prose, "Why, in the participant's words.", example: "Close to home.", personal: true),
            ]),
        CommandText(
            "refuse-placement", "Records that the participant declines.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .optional(
                    "reason", .prose, "Why, in the participant's words.", example: "Night shifts.", personal: true,
                    usual: true),
                .optional("importantReasonClaimed", .boolean, "Whether an important reason is claimed.", example: true),
            ]),
        CommandText(
            "start-placement", "Records that the participant has begun there.",
            notes: "Refused when not accepted, or beside another full-time placement.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .optional(
                    "on", .date, "Its first day, the effective day unless stated.", example: "2026-09-01", usual: true),
                .optional(
                    "reason", .prose, "Why a work opportunity may last longer than usual (§ 16d Abs. 6 SGB II).",
                    example: "The garden will be finished in autumn.", personal: true),
            ]),
        CommandText(
            "extend-placement", "Lets a limited placement last longer.",
            notes:
                "Refused when it was not accepted, has no last day, ends later already, or would lie beside another "
                + "full-time placement.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .required("endsOn", .date, "Its new last day.", example: "2027-08-31"),
                .optional("reason", .prose, "Why.", example: "The firm keeps her on.", usual: true),
            ]),
        CommandText(
            "record-retention",
            "Records whether the participant was still employed 3, 6 or 12 months after the beginning.",
            notes: "Refused before so many months are over. What is said later of the same months is a correction.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .required("afterMonths", .integer(3...12), "3, 6 or 12.", example: 3),
                .required(
                    "stillEmployed", .boolean, "Whether the participant was still employed there.", example: true),
            ]),
        CommandText(
            "end-placement", "Records that the placement has ended, and what the participant lives on after it.",
            fields: [
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .optional(
                    "on", .date, "Its last day, the effective day unless stated.", example: "2027-01-31", usual: true),
                .optional("reason", .prose, "Why.", example: "The firm closed.", usual: true),
                .optional(
                    "incomeCover", .object(incomeCover), "What covers the income from the next day.", example: .null),
            ]),
    ]

    private static let incomeCover = BodySchema(
        title: "IncomeCover", description: "What somebody lives on.",
        fields: [
            .optional("kind", .line, "What it is.", example: "Arbeitslosengeld"),
            .optional("from", .date, "From when.", example: "2027-02-01"),
            .optional("note", .prose, "Anything else.", example: "Applied for on the last day."),
        ])
}
