import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// One route with everything that is said of it: the router and the API document are both made from these.
struct Operation: Sendable {
    /// Who may use it.
    enum Access: Hashable, Sendable {
        /// Everybody, without a token.
        case open
        /// Whom the policy lets do it.
        case action(AccessAction)
        /// Whom the policy lets do it, of the office that the path names.
        case officeAction(AccessAction)
    }

    var method: HTTPRequest.Method
    /// The path with its parameters in braces.
    var path: String
    /// Unique, for generated clients.
    var id: String
    /// The group in the API document.
    var tag: String
    var summary: String
    var notes = ""
    var access: Access
    var parameters: [Parameter] = []
    var body: Body?
    var answers: [Answer]
    /// The errors beside those that every route may answer.
    var problems: [ProblemKind] = []
    var handle: @Sendable (ServiceRequest) async throws -> Response

    /// A parameter of the path, the query or the header.
    struct Parameter: Hashable, Sendable {
        enum Place: String, Sendable {
            case path, query, header
        }

        var name: String
        var place: Place
        var shape: ValueShape
        var isRequired: Bool
        var description: String
        var example: JSONValue?
        /// What the text of a header looks like, where its shape does not say it.
        var pattern: String?

        static func query(
            _ name: String, _ shape: ValueShape, _ description: String, example: JSONValue? = nil
        ) -> Parameter {
            Parameter(
                name: name, place: .query, shape: shape, isRequired: false, description: description, example: example)
        }

        static func requiredQuery(
            _ name: String, _ shape: ValueShape, _ description: String, example: JSONValue
        ) -> Parameter {
            Parameter(
                name: name, place: .query, shape: shape, isRequired: true, description: description, example: example)
        }

        static func path(_ name: String, _ shape: ValueShape, _ description: String, example: JSONValue) -> Parameter {
            Parameter(
                name: name, place: .path, shape: shape, isRequired: true, description: description, example: example)
        }

        static func header(
            _ name: String, _ shape: ValueShape, _ description: String, required: Bool = false,
            example: JSONValue? = nil, pattern: String? = nil
        ) -> Parameter {
            Parameter(
                name: name, place: .header, shape: shape, isRequired: required, description: description,
                example: example, pattern: pattern)
        }
    }

    /// What is sent.
    struct Body: Sendable {
        var mediaType: String
        var schema: BodySchema
        /// The schemas of which it has to fit exactly one, where it can be different things.
        var alternatives: [BodySchema] = []
    }

    /// What is answered when all is well.
    struct Answer: Sendable {
        var status: Int
        var description: String
        /// Schemas of the API document by media type; none for an empty answer.
        var content: [(mediaType: String, schema: JSONValue)] = []
        /// Names and descriptions of headers.
        var headers: [(name: String, description: String)] = []
    }
}

/// A request on its way into an operation: who asks and what for are known and well-formed.
struct ServiceRequest: Sendable {
    var request: Request
    var context: ServiceContext
    /// Who asks; `nil` only on open routes.
    var caller: CaseFile.Actor?
    var query: QueryParameters

    /// Who asks.
    var actor: CaseFile.Actor {
        get throws {
            guard let caller else { throw Problem(kind: .unauthenticated, detail: "This needs a token.") }
            return caller
        }
    }

    /// The office of the path.
    var office: Office {
        get throws {
            guard let office = context.parameters.get("office").flatMap(Office.init(rawValue:)) else {
                throw Problem.notFound
            }
            return office
        }
    }

    /// A UUID of the path; what is none is unknown.
    func identifier(_ name: String) throws -> UUID {
        guard let text = context.parameters.get(name), let id = UUID(uuidString: text) else { throw Problem.notFound }
        return id
    }
}
