import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger

/// Keeps the findings of a case or household as the rules say: opens, updates and closes them through commands.
///
/// What it decides is a command like any other, with an identifier derived from what caused it and on the version it was
/// decided on. A second worker, a restart or a replay therefore changes nothing.
struct FindingKeeper: Sendable {
    let handler: CommandHandler
    let clock: LedgerClock
    let thresholds: TimingThresholds

    private static let worker = Actor(subject: "timing", role: .worker)

    /// Looks at one scope and records what changed.
    ///
    /// - Returns: the next day, Europe/Berlin, on which the findings can change without any event; `nil` for never.
    /// - Throws: ``CommandFailure/versionConflict(current:)`` when something happened meanwhile: the scope is then looked
    ///   at again; other failures, and what the ledger throws, when it cannot be reached.
    func keep(_ scope: TimingScope) async throws -> CalendarDate? {
        let view = try await look(at: scope)
        let report = TimingRules.findings(in: view.timeline, on: clock.today, thresholds: thresholds)
        for owner in view.owners {
            try await reconcile(owner, with: report.findings.filter { $0.owner == owner.scope })
        }
        return report.nextChange
    }

    /// A stream that keeps findings, as it was when it was looked at.
    private struct Owner {
        var scope: TimingScope
        var version: Int
        var register: FindingRegister
    }

    private func look(at scope: TimingScope) async throws -> (timeline: Timeline, owners: [Owner]) {
        switch scope {
        case .singleCase(let id):
            let snapshot = try await handler.cases.current(.of(CaseEvent.self, id))
            // Who lives in a household is looked at together with it.
            if let household = snapshot.state.household {
                return try await look(at: .household(household.householdId))
            }
            let owner = Owner(scope: scope, version: snapshot.version, register: snapshot.state.findings)
            return (Timeline(of: snapshot.state, id: id), [owner])
        case .household(let id):
            let household = try await handler.households.current(.of(HouseholdEvent.self, id))
            var owners = [Owner(scope: scope, version: household.version, register: household.state.findings)]
            var members: [UUID: CaseState] = [:]
            let snapshots = try await handler.cases.current(
                Set(household.state.members.keys.map { StreamName.of(CaseEvent.self, $0) }))
            for member in household.state.members.keys {
                guard let snapshot = snapshots[.of(CaseEvent.self, member)] else { continue }
                members[member] = snapshot.state
                owners.append(
                    Owner(
                        scope: .singleCase(member), version: snapshot.version, register: snapshot.state.findings))
            }
            return (Timeline(household: id, members: members), owners)
        }
    }

    private func reconcile(_ owner: Owner, with found: [Finding]) async throws {
        var version = owner.version
        let keys = Set(found.map(\.key))
        for finding in found {
            let occurrence = owner.register.occurrences(of: finding.key)
            guard let known = owner.register.open.first(where: { $0.key == finding.key }) else {
                let name = "open \(finding.key) \(occurrence + 1)"
                version = try await send(
                    .open(finding), named: name, because: finding.key, to: owner.scope, at: version)
                continue
            }
            guard known != finding else { continue }
            // The version tells this change from an earlier one to the same content.
            let name = "update \(finding.key) \(version)"
            version = try await send(.update(finding), named: name, because: finding.key, to: owner.scope, at: version)
        }
        for finding in owner.register.open where !keys.contains(finding.key) {
            let name = "close \(finding.key) \(owner.register.occurrences(of: finding.key))"
            version = try await send(
                .close(finding.key), named: name, because: finding.key, to: owner.scope, at: version)
        }
    }

    private enum Change {
        case open(Finding)
        case update(Finding)
        case close(String)
    }

    private func send(
        _ change: Change, named name: String, because key: String, to scope: TimingScope, at version: Int
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
                target: target, id: UUID(derivedFrom: namespace, name), expectedVersion: version, actor: Self.worker,
                cause: key)
        ).version
    }
}
