import Foundation
import HTTPTypes
import Hummingbird
import Ledger

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name(validated: "Idempotency-Key")
    static let idempotentReplayed = HTTPField.Name(validated: "Idempotent-Replayed")
    static let ledgerPosition = HTTPField.Name(validated: "Ledger-Position")
    static let viewPosition = HTTPField.Name(validated: "View-Position")
    static let auditReason = HTTPField.Name(validated: "Audit-Reason")
    static let requestID = HTTPField.Name(validated: "X-Request-Id")
    static let contentTypeOptions = HTTPField.Name(validated: "X-Content-Type-Options")
    static let referrerPolicy = HTTPField.Name(validated: "Referrer-Policy")
    static let resourcePolicy = HTTPField.Name(validated: "Cross-Origin-Resource-Policy")
    static let frameOptions = HTTPField.Name(validated: "X-Frame-Options")

    /// A name that is written in the source; one that is no field name is a programming error.
    private init(validated name: String) {
        guard let name = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no field name") }
        self = name
    }
}

extension Request {
    /// The identifier that the caller chose for a command.
    ///
    /// - Throws: ``Problem`` when the header is no UUID.
    func idempotencyKey() throws -> UUID? {
        guard let text = headers[.idempotencyKey] else { return nil }
        guard TextFormats.isIdentifier(text), let id = UUID(text: text) else {
            throw Self.bad("Idempotency-Key", "has to be one UUID")
        }
        return id
    }

    /// The version that the caller decided on.
    ///
    /// - Throws: ``Problem`` when the header is anything but one entity tag of ours.
    func expectedVersion() throws -> Int? {
        guard let text = headers[.ifMatch] else { return nil }
        guard text.utf8.count >= 3, text.hasPrefix("\""), text.hasSuffix("\""),
            text.utf8.dropFirst().dropLast().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let version = Int(text.dropFirst().dropLast())
        else { throw Self.bad("If-Match", "has to be one version in quotes, such as \"7\"") }
        return version
    }

    /// Refuses bodies that do not say they are of that media type; parameters such as `charset` do not matter.
    ///
    /// - Throws: ``Problem``.
    func requireContentType(_ expected: String) throws {
        if let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw Problem(
                kind: .unsupportedMediaType,
                detail: "Compressed bodies are not taken; send it without Content-Encoding.")
        }
        // Nearly always it is said in just these words.
        if headers[.contentType] == expected { return }
        let stated = headers[.contentType]?.split(separator: ";", maxSplits: 1).first ?? ""
        guard stated.trimmingCharacters(in: .whitespaces).lowercased() == expected else {
            throw Problem(
                kind: .unsupportedMediaType, detail: "The body has to be sent with Content-Type: \(expected).")
        }
    }

    private static func bad(_ header: String, _ detail: String) -> Problem {
        Problem.malformed(
            "The header \(header) cannot be read.", [Problem.Issue(place: .header(header), detail: detail)])
    }
}
