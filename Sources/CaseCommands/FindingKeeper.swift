import CaseFile
public import CaseTiming
import Foundation
public import Ledger

/// Keeps the findings of cases and households as the rules say: opens, updates and closes them through commands. The periods
/// that rules set are recorded right before, as findings rest on them; what follows from findings, and what happens by itself
/// on its day, has its turn right afterwards.
///
/// What it decides is a command like any other, with an identifier derived from what caused it and on the version it was
/// decided on. A second worker, a restart or a replay therefore changes nothing.
public struct FindingKeeper: Sendable {
    private let handler: CommandHandler
    private let evidence: FindingEvidence?
    private let deadlines: DeadlineKeeper
    private let clock: LedgerClock
    private let thresholds: TimingThresholds
    private let timers: TimerKeeper?
    private let alignments: AlignmentKeeper?

    /// A keeper that sends its commands to `handler`.
    ///
    /// - Parameters:
    ///   - namesEvents: whether each finding is recorded with the events that speak of what it rests on; they are read for
    ///     that.
    ///   - terms: how it proposes to bring measures into step; `nil` if it is to do no more than keep findings, and not to
    ///     fire timers either.
    public init(
        handler: CommandHandler, clock: LedgerClock, thresholds: TimingThresholds, namesEvents: Bool = true,
        terms: AlignmentTerms? = nil
    ) {
        self.handler = handler
        evidence = namesEvents ? FindingEvidence(store: handler.store) : nil
        deadlines = DeadlineKeeper(handler: handler, clock: clock)
        self.clock = clock
        self.thresholds = thresholds
        timers = terms.map { _ in TimerKeeper(handler: handler, clock: clock) }
        alignments = terms.map { AlignmentKeeper(handler: handler, clock: clock, terms: $0) }
    }

    private static let worker = Actor(subject: "timing", role: .worker)

    /// What looking at a scope came to: the next day, Europe/Berlin, on which its findings can change without any event,
    /// `nil` for never; or why it failed.
    ///
    /// ``CommandFailure/versionConflict(current:)`` says that something happened meanwhile: the scope is to be looked at
    /// again. Other failures are the scope's, or the ledger's when it cannot be reached.
    public typealias Outcome = Result<CalendarDate?, any Error>

    /// Looks at scopes and records what changed. What they need is read in one go, and what is found is sent at the same
    /// time, so that it commits together; nevertheless none of them fails because of another.
    ///
    /// - Parameter day: the day on which they are looked at, and as of which what changed counts; today unless stated.
    public func keep(_ scopes: Set<TimingScope>, on day: CalendarDate? = nil) async -> [TimingScope: Outcome] {
        do {
            return await record(try await TimingSights(of: scopes, through: handler), on: day)
        } catch {
            guard scopes.count > 1, Self.isOneScopes(error) else {
                return Dictionary(uniqueKeysWithValues: scopes.map { ($0, .failure(error)) })
            }
            var outcomes: [TimingScope: Outcome] = [:]
            for scope in scopes { outcomes.merge(await keep([scope], on: day)) { first, _ in first } }
            return outcomes
        }
    }

    /// Whether a failure may be that of one scope among many. A ledger that is away is asked once, not once for each.
    private static func isOneScopes(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError, LedgerError.unavailable, LedgerError.overloaded: false
        default: true
        }
    }

    private func record(_ sights: TimingSights, on day: CalendarDate?) async -> [TimingScope: Outcome] {
        await withTaskGroup(of: (TimingSight, Outcome).self) { group in
            for sight in sights.distinct {
                group.addTask {
                    do {
                        return (sight, .success(try await record(sight, on: day)))
                    } catch {
                        return (sight, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { outcomes, result in
                for scope in sights.scopes(lookedAtIn: result.0) { outcomes[scope] = result.1 }
            }
        }
    }

    private func record(_ seen: TimingSight, on day: CalendarDate?) async throws -> CalendarDate? {
        let kept = try await deadlines.keep(seen, on: day)
        let sight = kept.hasChanged ? try await seen.afterOwnChanges(through: handler) : seen
        let report = TimingRules.findings(in: sight.timeline, on: day ?? clock.today, thresholds: thresholds)
        var hasChanged = false
        for owner in sight.owners {
            let found = report.findings.filter { $0.owner == owner.scope }
            let version = try await reconcile(owner, with: found, on: day)
            hasChanged = hasChanged || version != owner.version
        }
        let byItself = [kept.next, report.nextChange].compactMap(\.self).min()
        guard let timers, let alignments else { return byItself }
        let fired = try await timers.keep(sight)
        let next = try await alignments.keep(
            sight, isStale: hasChanged || fired.hasFired, findings: report.findings)
        return [byItself, fired.next, next].compactMap(\.self).min()
    }

    /// The version of the stream afterwards.
    private func reconcile(
        _ owner: TimingSight.Owner, with found: [Finding], on day: CalendarDate?
    ) async throws -> Int {
        var version = owner.version
        let keys = Set(found.map(\.key))
        let found = try await complete(
            found.filter { finding in
                owner.register.open.first { $0.key == finding.key }?.resting(on: nil) != finding
            })
        for finding in found {
            let occurrence = owner.register.occurrences(of: finding.key)
            guard owner.register.open.contains(where: { $0.key == finding.key }) else {
                let name = "open \(finding.key) \(occurrence + 1)"
                version = try await send(
                    .open(finding), named: name, because: finding.key, to: owner.scope,
                    at: version, on: day)
                continue
            }
            // The version tells this change from an earlier one to the same content.
            let name = "update \(finding.key) \(version)"
            version = try await send(
                .update(finding), named: name, because: finding.key, to: owner.scope, at: version,
                on: day)
        }
        for finding in owner.register.open where !keys.contains(finding.key) {
            let name = "close \(finding.key) \(owner.register.occurrences(of: finding.key))"
            version = try await send(
                .close(finding.key), named: name, because: finding.key, to: owner.scope, at: version, on: day)
        }
        return version
    }

    /// The findings with the events that they rest on, as recorded by now.
    private func complete(_ findings: [Finding]) async throws -> [Finding] {
        guard let evidence, !findings.isEmpty else { return findings }
        let records = try await evidence.records(behind: findings)
        return findings.map { FindingEvidence.complete($0, from: records) }
    }

    private enum Change {
        case open(Finding)
        case update(Finding)
        case close(String)
    }

    private func send(
        _ change: Change, named name: String, because key: String, to scope: TimingScope, at version: Int,
        on day: CalendarDate?
    ) async throws -> Int {
        let target: TargetedCommand
        let namespace: UUID
        switch scope {
        case .singleCase(let id):
            namespace = id
            target =
                switch change {
                case .open(let finding): .caseFile(id, .openFinding(OpenFinding(finding: finding)))
                case .update(let finding): .caseFile(id, .updateFinding(UpdateFinding(finding: finding)))
                case .close(let key): .caseFile(id, .closeFinding(CloseFinding(key: key)))
                }
        case .household(let id):
            namespace = id
            target =
                switch change {
                case .open(let finding): .household(id, .openFinding(OpenFinding(finding: finding)))
                case .update(let finding): .household(id, .updateFinding(UpdateFinding(finding: finding)))
                case .close(let key): .household(id, .closeFinding(CloseFinding(key: key)))
                }
        }
        return try await handler.handle(
            CommandRequest(
                target: target, id: UUID(derivedFrom: namespace, name), expectedVersion: version, effectiveOn: day,
                actor: Self.worker, cause: key)
        ).version
    }
}
