import CaseTiming

/// The schema of what is told of rules.
enum RuleSchemas {
    static let all: [JSONValue.Member] = [.init(name: "Rules", value: rules), .init(name: "Rule", value: rule)]

    private static let rules: JSONValue = [
        "type": "object", "description": "The rules of law of a day.", "required": ["on", "items"],
        "properties": [
            "on": ["type": "string", "format": "date"],
            "items": ["type": "array", "items": ["$ref": "#/components/schemas/Rule"]],
        ],
    ]

    private static let rule: JSONValue = [
        "type": "object",
        "description": "The version of a rule that is the one of a day.",
        "required": ["id", "title", "version", "source", "validFrom", "status", "active", "event", "periods"],
        "properties": [
            "id": ["type": "string", "description": "What commands and events call it."],
            "title": ["type": "string"],
            "version": [
                "type": "string", "format": "date", "description": "What tells the versions apart: validFrom.",
            ],
            "source": ["type": "string", "description": "Law and paragraph."],
            "validFrom": ["type": "string", "format": "date"],
            "validTo": ["type": "string", "format": "date", "description": "The last day; absent without an end."],
            "status": ["type": "string", "enum": .array(RuleStatus.allCases.map { .string($0.rawValue) })],
            "active": ["type": "boolean", "description": "Whether it is applied: only what is in force is."],
            "event": ["type": "string", "description": "What sets it off."],
            "facts": [
                "type": "array", "items": ["type": "string"],
                "description": "What offices record for it with `record-fact`, because no other command does.",
            ],
            "periods": ["type": "array", "items": period],
            "wageSubsidy": wageSubsidy, "reduction": reduction, "voucher": voucher,
            "retention": retention,
            "note": ["type": "string"],
        ],
    ]

    private static let length: JSONValue = ["type": "string", "description": "ISO 8601: P2W, P1M, P1Y."]
    private static let percentage: JSONValue = ["type": "number", "minimum": 0, "maximum": 100]
    private static let months: JSONValue = ["type": "integer", "minimum": 1]

    private static let period: JSONValue = [
        "type": "object", "required": ["name", "length", "counts", "movesToWorkingDay", "posted", "lapses"],
        "properties": [
            "name": ["type": "string"], "length": length,
            "event": ["type": "string", "description": "What sets it off, where it is not what sets off the rule."],
            "counts": ["type": "string", "enum": ["after", "before"]],
            "movesToWorkingDay": [
                "type": "boolean",
                "description": "Whether an end on a day off moves to the next working day (§ 26 Abs. 3 SGB X).",
            ],
            "starts": facts("What begins a deadline in a case; absent where people have to see to it."),
            "ends": facts("What ends it, happening to the same plan, measure, referral …"),
            "endsInCase": facts("What ends it, happening to anything of the same office in the case."),
            "endsEarlier": [
                "type": "boolean", "description": "Whether what ends it may also have happened before it began.",
            ],
            "posted": [
                "type": "boolean",
                "description":
                    "Whether it counts from the notification of a decision that is posted (§ 37 Abs. 2 SGB X).",
            ],
            "lapses": ["type": "boolean", "description": "Whether it simply runs out."],
        ],
    ]

    private static func facts(_ description: String) -> JSONValue {
        [
            "type": "array", "description": .string(description),
            "items": [
                "type": "object", "required": ["fact"],
                "properties": [
                    "fact": [
                        "type": "string",
                        "description": .string(
                            "One of \(DatedFact.names.sorted().joined(separator: ", ")), or of `facts` of a rule."),
                    ],
                    "kind": [
                        "type": "string", "description": "Only of this kind; a paragraph means all its sections.",
                    ],
                ],
            ],
        ]
    }

    private static let wageSubsidy: JSONValue = [
        "type": "object", "required": ["steps", "conditions"],
        "properties": [
            "steps": [
                "type": "array", "description": "The highest rates, one step after the other.",
                "items": [
                    "type": "object", "required": ["months", "rate"],
                    "properties": ["months": months, "rate": percentage],
                ],
            ],
            "minimumAge": ["type": "integer", "description": "In years, on the first day."],
            "conditions": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    private static let reduction: JSONValue = [
        "type": "object",
        "required": ["grounds", "steps", "cap", "requiresHearing", "requiresHardshipExamination"],
        "properties": [
            "grounds": ["type": "array", "items": ["type": "string"]],
            "steps": [
                "type": "array", "description": "The first, the second, and so on; the last for all that follow.",
                "items": [
                    "type": "object", "required": ["percentage", "months"],
                    "properties": ["percentage": percentage, "months": months],
                ],
            ],
            "repeatWithin": length, "cap": percentage, "decideWithin": length, "leastLength": length,
            "requiresHearing": ["type": "boolean"], "requiresHardshipExamination": ["type": "boolean"],
        ],
    ]

    private static let retention: JSONValue = [
        "type": "object", "required": ["records", "length", "from", "ofMinors"],
        "properties": [
            "records": ["type": "string", "description": "The class of records that are kept."],
            "length": length, "from": ["type": "string", "enum": ["record", "year-end", "age"]],
            "age": ["type": "integer", "description": "In years, where the time counts from that age on."],
            "ofMinors": ["type": "boolean", "description": "Whether only records of minors are meant."],
        ],
    ]

    private static let voucher: JSONValue = [
        "type": "object", "required": ["kind", "isRegional", "limits"],
        "properties": [
            "kind": ["type": "string"],
            "isRegional": ["type": "boolean", "description": "Whether it has to say in which region it holds."],
            "limits": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["content", "length"],
                    "properties": ["content": ["type": "string"], "length": length, "extended": length],
                ],
            ],
        ],
    ]
}
