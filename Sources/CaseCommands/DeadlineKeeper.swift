import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Keeps the periods that rules set in cases: records each when a fact begins it, its new last day when the fact turns out to
/// be of another day, and its end.
///
/// Like ``FindingKeeper``, it does so through commands with derived identifiers, on the version it decided on.
struct DeadlineKeeper: Sendable {
    let handler: CommandHandler
    let clock: LedgerClock
    let book: DeadlineBook

    private static let worker = Actor(subject: "timing", role: .worker)

    init(handler: CommandHandler, clock: LedgerClock) {
        self.handler = handler
        self.clock = clock
        book = DeadlineBook(handler.rules)
    }

    /// What has to be recorded in a case on a day, and the next day on which something has to be without any event.
    struct Changes: Hashable {
        var commands: [CaseCommand] = []
        var nextChange: CalendarDate?
    }

    /// Looks at the cases that are seen together and records what changed.
    ///
    /// - Parameter day: the day on which they are looked at, and as of which what changed counts; today unless stated.
    /// - Returns: whether something was recorded, after which the cases are others; and the next day on which something has
    ///   to be.
    /// - Throws: what the handler and the ledger throw.
    func keep(_ sight: TimingSight, on day: CalendarDate?) async throws -> (hasChanged: Bool, next: CalendarDate?) {
        var hasChanged = false
        var next: CalendarDate?
        for (caseID, snapshot) in sight.cases.sorted(by: { $0.key < $1.key }) {
            let changes = try await changes(in: snapshot.state, of: caseID, on: day ?? clock.today)
            var version = snapshot.version
            for command in changes.commands {
                hasChanged = true
                // The version tells this change from an earlier one to the same deadline.
                version = try await handler.handle(
                    CommandRequest(
                        target: .caseFile(caseID, command), id: UUID(derivedFrom: caseID, "\(command.name) \(version)"),
                        expectedVersion: version, effectiveOn: day, actor: Self.worker, cause: "deadlines")
                ).version
            }
            next = [next, changes.nextChange].compactMap(\.self).min()
        }
        return (hasChanged, next)
    }

    /// Most cases have no period that depends on the place.
    private func changes(in state: CaseState, of caseID: UUID, on day: CalendarDate) async throws -> Changes {
        guard !book.isEmpty || state.deadlines.contains(where: \.isOpen) else { return Changes() }
        let facts = state.isClosed ? [] : state.datedFacts(of: caseID)
        let deadlines = book.deadlines(of: facts, in: caseID, calendar: nil)
        guard deadlines.contains(where: { $0.period.movesToWorkingDay && $0.metOn == nil }),
            let calendar = try await calendar(of: state)
        else { return Self.changes(in: state, to: deadlines, on: day) }
        return Self.changes(
            in: state, to: deadlines.map { $0.observed(in: calendar) }, on: day, calendar: calendar)
    }

    /// Compares what the rules set with what is recorded; in a closed case they set nothing. Pure.
    static func changes(
        in state: CaseState, to deadlines: [ComputedDeadline], on today: CalendarDate, calendar: HolidayCalendar? = nil
    ) -> Changes {
        var changes = Changes()
        var running: Set<UUID> = []
        var met: [UUID: CalendarDate] = [:]
        for computed in deadlines {
            let known = state.deadline(computed.id)
            if let metOn = computed.metOn {
                met[computed.id] = metOn
                continue
            }
            let command = SetDeadline(computed, movedBy: moved(known, to: computed, calendar))
            if computed.period.lapses, known?.suspension == nil {
                let end = known?.endsOn(ifComputed: command.endsOn) ?? command.endsOn
                guard today <= end else { continue }
                changes.nextChange = min(changes.nextChange ?? end + 1, end + 1)
            }
            running.insert(computed.id)
            if !state.hasSet(command) { changes.commands.append(.setDeadline(command)) }
        }
        for deadline in state.deadlines where deadline.isOpen && !running.contains(deadline.deadlineId) {
            let closing =
                if let day = met[deadline.deadlineId] {
                    CloseDeadline(deadlineId: deadline.deadlineId, outcome: .met, on: day)
                } else if deadlines.contains(where: { $0.id == deadline.deadlineId }) {
                    CloseDeadline(
                        deadlineId: deadline.deadlineId, outcome: .lapsed, on: deadline.endsOn)
                } else {
                    CloseDeadline(deadlineId: deadline.deadlineId, outcome: .void)
                }
            changes.commands.append(.closeDeadline(closing))
        }
        return changes
    }

    /// By how many days the end of a deadline that did not run for some days has to be moved to be a working day: those days
    /// are added to the last day that was counted, and what comes of it is moved (§ 209 BGB, § 26 Abs. 3 SGB X). A day that an
    /// office set instead stays (§ 26 Abs. 3 Satz 2 SGB X).
    private static func moved(
        _ known: Deadline?, to computed: ComputedDeadline, _ calendar: HolidayCalendar?
    ) -> Int {
        guard let known, known.suspendedDays != 0, known.rescheduledEnd == nil, computed.period.movesToWorkingDay,
            calendar != nil
        else { return 0 }
        let end = DeadlineBook.workingDay(from: computed.countedEnd + known.suspendedDays, calendar)
        return end - (computed.endsOn + known.suspendedDays)
    }

    /// The public holidays where the participant lives; `nil` where the programme area names no Land.
    private func calendar(of state: CaseState) async throws -> HolidayCalendar? {
        guard let areaId = state.participant?.areaId else { return nil }
        let area = try await handler.areas.current(.of(AreaEvent.self, areaId)).state.published
        guard let land = area?.land else { return nil }
        return HolidayCalendar(land: land, municipality: area?.municipality.flatMap { try? Municipality($0, in: land) })
    }
}

extension SetDeadline {
    fileprivate init(_ computed: ComputedDeadline, movedBy days: Int) {
        self.init(
            deadlineId: computed.id, rule: RuleReference(computed.rule), title: computed.rule.title,
            period: computed.period.name, office: computed.office, subject: computed.subject, from: computed.from,
            endsOn: computed.endsOn + days)
    }
}
