import CaseCommands
import CaseFile
import DemoRegion
import Foundation
import Ledger

/// Reads the commands of the invented region as the service does: from their path and body.
enum CommandScript {
    /// The request that a command of the demo makes.
    static func request(_ command: DemoCommand) throws -> CommandRequest {
        struct Dated: Decodable {
            var effectiveOn: CalendarDate?
        }
        let parts = command.path.split(separator: "/").map(String.init)
        guard parts.count == 4 else { throw BenchFailure("no route \(command.path)") }
        return CommandRequest(
            target: try target(parts[1], parts[2], parts[3], command.body), id: command.id,
            effectiveOn: try LedgerJSON.decode(Dated.self, from: Array(command.body)).effectiveOn, actor: command.actor)
    }

    private static func target(
        _ collection: String, _ id: String, _ name: String, _ body: Data
    ) throws -> TargetedCommand {
        switch (collection, UUID(uuidString: id)) {
        case ("cases", let id?): .caseFile(id, try read(name, body))
        case ("areas", _): .area(id, try read(name, body))
        case ("offers", let id?): .offer(id, try read(name, body))
        case ("partners", let id?): .partner(id, try read(name, body))
        case ("employment-fields", let id?): .employmentField(id, try read(name, body))
        default: throw BenchFailure("no command \(name) for \(collection)")
        }
    }

    private static func read<Family: CommandFamily>(_ name: String, _ body: Data) throws -> Family {
        guard let kind = Family.kind(named: name) else { throw BenchFailure("no command \(name)") }
        return try kind.decode(body)
    }
}
