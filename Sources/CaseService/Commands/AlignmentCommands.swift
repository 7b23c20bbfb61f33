import CaseFile

/// The commands about proposals to bring measures into step.
enum AlignmentCommands {
    static let all: [CommandText] = [
        CommandText(
            "propose-alignment",
            "Proposes to the offices of a household to move measures, so that they come into step.",
            notes:
                "Each office whose measures would move answers; the proposing one has accepted with it. When all accept, "
                + "all measures are moved in one step. Refused for a measure that has begun, for a shift outside a "
                + "measure's own limits, into the past or out of step, and while another proposal of the household waits.",
            fields: [
                .required("proposalId", .identifier, "An id of the client's choice.", example: Example.proposal),
                .required(
                    "shifts", .list(of: .object(shift), count: 1...50),
                    "The measures that would move, at least one of them of this case.",
                    example: .array([shift.fullExample])),
                .optional(
                    "findingIds", .list(of: .identifier, count: 0...50), "The open findings that it is to close.",
                    example: []),
                .optional(
                    "answerDue", .date, "The last day to answer; two weeks from the effective day unless stated.",
                    example: "2026-03-16", usual: true),
            ]),
        CommandText(
            "accept-alignment", "Says that the office moves its measures as proposed, if all others do too.",
            notes:
                "Only for offices whose measures would move, in any of the proposal's cases. The last one to accept moves "
                + "all measures in one step, and each acceptance becomes a commitment. Refused when it has lapsed, and "
                + "when what it rests on has changed.",
            fields: [
                proposal,
                .optional(
                    "reason", .prose, "What there is to say to it.", example: "The course has a place.", personal: true),
            ]),
        CommandText(
            "decline-alignment", "Says that the office does not move its measures as proposed; that ends the proposal.",
            notes: "Only for offices whose measures would move and that have not accepted. Refused when it has lapsed.",
            fields: [
                proposal,
                .required("reason", .prose, "Why.", example: "No place before summer.", personal: true),
                .optional(
                    "ground", .choice(of: DeclineGround.self), "Why, for counting; `other` unless stated.",
                    example: "capacity", usual: true),
            ]),
        CommandText(
            "counter-alignment", "Proposes other days for the office's own measures; the others answer anew.",
            notes:
                "Only for offices whose measures would move and that have not accepted. What others would move stays as it "
                + "was proposed. Refused when it has lapsed, and when what it rests on has changed.",
            fields: [
                proposal,
                .optional(
                    "counterId", .identifier,
                    "The id of the new proposal; one that follows from the other's unless stated.",
                    example: Example.counterProposal),
                .required(
                    "shifts", .list(of: .object(shift), count: 0...50),
                    "The office's measures; those that are not named stay where they are.",
                    example: .array([shift.fullExample])),
                .required("reason", .prose, "Why.", example: "The school year ends then.", personal: true),
                .optional(
                    "answerDue", .date, "The last day to answer; two weeks from the effective day unless stated.",
                    example: "2026-03-23"),
            ]),
    ]

    private static let proposal = BodyField.required(
        "proposalId", .identifier, "The proposal.", example: Example.proposal)

    private static let shift = BodySchema(
        title: "AlignmentShift", description: "A measure that would move.",
        fields: [
            .required("measureId", .identifier, "The measure.", example: Example.measure),
            .required("days", .days, "By how many days, negative for earlier.", example: 42),
            .optional(
                "from", .date, "The first day that the measure has now, as far as the proposer knows.",
                example: "2026-03-30"),
        ])
}
