import CaseFile
import CaseTiming

/// The commands about the person's rights over their data.
enum DataProtectionCommands {
    static let all: [CommandText] = [
        CommandText(
            "set-legal-hold", "Keeps everything about the participant from being erased.",
            notes: "For a lawsuit, an audit or an inquiry. In closed cases too, and by administrators in any.",
            fields: [
                .required("holdId", .identifier, "The hold.", example: hold),
                .required("reason", .prose, "Why.", example: "S 12 AS 345/26 is pending.", personal: true),
            ]),
        CommandText(
            "lift-legal-hold", "Lifts a legal hold.",
            notes: "By the office that set it, or administrators. Refused when no such hold is in force.",
            fields: [
                .required("holdId", .identifier, "The hold.", example: hold),
                .required("reason", .prose, "Why.", example: "The judgment is final.", personal: true),
            ]),
        CommandText(
            "restrict-processing", "Restricts the processing of the participant's data (Art. 18 GDPR, § 84 SGB X).",
            notes:
                "With categories, these go to no other office any more. Without, all of the case is only stored: other "
                + "offices see nothing of one another's data, and nothing is recorded but what protects the participant.",
            fields: [
                .required("restrictionId", .identifier, "The restriction.", example: restriction),
                .required(
                    "ground", .choice(of: RestrictionGround.self), "Why the law restricts.",
                    example: "accuracy-contested"),
                .optional(
                    "categories", .list(of: .choice(of: ConsentCategory.self), count: 1...8),
                    "What may not go to other offices; all of the case unless stated.", example: ["employment"]),
                .optional("reason", .prose, "Anything else to know.", example: "Letter of 3 May.", personal: true),
            ]),
        CommandText(
            "lift-restriction", "Lifts a restriction of processing.",
            notes:
                "By the office that restricted, or administrators. Refused when no such restriction is in force, and before "
                + "the participant was told (Art. 18 (3) GDPR).",
            fields: [
                .required("restrictionId", .identifier, "The restriction.", example: restriction),
                .required(
                    "participantToldOn", .date, "The day on which the participant was told.", example: "2026-03-02"),
                .required("reason", .prose, "Why.", example: "The accuracy is verified.", personal: true),
            ]),
        CommandText(
            "dispute-data", "Records that the participant says that something in the record is wrong, and marks it.",
            notes:
                "Whoever sees the data sees the mark until the dispute is settled. By the office that recorded what is "
                + "disputed; who the participant is, any office in the case.",
            fields: [
                .required("disputeId", .identifier, "The dispute.", example: dispute),
                .required(
                    "about", .choice(of: DisputedRecord.self), "What kind of thing is disputed.", example: "measure"),
                .optional(
                    "recordId", .identifier, "Which one, where there can be several.", example: Example.measure,
                    usual: true),
                .required(
                    "statement", .prose, "What the participant says.", example: "I was there every day.",
                    personal: true),
            ]),
        CommandText(
            "settle-dispute", "Records what came of a dispute.",
            notes:
                "What was wrong is corrected by the command for it, such as correct-participant. An unresolved dispute leaves "
                + "its mark on the data (§ 84 Abs. 2 SGB X) and can be settled otherwise later. Refused when it is settled.",
            fields: [
                .required("disputeId", .identifier, "The dispute.", example: dispute),
                .required("outcome", .choice(of: DisputeOutcome.self), "What was found.", example: "corrected"),
                .optional("reason", .prose, "Why.", example: "The list shows it.", personal: true),
            ]),
    ]

    private static let hold: JSONValue = "0198c0de-0000-7000-8000-0000000000b1"
    private static let restriction: JSONValue = "0198c0de-0000-7000-8000-0000000000b2"
    private static let dispute: JSONValue = "0198c0de-0000-7000-8000-0000000000b3"
}
