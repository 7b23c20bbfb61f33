import ArgumentParser
import CaseFile
import CaseService
import CaseTiming
import Foundation

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a token for development, signed with the key of the data directory.",
        discussion: "A service in production mode refuses that key.")

    @OptionGroup var data: DataOption
    @Option(help: "caseworker, supervisor, auditor, administrator or partner.")
    var role: Role
    @Option(help: "job-centre, youth-office or social-office; for caseworkers, and for supervisors of one office.")
    var office: Office?
    @Option(help: "Who the token is for, e.g. yo-7.")
    var subject: String
    @Option(help: "Programme areas the token is limited to, separated by commas; all if absent.")
    var areas: String?
    @Option(help: "How many seconds the token is valid.")
    var ttl = 3600

    func validate() throws {
        guard role != .worker else { throw ValidationError("The worker is part of the system and needs no token.") }
        guard ttl > 0 else { throw ValidationError("--ttl has to be a positive number of seconds.") }
        if role == .caseworker, office == nil {
            throw ValidationError("A caseworker works for an office; name it with --office.")
        }
    }

    func run() async throws {
        let key = try TokenKeys.developmentKey(await data.settings())
        let areas = areas.map { Set($0.split(separator: ",").map(String.init)) }
        let actor = Actor(subject: subject, role: role, office: office, areas: areas)
        print(try await key.token(for: actor, lifetime: ttl))
    }
}
