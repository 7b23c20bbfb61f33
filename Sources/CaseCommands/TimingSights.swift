import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What timing sees of a case or household, and the streams that keep its findings.
struct TimingSight: Sendable {
    /// A stream that keeps findings, as it was when it was looked at.
    struct Owner: Sendable {
        var scope: TimingScope
        var version: Int
        var register: FindingRegister
    }

    var scope: TimingScope
    var timeline: Timeline
    var owners: [Owner]
    /// The household, if there is one.
    var household: Repository<HouseholdDecider>.Snapshot?
    /// The cases, by id.
    var cases: [UUID: Repository<CaseDecider>.Snapshot] = [:]
}

/// What timing sees of several cases and households, read in as many steps as for one.
///
/// Who lives in a household is looked at together with it, so that several scopes may be seen in one sight.
struct TimingSights: Sendable {
    /// Each sight once, in no particular order.
    let distinct: [TimingSight]
    /// Where each scope is looked at.
    private let place: [TimingScope: TimingScope]

    /// The scopes as the ledger has them now.
    ///
    /// - Throws: what the ledger throws, for any one of them.
    init(of scopes: Set<TimingScope>, through handler: CommandHandler) async throws {
        var cases = try await handler.cases.current(Set(scopes.compactMap(\.caseStream)))
        var place: [TimingScope: TimingScope] = [:]
        for scope in scopes {
            let home = scope.caseStream.flatMap { cases[$0]?.state.household?.householdId }
            place[scope] = home.map { .household($0) } ?? scope
        }
        let households = try await handler.households.current(Set(place.values.compactMap(\.householdStream)))
        let members = Set(households.values.flatMap { $0.state.members.keys }.map { StreamName.of(CaseEvent.self, $0) })
        let missing = members.filter { cases[$0] == nil }
        if !missing.isEmpty { cases.merge(try await handler.cases.current(missing)) { _, current in current } }
        self.place = place
        distinct = Set(place.values).map { TimingSight(of: $0, cases, households) }
    }

    /// The scopes asked for that a sight is the answer to.
    func scopes(lookedAtIn sight: TimingSight) -> [TimingScope] {
        place.compactMap { scope, place in place == sight.scope ? scope : nil }
    }
}

extension TimingSight {
    fileprivate init(
        of scope: TimingScope, _ cases: [StreamName: Repository<CaseDecider>.Snapshot],
        _ households: [StreamName: Repository<HouseholdDecider>.Snapshot]
    ) {
        self.scope = scope
        switch scope {
        case .singleCase(let id):
            let snapshot = cases[.of(CaseEvent.self, id)] ?? Repository<CaseDecider>.empty
            timeline = Timeline(of: snapshot.state, id: id)
            owners = [Owner(scope: scope, version: snapshot.version, register: snapshot.state.findings)]
            self.cases = [id: snapshot]
        case .household(let id):
            let household = households[.of(HouseholdEvent.self, id)] ?? Repository<HouseholdDecider>.empty
            owners = [Owner(scope: scope, version: household.version, register: household.state.findings)]
            self.household = household
            var members: [UUID: CaseState] = [:]
            for member in household.state.members.keys {
                guard let snapshot = cases[.of(CaseEvent.self, member)] else { continue }
                members[member] = snapshot.state
                self.cases[member] = snapshot
                owners.append(
                    Owner(scope: .singleCase(member), version: snapshot.version, register: snapshot.state.findings))
            }
            timeline = Timeline(household: id, members: members)
        }
    }
}

extension TimingSight {
    /// The same as it is after something was recorded in its cases through this handler, which remembers that.
    func afterOwnChanges(through handler: CommandHandler) async throws -> TimingSight {
        let cases = try await handler.cases.remembered(Set(self.cases.keys.map { StreamName.of(CaseEvent.self, $0) }))
        guard let stream = scope.householdStream, let household else { return TimingSight(of: scope, cases, [:]) }
        return TimingSight(of: scope, cases, [stream: household])
    }

    /// The measures, as alignments look at them.
    var measures: HouseholdMeasures {
        let states = cases.mapValues(\.state)
        guard case .household(let id) = scope, let household else {
            return HouseholdMeasures(household: nil, cases: states)
        }
        return HouseholdMeasures(household: (id, household.state), cases: states)
    }
}

extension TimingScope {
    fileprivate var caseStream: StreamName? {
        if case .singleCase(let id) = self { .of(CaseEvent.self, id) } else { nil }
    }

    fileprivate var householdStream: StreamName? {
        if case .household(let id) = self { .of(HouseholdEvent.self, id) } else { nil }
    }
}
