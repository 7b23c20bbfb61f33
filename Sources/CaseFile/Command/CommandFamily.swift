public import Foundation
import Ledger

/// The data of one command. Its `Codable` form is the JSON body of the HTTP API without `effectiveOn`.
public protocol CommandBody: Codable, Hashable, Sendable {
    /// The command's name in the imperative, e.g. `start-measure`.
    static var name: String { get }
}

/// All the commands of one category of streams, an enum with one case per body.
public protocol CommandFamily: Hashable, Sendable {
    /// One entry per case.
    static var kinds: [CommandKind<Self>] { get }
    /// The data of this command.
    var body: any CommandBody { get }
}

extension CommandFamily {
    /// The command's name in the imperative, e.g. `start-measure`.
    public var name: String { type(of: body).name }

    /// The kind of that name, or `nil` when the family has no such command.
    public static func kind(named name: String) -> CommandKind<Self>? { kinds.first { $0.name == name } }
}

/// How one command is read, and whether clients may ask for it.
public struct CommandKind<Family: Sendable>: Sendable {
    /// Who asks for commands of a kind.
    public enum Origin: Hashable, Sendable {
        /// Clients, by HTTP or import.
        case client
        /// Only the system itself: the worker, or the consequence of another command.
        case system
    }

    /// The command's name in the imperative.
    public let name: String
    /// Who asks for it. A command of origin ``Origin/system`` is no route of the API.
    public let origin: Origin
    private let read: @Sendable ([UInt8]) throws -> Family

    /// The kind of command whose data is `body`, placed in its family by `embed`.
    public init<Body: CommandBody>(
        _ body: Body.Type, from origin: Origin = .client, _ embed: @escaping @Sendable (Body) -> Family
    ) {
        name = Body.name
        self.origin = origin
        read = { bytes in embed(try LedgerJSON.decode(Body.self, from: bytes)) }
    }

    /// The command with `bytes` (JSON) as its body; fields it does not know are left aside.
    ///
    /// - Throws: `DecodingError`.
    public func decode(_ bytes: [UInt8]) throws -> Family { try read(bytes) }

    /// The command with `data` (JSON) as its body, as the other form of this function takes it.
    public func decode(_ data: Data) throws -> Family { try read(Array(data)) }
}
