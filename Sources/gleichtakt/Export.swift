import ArgumentParser
import CaseFile

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what the ledger holds in a form for other programs.",
        discussion: "schema: the JSON Schema (draft 2020-12) of every shape of every event, in one document.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case schema
    }

    @Option(help: "What to print.")
    var format: Format

    func run() async throws {
        switch format {
        case .schema: print(try EventCatalogueDocument().text())
        }
    }
}
