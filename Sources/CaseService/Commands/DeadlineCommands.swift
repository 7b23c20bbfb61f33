import CaseFile

/// The commands about periods that rules set.
enum DeadlineCommands {
    private static let deadline = BodyField.required(
        "deadlineId", .identifier, "The deadline, as the case shows it.", example: Example.deadline)

    static let all: [CommandText] = [
        CommandText(
            "suspend-deadline", "Records that a deadline does not run for a while.",
            notes: "Meanwhile nothing is due. Only the office that has to act by the deadline decides about it.",
            fields: [
                deadline,
                .optional(
                    "on", .date, "The first day on which it does not run, the effective day unless stated.",
                    example: "2026-03-02", usual: true),
                .required("reason", .prose, "Why.", example: "Documents were asked for."),
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
                .required("reason", .prose, "Why.", example: "The participant is ill."),
            ]),
        CommandText(
            "shorten-deadline", "Gives a deadline less time.", notes: "The old day is kept.",
            fields: [
                deadline, .required("until", .date, "The new last day.", example: "2026-06-30"),
                .required("reason", .prose, "Why.", example: "The measure begins earlier."),
            ]),
    ]
}
