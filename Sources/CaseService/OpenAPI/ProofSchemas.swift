/// The schemas of proofs over the sealed ledger.
enum ProofSchemas {
    static let all: [JSONValue.Member] = [
        .init(name: "InclusionProof", value: inclusion),
        .init(name: "ConsistencyProof", value: consistency),
    ]

    private static let hash: JSONValue = [
        "type": "string", "contentEncoding": "base64", "minLength": 44, "maxLength": 44,
        "description": "A SHA-256 hash in base64.",
    ]
    private static let path: JSONValue = ["type": "array", "items": hash, "maxItems": 64]
    private static let size: JSONValue = ["type": "integer", "minimum": 1]

    private static let inclusion: JSONValue = [
        "type": "object",
        "description": "That a leaf is part of a tree (RFC 6962, section 2.1.1).",
        "required": ["position", "index", "size", "leafHash", "path", "root"],
        "properties": [
            "position": ["type": "integer", "minimum": 1, "description": "The event's position."],
            "index": ["type": "integer", "minimum": 0, "description": "The leaf's place: the position less one."],
            "size": size, "leafHash": hash, "path": path, "root": hash,
            "checkpoint": [
                "type": "string", "description": "The signed checkpoint of that size, if there is one.",
            ],
        ],
    ]

    private static let consistency: JSONValue = [
        "type": "object",
        "description": "That one tree is the beginning of another (RFC 6962, section 2.1.2).",
        "required": ["from", "to", "fromRoot", "path", "toRoot"],
        "properties": ["from": size, "to": size, "fromRoot": hash, "path": path, "toRoot": hash],
    ]
}
