/// The schemas of what the what-ifs of timing answer.
enum TimingSchemas {
    static let all: [JSONValue.Member] = [
        .init(name: "PeriodEnd", value: periodEnd), .init(name: "AlignmentAnswer", value: alignmentAnswer),
    ]

    private static let periodEnd: JSONValue = [
        "type": "object",
        "description": "The last day of a period, and how it was found.",
        "required": ["endsOn", "steps"],
        "properties": [
            "endsOn": ["type": "string", "format": "date", "description": "The period ends when this day ends."],
            "steps": [
                "type": "array", "items": ["type": "string"], "description": "Sentences, each with its source.",
            ],
        ],
        "examples": [
            [
                "endsOn": "2026-04-30",
                "steps": [
                    .string(
                        "The day of the event, 2026-03-30, is not counted: the period begins with 2026-03-31. "
                            + "(§ 26 Abs. 1 SGB X, § 187 Abs. 1 BGB)"),
                    "1 month ends on the same-numbered day, 2026-04-30. (§ 188 Abs. 2 BGB)",
                    "The period ends at the end of Thursday, 2026-04-30, a working day. (§ 188 BGB, § 26 Abs. 3 SGB X)",
                ],
            ]
        ],
    ]

    private static let alignmentAnswer: JSONValue = [
        "type": "object",
        "description": "The shifts that bring all measures into step, or why there are none.",
        "required": ["feasible"],
        "properties": [
            "feasible": ["type": "boolean"],
            "cost": ["type": "number", "description": "The sum of weight × |days|; where feasible."],
            "shifts": [
                "type": "array", "description": "One for every measure, by id; where feasible.",
                "items": [
                    "type": "object", "required": ["id", "days"],
                    "properties": [
                        "id": ["type": "string"],
                        "days": ["type": "integer", "description": "Negative for earlier, 0 where it stays."],
                    ],
                ],
            ],
            "contradiction": [
                "type": "array",
                "description": "A smallest set of relations that cannot all hold, one following the other; else.",
                "items": [
                    "type": "object", "required": ["first", "second", "relation", "sentence"],
                    "properties": [
                        "first": ["type": "string"], "second": ["type": "string"],
                        "relation": [
                            "type": "string",
                            "description": .string(
                                "As it was asked; `limits` where a measure's own limits leave it no room, which then is "
                                    + "first and second."),
                        ],
                        "sentence": [
                            "type": "string", "description": "What is asked, and the limits that stand against it.",
                        ],
                    ],
                ],
            ],
        ],
        "examples": [
            [
                "feasible": true, "cost": 24,
                "shifts": [["id": "coaching", "days": -24], ["id": "welding", "days": 0]],
            ],
            [
                "feasible": false,
                "contradiction": [
                    [
                        "first": "welding", "second": "coaching", "relation": "before",
                        "sentence": .string(
                            "Measure welding cannot move: it lies from 2026-03-02 to 2026-05-29. Measure coaching has to "
                                + "start at least 1 day after measure welding ends. Measure coaching cannot end after "
                                + "2026-05-31."),
                    ]
                ],
            ],
        ],
    ]
}
