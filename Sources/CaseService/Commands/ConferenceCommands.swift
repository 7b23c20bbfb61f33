import CaseFile

/// The commands about meetings of offices, and about what offices commit themselves to.
enum ConferenceCommands {
    static let all: [CommandText] = [
        CommandText(
            "call-conference", "Calls the offices of a case together.",
            notes:
                "Refused when no consent in force on that day opens something to every other office that meets, or one "
                + "of them is not engaged.",
            fields: [
                .required("conferenceId", .identifier, "An id of the client's choice.", example: Example.conference),
                .required(
                    "participants", .list(of: .office, count: 1...3), "The offices that meet, the own one or not.",
                    example: ["youth-office", "social-office"]),
                .required(
                    "at", .wallTime, "When it begins; without an offset, on the wall clock in Europe/Berlin.",
                    example: "2026-03-19T14:00:00+01:00"),
                .optional(
                    "consentReference", .integer(1...100_000),
                    "The number of the consent that it rests on; whichever are in force unless stated.", example: 1),
                .optional("place", .line, "Where.", example: "Town hall, room 3", personal: true, usual: true),
            ]),
        CommandText(
            "minute-conference", "Records that a conference was held; each agreement becomes an office's commitment.",
            notes: "For offices that take part. Refused before its day, when it was minuted or cancelled, and when the "
                + "consent was taken back before its day.",
            fields: [
                .required("conferenceId", .identifier, "The conference.", example: Example.conference),
                .required(
                    "agreements", .list(of: .object(agreement), count: 0...50), "What was agreed; it may be nothing.",
                    example: .array([agreement.fullExample])),
                .optional(
                    "minutes", .prose, "What else is to be kept.", example: "The family wants to stay.", personal: true),
            ]),
        CommandText(
            "cancel-conference", "Calls a conference off.",
            notes: "Only for the office that called it. Refused when it was minuted or cancelled.",
            fields: [
                .required("conferenceId", .identifier, "The conference.", example: Example.conference),
                .optional("reason", .prose, "Why.", example: "The participant is ill.", personal: true, usual: true),
            ]),
        CommandText(
            "keep-commitment", "Says that the office has done what it committed itself to.",
            notes: "Only for the office that committed itself. Whether in time or late follows from the days.",
            fields: settlement(on: "The day on which it was done", note: "Done in the first week.")),
        CommandText(
            "break-commitment", "Says that the office does not do what it committed itself to.",
            notes: "Only for the office that committed itself. Refused when it was kept, broken or withdrawn.",
            fields: settlement(on: "The day as of which that is certain", note: "The funds are spent.")),
        CommandText(
            "withdraw-commitment", "Says that what the office committed itself to need not be done any more.",
            notes: "Only for the office that committed itself. Refused when it was kept, broken or withdrawn.",
            fields: settlement(on: "The day as of which it is withdrawn", note: "The family moved.")),
        CommandText(
            "reply-to-commitment", "Says what the office has to say to how it kept its word.",
            notes:
                "Only for the office that committed itself: its right of reply to what is counted of it. Refused while the "
                + "commitment is open and not overdue.",
            fields: [
                .required("commitmentId", .identifier, "The commitment.", example: Example.commitment),
                .required(
                    "note", .prose, "What there is to say.", example: "The certificate came two weeks late.",
                    personal: true),
            ]),
    ]

    private static func settlement(on day: String, note: JSONValue) -> [BodyField] {
        [
            .required("commitmentId", .identifier, "The commitment.", example: Example.commitment),
            .optional("on", .date, "\(day), the effective day unless stated.", example: "2026-04-01"),
            .optional("note", .prose, "What there is to know.", example: note, personal: true, usual: true),
        ]
    }

    private static let agreement = BodySchema(
        title: "Agreement", description: "What an office agreed to do.",
        fields: [
            .required("office", .office, "The office.", example: "social-office"),
            .required("what", .prose, "What it does.", example: "Settles the arrears.", personal: true),
            .required("by", .date, "By when.", example: "2026-04-15"),
            .optional(
                "commitmentId", .identifier,
                "The id of the commitment; one that follows from the conference's unless "
                    + "stated.", example: Example.commitment),
        ])
}
