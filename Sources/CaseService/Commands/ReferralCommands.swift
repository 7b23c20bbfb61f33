import CaseFile

/// The commands by which one office asks another to act.
enum ReferralCommands {
    static let all: [CommandText] = [
        CommandText(
            "request-referral", "Asks another office to act in the case.",
            notes:
                "Tells the other office who the participant is, what it is asked for and why; nothing else of the case. "
                + "Refused to the own office, and where neither a legal basis nor a consent in force covers what is told.",
            fields: [
                .required("referralId", .identifier, "An id of the client's choice.", example: Example.referral),
                .required("to", .office, "The office that is asked.", example: "social-office"),
                .required("service", .line, "What it is asked for.", example: "debt counselling"),
                .optional(
                    "reason", .prose, "Why.", example: "Rent arrears put the training at risk.", personal: true,
                    usual: true),
                .optional(
                    "legalBasis", .line, "The law that lets the office transmit; without one, consent has to.",
                    example: "§ 69 (1) 1 SGB X", usual: true),
                .optional(
                    "categories", .list(of: .choice(of: ConsentCategory.self)),
                    "What the reason tells about; what the own plans are about unless stated.", example: ["benefits"]),
                .optional(
                    "answerDue", .date, "When an answer is due; two weeks from now unless stated.",
                    example: "2026-03-16", usual: true),
            ]),
        CommandText(
            "accept-referral", "Says that the office does what it was asked for.",
            notes: "Only for the office that was asked, engaged or not; it does not engage it. Refused when it was "
                + "answered or withdrawn.",
            fields: [
                .required("referralId", .identifier, "The referral.", example: Example.referral),
                .optional("by", .line, "Who answers for the office.", example: "so-3"),
                .optional("reason", .prose, "Anything to know.", example: "Can begin at once.", personal: true),
                .optional("completeBy", .date, "When it means to have acted.", example: "2026-04-30", usual: true),
            ]),
        CommandText(
            "decline-referral", "Says that the office does not do what it was asked for.",
            notes: "Only for the office that was asked, engaged or not. Refused when it was answered or withdrawn.",
            fields: [
                .required("referralId", .identifier, "The referral.", example: Example.referral),
                .optional("by", .line, "Who answers for the office.", example: "so-3"),
                .required("reason", .prose, "Why.", example: "No place before autumn.", personal: true),
            ]),
        CommandText(
            "complete-referral", "Records what came of what the office was asked for.",
            notes: "Only for the office that was asked. Refused before it is accepted, and when it is over.",
            fields: [
                .required("referralId", .identifier, "The referral.", example: Example.referral),
                .optional("by", .line, "Who answers for the office.", example: "so-3"),
                .required("result", .prose, "What came of it.", example: "Paid in instalments.", personal: true),
            ]),
        CommandText(
            "withdraw-referral", "Says that the office no longer asks for it.",
            notes: "Only for the office that asked. Refused when it is over.",
            fields: [
                .required("referralId", .identifier, "The referral.", example: Example.referral),
                .optional("reason", .prose, "Why.", example: "Settled in the family.", personal: true, usual: true),
            ]),
    ]
}
