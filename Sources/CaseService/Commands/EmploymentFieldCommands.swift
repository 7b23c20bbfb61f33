import CaseFile

/// The commands about new fields of work.
enum EmploymentFieldCommands {
    private static let warning =
        "Answers `warnings`, and refuses nothing, when the organisation that opens the field is also one that qualifies the "
        + "people for it."

    static let all: [CommandText] = [
        CommandText(
            "publish-employment-field", "Makes a new field of work known.", notes: warning,
            fields: [.required("name", .line, "Its name.", example: "Repair and reuse")] + details),
        CommandText(
            "change-employment-field", "Changes what is known of a field of work, and where its tasks stand.",
            notes: "What is absent stays. " + warning,
            fields: [.optional("name", .line, "Its name.", example: "Repair and reuse")] + details + [
                .optional(
                    "tasks",
                    .list(
                        of: .object(
                            BodySchema(
                                title: "FieldTaskState", description: "Where a task stands, and what shows it.",
                                fields: [
                                    .required(
                                        "task", .choice(of: FieldTask.self), "The task.", example: "exploring-fields"),
                                    .required(
                                        "state", .choice(of: FieldTaskState.Progress.self), "Where it stands.",
                                        example: "done"),
                                    .optional("evidence", .prose, "What shows it.", example: "Report of May 2026."),
                                ])), count: 0...11),
                    "Where tasks stand now, each once.",
                    example: [["task": "exploring-fields", "state": "done", "evidence": "Report of May 2026."]],
                    usual: true),
                .optional("reason", .prose, "Why.", example: "The report is there.", usual: true),
            ]),
        CommandText(
            "close-employment-field", "Closes a field of work.",
            fields: [.optional("reason", .prose, "Why.", example: "No demand.", usual: true)]),
    ]

    private static let details: [BodyField] = [
        .optional("description", .prose, "What work it is.", example: "Household appliances, furniture, bicycles."),
        .optional("areaIds", .list(of: .slug), "Where it is opened.", example: [Example.area], usual: true),
        .optional(
            "occupations", .list(of: .occupation), "The occupations it takes (KldB 2010).", example: ["26212"]),
        .optional("openedBy", .identifier, "The partner that opens it.", example: Example.partner, usual: true),
        .optional(
            "qualifiedBy", .list(of: .identifier), "The partners that qualify people for it.",
            example: ["0198c0de-0000-7000-8000-000000000062"], usual: true),
    ]
}
