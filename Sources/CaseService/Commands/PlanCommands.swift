import CaseFile
import CaseTiming

/// The commands about plans and measures.
enum PlanCommands {
    static let all: [CommandText] = [
        CommandText(
            "draft-plan", "Opens a plan of the acting office.",
            notes: "Refused when the office is not engaged, or has an open plan of that kind.",
            fields: [
                .required("planId", .identifier, "An id of the client's choice.", example: Example.plan),
                .required(
                    "kind", .choice(of: PlanKind.self), "The kind of plan.",
                    example: "youth-support"),
                .optional(
                    "goal", .prose, "The goal in the participant's words.", example: "Finish school.", personal: true,
                    usual: true),
                .optional("reviewEvery", .integer(1...60), "Months between reviews.", example: 6),
                .optional("from", .date, "First day of the plan.", example: "2026-03-01"),
                .optional("to", .date, "Last day of the plan.", example: "2027-02-28"),
            ]),
        CommandText(
            "add-measure", "Adds a measure to a plan.",
            notes: "Refused when the window is reversed or leaves the plan, or the provider is unknown.",
            fields: [
                .required("measureId", .identifier, "An id of the client's choice.", example: Example.measure),
                .optional(
                    "planId", .identifier, "The plan; the office's only open one unless stated.", example: Example.plan),
                .optional("title", .line, "What it is.", example: "Welding, basic course", usual: true),
                .required(
                    "strand", .choice(of: Strand.self), "The field of action.", example: "education"),
                .optional("orientation", .choice(of: Orientation.self), "Before or after.", example: "preventive"),
                .optional("solidarity", .choice(of: Solidarity.self), "Ability or income.", example: "supply"),
                .optional("provider", .line, "A partner's id, or else a name.", example: "Werkhof Gallus"),
                .required("window", .object(window), "First and last day.", example: windowExample),
                .optional("hoursPerWeek", .weeklyHours, "Hours a week.", example: 20, usual: true),
                .optional("weeklySlots", .list(of: .object(slot)), "When in the week.", example: .null),
                .optional("earliestStart", .date, "It cannot begin before.", example: "2026-03-02"),
                .optional("latestEnd", .date, "It has to have ended by.", example: "2026-12-31"),
            ]),
        CommandText(
            "revise-measure", "Changes a measure that has not ended.",
            notes:
                "What is absent stays. Refused when the measure has ended, when the window is reversed, leaves the plan, "
                + "or moves the first day of a measure that has started.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional("title", .line, "What it is.", example: "Welding, basic course"),
                .optional("strand", .choice(of: Strand.self), "The field of action.", example: "education"),
                .optional("orientation", .choice(of: Orientation.self), "Before or after.", example: "preventive"),
                .optional("solidarity", .choice(of: Solidarity.self), "Ability or income.", example: "supply"),
                .optional("provider", .line, "A partner's id, or else a name.", example: "Werkhof Gallus"),
                .optional("window", .object(window), "First and last day.", example: windowExample, usual: true),
                .optional("hoursPerWeek", .weeklyHours, "Hours a week.", example: 20),
                .optional("weeklySlots", .list(of: .object(slot)), "When in the week.", example: .null),
                .optional("earliestStart", .date, "It cannot begin before.", example: "2026-03-02"),
                .optional("latestEnd", .date, "It has to have ended by.", example: "2026-12-31"),
                .optional(
                    "remove", .list(of: .choice(of: RemovableMeasureDetail.self)), "What no longer applies.",
                    example: ["latestEnd"]),
                .optional("reason", .prose, "Why.", example: "The course begins later.", usual: true),
            ]),
        CommandText(
            "relate-measures", "Says how two measures should lie in time.",
            notes: "The second may belong to another member of the household. Refused when it contradicts another.",
            fields: [
                .required("first", .identifier, "A measure of this case.", example: Example.measure),
                .required("second", .identifier, "The other measure.", example: Example.otherMeasure),
                .required(
                    "relation",
                    .choice(of: RelationKind.self), "The relation (FHIR action-relationship codes).",
                    example: "concurrent"),
                .optional("minDays", .days, "The least distance in days, 1 unless stated.", example: 1),
                .optional("maxDays", .days, "The greatest distance in days.", example: 28),
                .optional(
                    "tolerance", .integer(0...36_600), "Days more or less, 0 unless stated.", example: 14, usual: true),
            ]),
        CommandText(
            "unrelate-measures", "Takes back how two measures should lie in time.",
            notes: "For the office that set it, and for those whose measures are in it.",
            fields: [
                .required("first", .identifier, "The first measure of the relation.", example: Example.measure),
                .required("second", .identifier, "The second.", example: Example.otherMeasure),
                .optional(
                    "relation", .choice(of: RelationKind.self), "Which relation; all between the two unless stated.",
                    example: "concurrent", usual: true),
                .optional("reason", .prose, "Why.", example: "The course closed."),
            ]),
        CommandText(
            "agree-plan", "Records that the participant agrees to the plan.",
            notes: "Refused without a measure, and for a cooperation plan without an assessment.",
            fields: [
                .optional(
                    "planId", .identifier, "The plan; the office's only open one unless stated.", example: Example.plan),
                .optional("participantAgreedOn", .date, "When the participant agreed.", example: "2026-03-02"),
                .optional("byWhom", .line, "Who agreed, if not the participant.", example: "guardian"),
            ]),
        CommandText(
            "review-plan", "Records that the plan was reviewed with the participant.",
            notes: "Refused before the plan is agreed, before the last review, and when the plan is concluded.",
            fields: [
                .optional(
                    "planId", .identifier, "The plan; the office's only agreed one unless stated.",
                    example: Example.plan),
                .optional(
                    "on", .date, "The day of the review, the effective day unless stated.", example: "2026-03-02"),
                .optional(
                    "findings", .prose, "What was found.", example: "The course helps.", personal: true, usual: true),
                .optional(
                    "nextReview", .date, "When the next review is due; by the plan's interval unless stated.",
                    example: "2026-09-02", usual: true),
            ]),
        CommandText(
            "conclude-plan", "Ends a plan of the acting office, agreed or not.",
            notes: "Refused while measures of the plan are open.",
            fields: [
                .optional(
                    "planId", .identifier, "The plan; the office's only open one unless stated.", example: Example.plan),
                .optional(
                    "on", .date, "Its last day, the effective day unless stated.", example: "2027-02-26", usual: true),
                .optional("outcome", .prose, "What came of it.", example: "In training.", usual: true),
            ]),
        CommandText(
            "start-measure", "Records that a measure has begun.",
            notes: "Refused before the plan is agreed.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional(
                    "on", .date, "Its first day, the effective day unless stated.", example: "2026-03-02", usual: true),
            ]),
        CommandText(
            "pause-measure", "Records that a running measure is interrupted.",
            notes:
                "Paused days are not active days. Refused before it starts, after it ends, and when it is paused already.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional(
                    "on", .date, "The first day on which it does not run, the effective day unless stated.",
                    example: "2026-04-01", usual: true),
                .optional("reason", .prose, "Why.", example: "The workshop is being rebuilt.", usual: true),
            ]),
        CommandText(
            "resume-measure", "Records that a paused measure goes on.",
            notes: "Refused when it is not paused.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional(
                    "on", .date, "The first day on which it runs again, the effective day unless stated.",
                    example: "2026-04-20", usual: true),
            ]),
        CommandText(
            "complete-measure", "Records that a measure has reached its end.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional(
                    "on", .date, "Its last day, the effective day unless stated.", example: "2026-08-28", usual: true),
                .optional("outcome", .prose, "What came of it.", example: "Passed.", usual: true),
                .optional("certificate", .line, "The certificate, if there is one.", example: "DVS 1161"),
            ]),
        CommandText(
            "abandon-measure", "Records that a measure ended before its time.",
            fields: [
                .required("measureId", .identifier, "The measure.", example: Example.measure),
                .optional(
                    "on", .date, "Its last day, the effective day unless stated.", example: "2026-05-04", usual: true),
                .optional("reason", .prose, "Why.", example: "The course closed.", usual: true),
            ]),
    ]

    private static let windowExample: JSONValue = ["from": "2026-03-02", "to": "2026-08-28"]

    private static let window = BodySchema(
        title: "Window", description: "First and last day, both included.",
        fields: [
            .required("from", .date, "First day.", example: "2026-03-02"),
            .required("to", .date, "Last day.", example: "2026-08-28"),
        ])

    private static let slot = BodySchema(
        title: "WeeklySlot", description: "A time of the week.",
        fields: [
            .required("weekday", .integer(1...7), "1 is Monday.", example: 2),
            .required("from", .timeOfDay, "Beginning.", example: "08:00"),
            .required("to", .timeOfDay, "End.", example: "12:30"),
        ])
}
