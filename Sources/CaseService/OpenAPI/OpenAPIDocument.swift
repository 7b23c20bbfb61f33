import CaseFile
import HTTPTypes
import Ledger

/// The description of the API (OpenAPI 3.1), made from the same operations as the router.
struct OpenAPIDocument: Sendable {
    let value: JSONValue

    /// The document's bytes, made once.
    var bytes: [UInt8] { JSONWriter.bytes(of: value) }

    /// The document of these operations.
    init(_ operations: [Operation]) {
        var paths: [JSONValue.Member] = []
        for operation in operations {
            let method = JSONValue.Member(
                name: operation.method.rawValue.lowercased(), value: Self.operation(operation))
            if let index = paths.firstIndex(where: { $0.name == operation.path }),
                case .object(let methods) = paths[index].value
            {
                paths[index].value = .object(methods + [method])
            } else {
                paths.append(JSONValue.Member(name: operation.path, value: .object([method])))
            }
        }
        var schemas: [JSONValue.Member] = []
        for body in operations.compactMap(\.body) {
            schemas.append(.init(name: body.schema.title, value: Self.schema(of: body)))
        }
        value = [
            "openapi": "3.1.0",
            "info": [
                "title": "Gleichtakt",
                "summary": "Three offices, one case, in step.",
                "description": .string(Self.introduction),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
                "version": "1",
            ],
            "servers": [["url": "/"]],
            "tags": .array(Self.tags(of: operations)),
            "security": [["token": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                        "description": .string(
                            "RS256, ES256 or EdDSA. Claims: sub, name, role, office, areas (absent: all), exp."),
                    ]
                ],
                "schemas": .object(
                    schemas + AnswerSchemas.all + TimingSchemas.all + RuleSchemas.all + ViewSchemas.all
                        + AccessReportSchemas.all + EntrustedSchemas.all + ProofSchemas.all),
            ],
        ]
    }

    private static let introduction = """
        Commands change a case and answer the ledger's position; queries of the offices' views take that position as \
        `atLeast`, so that a caller reads what it wrote. Dates are days in Europe/Berlin, instants RFC 3339. Errors are \
        problem documents (RFC 9457); what is unknown and what is not visible to the caller is answered alike.
        """

    private static func tags(of operations: [Operation]) -> [JSONValue] {
        operations.reduce(into: [JSONValue]()) { tags, operation in
            let tag: JSONValue = ["name": .string(operation.tag)]
            if !tags.contains(tag) { tags.append(tag) }
        }
    }

    private static func operation(_ operation: Operation) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "operationId", value: .string(operation.id)),
            .init(name: "tags", value: [.string(operation.tag)]),
            .init(name: "summary", value: .string(operation.summary)),
        ]
        let description = [operation.notes, roles(operation.access)].filter { !$0.isEmpty }.joined(separator: "\n\n")
        if !description.isEmpty { members.append(.init(name: "description", value: .string(description))) }
        if let roles = operation.access.roles {
            members.append(.init(name: "x-roles", value: .array(roles.map { .string($0.rawValue) })))
        }
        if let action = operation.access.policyAction {
            members.append(.init(name: "x-action", value: .string(action.rawValue)))
        }
        if operation.access == .open { members.append(.init(name: "security", value: [])) }
        if !operation.parameters.isEmpty {
            members.append(.init(name: "parameters", value: .array(operation.parameters.map(parameter))))
        }
        if let body = operation.body {
            let content: JSONValue = [
                "schema": .object([.init(name: "$ref", value: .string("#/components/schemas/\(body.schema.title)"))]),
                "examples": examples(of: body),
            ]
            members.append(
                .init(
                    name: "requestBody",
                    value: ["required": true, "content": .object([.init(name: body.mediaType, value: content)])]))
        }
        members.append(.init(name: "responses", value: responses(operation)))
        return .object(members)
    }

    private static func schema(of body: Operation.Body) -> JSONValue {
        guard !body.alternatives.isEmpty else { return body.schema.schema }
        return [
            "description": .string(body.schema.description), "oneOf": .array(body.alternatives.map(\.schema)),
        ]
    }

    private static func examples(of body: Operation.Body) -> JSONValue {
        guard !body.alternatives.isEmpty else {
            return ["usual": ["value": body.schema.example], "full": ["value": body.schema.fullExample]]
        }
        return .object(
            body.alternatives.map { JSONValue.Member(name: $0.title, value: ["value": $0.fullExample]) })
    }

    private static func roles(_ access: Operation.Access) -> String {
        switch access {
        case .open: ""
        case .action(let action):
            "Roles: \(AccessPolicy.roles(for: action).map(\.rawValue).joined(separator: ", "))."
        case .officeAction(let action):
            "Roles: \(AccessPolicy.roles(for: action).map(\.rawValue).joined(separator: ", ")) of the office in the "
                + "address."
        }
    }

    private static func parameter(_ parameter: Operation.Parameter) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "name", value: .string(parameter.name)),
            .init(name: "in", value: .string(parameter.place.rawValue)),
            .init(name: "required", value: .boolean(parameter.isRequired)),
            .init(name: "description", value: .string(parameter.description)),
            .init(
                name: "schema",
                value: parameter.pattern.map { ["type": "string", "pattern": .string($0)] } ?? parameter.shape.schema),
        ]
        if let example = parameter.example { members.append(.init(name: "example", value: example)) }
        return .object(members)
    }

    private static func responses(_ operation: Operation) -> JSONValue {
        var responses: [JSONValue.Member] = operation.answers.map { answer in
            var members: [JSONValue.Member] = [.init(name: "description", value: .string(answer.description))]
            if !answer.headers.isEmpty {
                members.append(
                    .init(
                        name: "headers",
                        value: .object(
                            answer.headers.map { name, description in
                                JSONValue.Member(
                                    name: name,
                                    value: ["description": .string(description), "schema": ["type": "string"]])
                            })))
            }
            if !answer.content.isEmpty {
                members.append(
                    .init(
                        name: "content",
                        value: .object(
                            answer.content.map { mediaType, schema in
                                JSONValue.Member(name: mediaType, value: ["schema": schema])
                            })))
            }
            return .init(name: String(answer.status), value: .object(members))
        }
        for problem in problems(of: operation) {
            responses.append(
                .init(
                    name: String(problem.status),
                    value: [
                        "description": .string("`\(problem.rawValue)`: \(problem.title)."),
                        "content": [
                            "application/problem+json": [
                                "schema": ["$ref": "#/components/schemas/Problem"], "example": problem.example,
                            ]
                        ],
                    ]))
        }
        return .object(responses)
    }

    private static func problems(of operation: Operation) -> [ProblemKind] {
        let always: [ProblemKind] =
            operation.access == .open ? [] : [.unauthenticated, .forbidden, .rateLimited, .unavailable, .internalError]
        return Set(operation.problems + always).sorted { $0.status < $1.status }
    }
}

extension Operation.Access {
    /// What the policy calls it; `nil` where nobody needs a token.
    var policyAction: AccessAction? {
        switch self {
        case .open: nil
        case .action(let action), .officeAction(let action): action
        }
    }

    /// The roles that may use an operation; `nil` where nobody needs a token.
    fileprivate var roles: [Role]? {
        switch self {
        case .open: nil
        case .action(let action), .officeAction(let action): AccessPolicy.roles(for: action)
        }
    }
}

extension ProblemKind {
    /// A problem document of that kind.
    fileprivate var example: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "type", value: .string(type)), .init(name: "title", value: .string(title)),
            .init(name: "status", value: .number(String(status))),
        ]
        switch self {
        case .rejected:
            let rejection = Rejection.alreadyEngaged
            members.append(.init(name: "detail", value: .string(rejection.detail)))
            members.append(.init(name: "code", value: .string(rawValue)))
            members.append(.init(name: "rule", value: .string(rejection.rule)))
        case .malformed:
            members.append(.init(name: "detail", value: "The body does not fit engage-office; see errors."))
            members.append(.init(name: "code", value: .string(rawValue)))
            members.append(
                .init(
                    name: "errors",
                    value: [
                        [
                            "pointer": "/office",
                            "detail": .string("is missing: " + BodyValidator.expectation(of: .office)),
                        ]
                    ]))
        default:
            members.append(.init(name: "detail", value: .string(title + ".")))
            members.append(.init(name: "code", value: .string(rawValue)))
        }
        return .object(members)
    }
}
