import CaseFile

/// The schemas of what is told of a person's data itself.
enum AccessReportSchemas {
    static let all: [JSONValue.Member] = [
        JSONValue.Member(name: "AccessReport", value: accessReport), JSONValue.Member(name: "AuditReads", value: reads),
    ]

    private static let text: JSONValue = ["type": "string"]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let number: JSONValue = ["type": "integer"]
    private static let day: JSONValue = ["type": "string", "format": "date"]
    private static let instant: JSONValue = ["type": "string", "format": "date-time"]
    private static let category = ValueShape.choice(of: ConsentCategory.self).schema

    private static func list(_ properties: JSONValue) -> JSONValue {
        ["type": "array", "items": ["type": "object", "properties": properties]]
    }

    private static let controllers = list(["office": text, "legalBasis": text, "from": day, "until": day])

    private static let accessReport: JSONValue = [
        "type": "object", "description": "Everything that is held on a person (Art. 15 GDPR, § 83 SGB X).",
        "required": [
            "caseId", "madeAt", "position", "rights", "controllers", "retentions", "recipients", "looks", "sources",
            "data",
        ],
        "properties": [
            "caseId": ["type": "string", "format": "uuid"], "madeAt": instant, "position": number,
            "rights": ["type": "array", "items": text], "controllers": controllers, "formerControllers": controllers,
            "retentions": list([
                "records": text, "through": day, "source": text, "rule": text, "ruleVersion": day,
            ]),
            "recipients": list([
                "office": text, "from": text, "category": category, "basis": text,
                "how": ["type": "string", "enum": ["look", "referral", "conference"]], "first": day, "last": day,
                "times": number,
            ]),
            "looks": list([
                "at": instant, "office": text, "role": text, "view": text, "isOnList": flag, "reason": text,
                "legalBasis": text, "categories": ["type": "array", "items": category],
            ]),
            "looksAreCutShort": flag,
            "sources": list([
                "position": number, "recordedAt": instant, "effectiveOn": day, "event": text, "office": text,
                "role": text,
            ]),
            "data": ["$ref": "#/components/schemas/CaseState"],
        ],
    ]

    private static let reads: JSONValue = [
        "type": "object", "description": "Who looked at a case, the latest first.", "required": ["items"],
        "properties": [
            "items": list([
                "number": number, "at": instant, "actor": text, "role": text, "office": text, "view": text,
                "isOnList": flag, "reason": text, "legalBasis": text,
                "disclosed": list(["from": text, "category": category, "basis": text]),
            ]),
            "next": [
                "type": "integer", "description": "What `before` asks for the next page; absent on the last one.",
            ],
        ],
    ]
}
