import CaseFile

/// The commands about what is told in confidence in the youth office (§ 65 SGB VIII).
enum EntrustedCommands {
    static let all: [CommandText] = [
        CommandText(
            "entrust-note", "Keeps what somebody told the asking employee in confidence.",
            notes:
                "By caseworkers of the youth office. Nobody else reads it: no colleague, no supervisor, no auditor; it stands in "
                + "no view, no export and no report. The author reads it under `entrusted-notes`, and so does a named successor.",
            fields: [
                .required("noteId", .identifier, "The note.", example: note),
                .required(
                    "text", .prose, "What was told.", example: "I have not slept at home for a week.", personal: true),
                .required(
                    "toldBy", .choice(of: Confider.self), "Who told it.", example: "participant", personal: true),
            ]),
        CommandText(
            "hand-over-note", "Lets a named successor read what was entrusted.",
            notes:
                "By whom it was told to, or by the last named successor. Who was named before does not read it any more. What is "
                + "unknown and what was told to somebody else is refused alike. In closed cases too.",
            fields: [
                .required("noteId", .identifier, "The note.", example: note),
                .required(
                    "successor", .line, "The employee of the youth office who may read it (subject of the token).",
                    example: "yo-8"),
                .required(
                    "ground", .choice(of: HandoverGround.self),
                    "What allows it: whoever entrusted it agrees (§ 65 Abs. 1 Satz 1 Nr. 1 SGB VIII), or a child may be in "
                        + "danger and another employee became responsible (Nr. 3).", example: "consent"),
            ]),
    ]

    private static let note: JSONValue = "0198c0de-0000-7000-8000-0000000000b4"
}
