import CaseFile

/// The commands about periods that rules set.
enum DeadlineCommands {
    private static let deadline = BodyField.required(
        "deadlineId", .identifier, "The deadline, as the case shows it.", example: Example.deadline)

    private static let fact = BodyField.required("factId", .identifier, "The fact.", example: Example.fact)

    static let all: [CommandText] = [
        CommandText(
            "record-fact",
            "Records that something happened that a period of the law begins or ends with, where no other command does.",
            notes:
                "What can be recorded on a day are the `facts` of the rules in force (`GET /v1/rules`). Facts about the same "
                + "matter end one another's periods; the office that records a fact has to act on what it begins.",
            fields: [
                fact,
                .required("fact", .text(), "What happened, as a rule names it.", example: "application-received"),
                .optional(
                    "matter", .identifier,
                    "What it happened to, such as an application; the fact's own id unless stated. A referral that forwards "
                        + "an application takes the application's id.",
                    example: Example.matter),
                .optional(
                    "on", .date, "The day on which it happened, the effective day unless stated.",
                    example: "2026-03-02",
                    usual: true),
                .optional(
                    "legalBasis", .text(), "Under which paragraph, where that matters to the rule.",
                    example: "§ 14 SGB IX", usual: true),
            ]),
        CommandText(
            "correct-fact", "Records that a fact is of another day, or did not happen.",
            notes:
                "Only the office that recorded it. Deadlines that follow from it are computed again; old days are kept.",
            fields: [
                fact,
                .optional("on", .date, "The day on which it happened.", example: "2026-02-27", usual: true),
                .optional("withdrawn", .boolean, "Whether it did not happen at all.", example: false),
                .required("reason", .prose, "Why.", example: "The stamp says so.", personal: true),
            ]),
        CommandText(
            "suspend-deadline", "Records that a deadline does not run for a while.",
            notes: "Meanwhile nothing is due. Only the office that has to act by the deadline decides about it.",
            fields: [
                deadline,
                .optional(
                    "on", .date, "The first day on which it does not run, the effective day unless stated.",
                    example: "2026-03-02", usual: true),
                .required("reason", .prose, "Why.", example: "Documents were asked for.", personal: true),
            ]),
        CommandText(
            "resume-deadline", "Lets a suspended deadline run again.",
            notes: "The days on which it did not run are added to its end (§ 209 BGB).",
            fields: [
                deadline,
                .optional(
                    "on", .date, "The first day on which it runs again, the effective day unless stated.",
                    example: "2026-03-16", usual: true),
            ]),
        CommandText(
            "extend-deadline", "Gives a deadline more time.",
            notes: "Also after it ended (§ 26 Abs. 7 SGB X). The old day is kept.",
            fields: [
                deadline, .required("until", .date, "The new last day.", example: "2026-10-30"),
                .required("reason", .prose, "Why.", example: "The participant is ill.", personal: true),
            ]),
        CommandText(
            "shorten-deadline", "Gives a deadline less time.", notes: "The old day is kept.",
            fields: [
                deadline, .required("until", .date, "The new last day.", example: "2026-06-30"),
                .required("reason", .prose, "Why.", example: "The measure begins earlier.", personal: true),
            ]),
    ]
}
