import CaseFile

/// The schema of what was told in confidence.
enum EntrustedSchemas {
    static let all: [JSONValue.Member] = [JSONValue.Member(name: "EntrustedNotes", value: notes)]

    private static let notes: JSONValue = [
        "type": "object", "description": "What was told to the asking employee in confidence, or handed over to them.",
        "required": ["items"],
        "properties": [
            "items": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["noteId", "entrustedOn", "handovers"],
                    "properties": [
                        "noteId": ["type": "string", "format": "uuid"],
                        "entrustedOn": ["type": "string", "format": "date"],
                        "text": ["type": "string", "x-personal": true, "x-category": "entrusted"],
                        "toldBy": ValueShape.choice(of: Confider.self).schema,
                        "handovers": [
                            "type": "array",
                            "items": [
                                "type": "object",
                                "properties": [
                                    "successor": ["type": "string"],
                                    "ground": ValueShape.choice(of: HandoverGround.self).schema,
                                    "on": ["type": "string", "format": "date"],
                                ],
                            ],
                        ],
                    ],
                ],
            ]
        ],
    ]
}
