import CaseCommands
import CaseTiming
import Foundation
import Ledger

/// Finds what is out of step in one household while its story is told, on the days on which the worker would have: after
/// each day on which something happened, and when a finding can change by itself.
///
/// Only the last months are looked at so closely: what was found before is closed by now, or found on the first day.
struct LaneWatch {
    /// So many days back the looking begins.
    private static let days = 90
    /// So often at most something is looked at between two days on which something happened.
    private static let limit = 8

    let keeper: FindingKeeper
    let today: CalendarDate
    private var caseID: UUID?
    /// The day of the commands that are told at present.
    private var day: CalendarDate?
    private var nextChange: CalendarDate?

    init(keeper: FindingKeeper, today: CalendarDate) {
        self.keeper = keeper
        self.today = today
    }

    /// To be called before a command is carried out: looks at all days that are over by then.
    mutating func advance(to request: CommandRequest) async throws {
        let next = request.effectiveOn ?? today
        if let day, day < next { try await look(after: day, before: next) }
        day = next
        if caseID == nil, case .caseFile(let id, _) = request.target { caseID = id }
    }

    /// Looks at the days from the last command through today.
    mutating func finish() async throws {
        if let day { try await look(after: day, before: today + 1) }
    }

    private mutating func look(after day: CalendarDate, before next: CalendarDate) async throws {
        guard let caseID else { return }
        let first = max(day, today - Self.days)
        guard first < next else { return }
        nextChange = try await look(on: first, at: caseID)
        for _ in 0..<Self.limit {
            guard let change = nextChange, change < next else { return }
            nextChange = try await look(on: change, at: caseID)
        }
        // What is left to change shows today.
        if next > today { nextChange = try await look(on: today, at: caseID) }
    }

    private func look(on day: CalendarDate, at caseID: UUID) async throws -> CalendarDate? {
        try await keeper.keep([.singleCase(caseID)], on: day)[.singleCase(caseID)]?.get() ?? nil
    }
}
