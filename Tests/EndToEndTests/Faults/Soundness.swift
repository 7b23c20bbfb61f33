import Foundation
import Testing

extension Installation {
    /// Expects that every acknowledged command is recorded exactly once as it was answered, that none is there in part,
    /// and that the views, once they have come to rest, are what a replay of the ledger yields.
    func expectSound(
        _ crowd: Crowd, _ circumstances: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await waitUntilReady()
        try await waitUntilAtRest()
        let audit = LedgerAudit(of: self)
        let damages = try await audit.damages(crowd.book)
        #expect(
            damages.isEmpty, "\(circumstances):\n\(damages.prefix(20).joined(separator: "\n"))",
            sourceLocation: sourceLocation)
        let (events, findings) = try await audit.counts()
        print(
            "\(crowd.book.acknowledged) commands acknowledged, \(crowd.book.givenUp) given up; \(events) events, "
                + "\(findings) of them about findings; \(circumstances)")
        let (status, output) = try await verify()
        #expect(status == 0, "\(circumstances):\n\(output)", sourceLocation: sourceLocation)
    }

    /// Waits until the views have reached the ledger's end and nothing is on the agenda of timing any more.
    func waitUntilAtRest() async throws {
        let audit = LedgerAudit(of: self)
        try await eventually(
            "the views reach the end of the ledger, and timing has nothing to do", limit: .seconds(180)
        ) {
            try await audit.isAtRest()
        }
    }
}
