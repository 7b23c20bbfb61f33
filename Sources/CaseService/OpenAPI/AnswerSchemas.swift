/// The schemas of answers that several operations share.
enum AnswerSchemas {
    static let all: [JSONValue.Member] = [
        .init(name: "CommandReceipt", value: commandReceipt),
        .init(name: "ImportVerdict", value: importVerdict),
        .init(name: "Problem", value: problem),
    ]

    private static let events: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["type", "version", "position"],
            "properties": [
                "type": ["type": "string", "examples": ["MeasureStarted"]],
                "version": ["type": "integer"],
                "position": ["type": "integer"],
            ],
        ],
    ]

    private static let commandReceipt: JSONValue = [
        "type": "object",
        "description":
            "What was recorded; one of caseId, areaId, offerId, partnerId and employmentFieldId says of what.",
        "required": ["version", "position", "events"],
        "properties": [
            "caseId": ["type": "string", "format": "uuid"],
            "areaId": ["type": "string"],
            "offerId": ["type": "string", "format": "uuid"],
            "partnerId": ["type": "string", "format": "uuid"],
            "employmentFieldId": ["type": "string", "format": "uuid"],
            "version": ["type": "integer", "description": "The version after the command."],
            "position": ["type": "integer", "description": "The highest position that the command reached."],
            "events": events,
            "warnings": warnings,
            "candidates": [
                "type": "array",
                "description":
                    "After register-participant: the office's cases that may be about the same person; absent without any.",
                "items": ["$ref": "#/components/schemas/Candidate"],
            ],
        ],
    ]

    private static let warnings: JSONValue = [
        "type": "array", "description": "What people should look at although it was recorded; absent without any.",
        "items": [
            "type": "object", "required": ["code", "detail"],
            "properties": ["code": ["type": "string"], "detail": ["type": "string"]],
        ],
    ]

    private static let importVerdict: JSONValue = [
        "type": "object",
        "description": "One line: the number of the command's line, and a receipt or a problem.",
        "required": ["line", "status"],
        "properties": [
            "line": ["type": "integer", "minimum": 1],
            "status": ["type": "integer"],
            "replayed": ["type": "boolean"],
            "version": ["type": "integer"],
            "position": ["type": "integer"],
            "events": events,
            "warnings": warnings,
            "code": ["type": "string"],
            "detail": ["type": "string"],
            "rule": ["type": "string"],
        ],
    ]

    private static let problem: JSONValue = [
        "type": "object",
        "description": "RFC 9457.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": [
            "type": ["type": "string", "format": "uri-reference"],
            "title": ["type": "string"],
            "status": ["type": "integer"],
            "detail": ["type": "string", "description": "What happened and what to do about it."],
            "code": [
                "type": "string", "enum": .array(ProblemKind.allCases.map { .string($0.rawValue) }),
            ],
            "rule": ["type": "string", "description": "The rule of the domain that says no."],
            "currentVersion": ["type": "integer"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["detail"],
                    "properties": [
                        "pointer": ["type": "string", "description": "JSON pointer into the body."],
                        "parameter": ["type": "string", "description": "Name of a parameter."],
                        "header": ["type": "string", "description": "Name of a header."],
                        "detail": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}
