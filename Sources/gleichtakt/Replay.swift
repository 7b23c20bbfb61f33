import ArgumentParser
import CaseCommands
import CaseFile
import CaseService
import CaseTiming
import CaseViews
import Foundation
import Ledger

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replay a case from its events and print them, then the state they lead to.")

    @OptionGroup var data: DataOption
    @Argument(help: "The case's identifier.", transform: Self.identifier)
    var caseID: UUID
    @Option(help: "A position, or an instant such as 2026-03-02T08:00:00Z; now if absent.")
    var asOf: String?
    @Option(help: "Only what counts on this day or before, YYYY-MM-DD.")
    var effectiveOn: CalendarDate?
    @Option(help: "Print what this office could see instead of the whole state.")
    var office: Office?

    func run() async throws {
        let moment = try moment()
        let settings = try await data.settings()
        // The state shows personal fields, and only who serves may read the keys they are sealed under; the history itself is
        // read as an auditor.
        try await Assembly(settings, as: .service, connections: 1).withPool { assembly in
            let history = assembly.history(
                readingAs: try Assembly.makePool(settings, as: .auditor, connections: 1, logger: assembly.logger))
            let events = try await history.events(of: caseID, at: moment)
            guard !events.isEmpty else { throw Failure("No events of a case \(caseID) at that moment.") }
            for event in events {
                let author = String(decoding: event.metadata, as: UTF8.self)
                let payload = String(decoding: event.payload, as: UTF8.self)
                print(
                    "\(event.position)\t\(event.recordedAt)\t\(event.effectiveOn)\t\(event.type)\t\(author)\t\(payload)"
                )
            }
            guard
                let (document, _) = try await history.document(
                    of: caseID, at: moment, office: office, today: assembly.clock.today)
            else {
                throw Failure("The case was not visible to the \(office?.title ?? "office") at that moment.")
            }
            print(String(decoding: document, as: UTF8.self))
        }
    }

    private static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw ValidationError("'\(text)' is no UUID.") }
        return id
    }

    private func moment() throws -> CaseHistory.Moment {
        guard let asOf else { return CaseHistory.Moment(effectiveOn: effectiveOn) }
        if let position = Position(asOf), position >= 0 {
            return CaseHistory.Moment(position: position, effectiveOn: effectiveOn)
        }
        guard let instant = Instant(asOf) else {
            throw ValidationError("--as-of is '\(asOf)'; it can be a position or an instant with an offset.")
        }
        return CaseHistory.Moment(instant: instant, effectiveOn: effectiveOn)
    }
}
