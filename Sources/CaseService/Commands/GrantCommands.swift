import CaseFile

/// The commands about what an office grants or decides: subsidies, vouchers, reductions.
enum GrantCommands {
    static let all = subsidies + vouchers + reductions

    private static let ruleVersion = BodyField.optional(
        "ruleVersion", .date,
        "The version of the rule that is meant (GET /v1/rules); refused when another one is in force on the day.",
        example: "2019-01-01")

    private static let subsidies: [CommandText] = [
        CommandText(
            "grant-wage-subsidy", "Grants the employer part of the wage of a placement for some time.",
            notes:
                "The event records the version of the rule. Refused when that is not in force on the effective day, a rate "
                + "lies above the rule's highest on any of its days, the subsidy lasts longer than the rule or the placement, "
                + "or another one is paid for the placement on the same days.",
            fields: [
                .required("subsidyId", .identifier, "An id of the client's choice.", example: Example.subsidy),
                .required("placementId", .identifier, "The placement.", example: Example.placement),
                .required("scheme", .slug, "The id of the rule.", example: "wage-subsidy-16e"),
                .required(
                    "schedule",
                    .list(
                        of: .object(
                            BodySchema(
                                title: "SubsidyRate", description: "From one day on, one rate.",
                                fields: [
                                    .required("from", .date, "The first day of the rate.", example: "2026-09-01"),
                                    .required(
                                        "rate", .number(0...100), "Per cent of the wage, above 0.", example: 75),
                                ])), count: 1...100),
                    "The rates, each until the next one begins.",
                    example: [["from": "2026-09-01", "rate": 75], ["from": "2027-09-01", "rate": 50]]),
                .optional(
                    "until", .date, "The last day; as long as rule and placement allow unless stated.",
                    example: "2028-08-31", usual: true),
                ruleVersion,
            ]),
        CommandText(
            "stop-wage-subsidy", "Ends a subsidy before its last day.",
            notes: "Ending the placement stops its subsidies by itself.",
            fields: [
                .required("subsidyId", .identifier, "The subsidy.", example: Example.subsidy),
                .optional(
                    "on", .date, "The last day it is paid for, the effective day unless stated.", example: "2027-03-31",
                    usual: true),
                .optional("reason", .prose, "Why.", example: "The wage was not paid.", usual: true),
            ]),
    ]

    private static let vouchers: [CommandText] = [
        CommandText(
            "issue-voucher", "Issues a voucher to the participant.",
            notes:
                "Vouchers for education and for activation and placement are the job centre's; any engaged office issues "
                + "service vouchers. Where a rule is about the kind, the event records its version.",
            fields: [
                .required("voucherId", .identifier, "An id of the client's choice.", example: Example.voucher),
                .required("kind", .choice(of: VoucherKind.self), "What it is for.", example: "education"),
                .optional(
                    "value", .money, "What it is worth at most.",
                    example: ["amount": "2400.00", "currency": "EUR"], usual: true),
                .required(
                    "scope",
                    .object(
                        BodySchema(
                            title: "VoucherScope", description: "For what, where and how long a voucher holds.",
                            fields: [
                                .required(
                                    "goal", .line, "The goal of education, or the service.",
                                    example: "Welding certificate"),
                                .optional(
                                    "region", .line, "The region; everywhere unless stated.", example: "Rhein-Main"),
                                .required(
                                    "until", .date, "The last day on which it can be redeemed.", example: "2026-06-30"),
                            ])), "For what, where and how long it holds.",
                    example: ["goal": "Welding certificate", "region": "Rhein-Main", "until": "2026-06-30"]),
                ruleVersion,
            ]),
        CommandText(
            "redeem-voucher", "Records that a voucher was redeemed.",
            notes:
                "Refused when it was redeemed or taken back, its time is over, it was issued for another goal or region, or "
                + "what it is redeemed for is worth more or lasts longer than it may.",
            fields: [
                .required("voucherId", .identifier, "The voucher.", example: Example.voucher),
                .optional("on", .date, "The day, the effective day unless stated.", example: "2026-04-01"),
                .optional(
                    "provider", .line, "A published partner's id, or the provider's name.", example: "Werkhof Gallus",
                    usual: true),
                .optional("goal", .line, "What for; the voucher's goal unless stated.", example: "Welding certificate"),
                .optional("region", .line, "Where; the voucher's region unless stated.", example: "Rhein-Main"),
                .optional(
                    "value", .money, "What is paid.", example: ["amount": "2250.00", "currency": "EUR"]),
                .optional(
                    "measure",
                    .object(
                        BodySchema(
                            title: "VoucherContent", description: "What a voucher is redeemed for, and when that is.",
                            fields: [
                                .required("content", .slug, "A word of the rule.", example: "employer-measure"),
                                .required("from", .date, "The first day.", example: "2026-04-07"),
                                .required("to", .date, "The last day.", example: "2026-05-15"),
                                .optional(
                                    "extended", .boolean, "Whether the rule's longer time is claimed.", example: false),
                            ])), "What it is redeemed for, where the rule limits how long that lasts.",
                    example: ["content": "employer-measure", "from": "2026-04-07", "to": "2026-05-15"]),
            ]),
        CommandText(
            "revoke-voucher", "Takes a voucher back that was not redeemed.",
            fields: [
                .required("voucherId", .identifier, "The voucher.", example: Example.voucher),
                .optional("reason", .prose, "Why.", example: "Began a job.", usual: true),
            ]),
    ]

    private static let reductions: [CommandText] = [
        CommandText(
            "decide-reduction", "Decides that a benefit is reduced for some months.",
            notes:
                "It begins with the month after the effective day, and the event records the version of the rule. Refused "
                + "without a hearing (§ 24 SGB X), when hardship was not examined, when the rule is not in force on the "
                + "effective day, above what the rule allows at that time of its being repeated, and when all reductions of a "
                + "day would come to more than the rule's cap.",
            fields: [
                .required("reductionId", .identifier, "An id of the client's choice.", example: Example.reduction),
                .required("percentage", .number(0...100), "Per cent of the standard need, above 0.", example: 10),
                .required("months", .integer(1...120), "How many months.", example: 1),
                .required("ground", .slug, "For what: a ground of one of the rules.", example: "breach-of-duty"),
                .optional("occurredOn", .date, "The day of what it is for.", example: "2026-02-16"),
                .optional(
                    "hearingHeldOn", .date, "The day on which the participant was heard.", example: "2026-03-02",
                    usual: true),
                .optional(
                    "hardshipExamined", .boolean, "Whether exceptional hardship was examined.", example: true,
                    usual: true),
                .optional(
                    "ruleVersion", .date,
                    "The version of the rule that is meant (GET /v1/rules); refused when another one is in force.",
                    example: "2023-01-01"),
            ]),
        CommandText(
            "lift-reduction", "Ends a reduction before its last day, or takes the decision back.",
            notes:
                "A reduction that ends because somebody complies lasts for the rule's least length; a decision that is taken "
                + "back never counted.",
            fields: [
                .required("reductionId", .identifier, "The reduction.", example: Example.reduction),
                .optional(
                    "on", .date, "The first day on which nothing is reduced any more, the effective day unless stated.",
                    example: "2026-05-01", usual: true),
                .optional("reason", .prose, "Why.", example: "Goes to the course again.", personal: true, usual: true),
                .optional(
                    "revoked", .boolean, "Whether the decision is taken back, for example after an objection.",
                    example: false),
            ]),
    ]
}
