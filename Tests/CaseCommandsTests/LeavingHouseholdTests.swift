import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@Suite("Leaving a household, in all the streams it concerns")
struct LeavingHouseholdTests {
    private let house = UUID()

    /// A case in the household with one planned measure.
    private func makeMember(of desk: Desk) async throws -> (id: UUID, measure: UUID) {
        let id = try await desk.makeCase()
        let measure = UUID()
        try await desk.send(Desk.plan(), to: id)
        try await desk.send(
            .addMeasure(
                AddMeasure(
                    measureId: measure, strand: .education, window: Window(from: "2026-03-10", to: "2026-04-10"))),
            to: id)
        try await desk.send(.joinHousehold(JoinHousehold(householdId: house, role: .adult)), to: id)
        return (id, measure)
    }

    private func related(_ desk: Desk, _ id: UUID) async throws -> Int {
        try await desk.handler.cases.current(.of(CaseEvent.self, id)).state.relations.count
    }

    @Test("relations end on both sides in one append")
    func relationsEnd() async throws {
        let desk = try Desk()
        let leaver = try await makeMember(of: desk)
        let housemate = try await makeMember(of: desk)
        let bystander = try await makeMember(of: desk)
        try await desk.send(
            .relateMeasures(
                RelateMeasures(first: leaver.measure, second: housemate.measure, relation: .concurrentWithStart)),
            to: leaver.id)
        try await desk.send(
            .relateMeasures(
                RelateMeasures(first: housemate.measure, second: leaver.measure, relation: .concurrentWithEnd)),
            to: housemate.id)
        try await desk.send(
            .relateMeasures(
                RelateMeasures(first: housemate.measure, second: bystander.measure, relation: .concurrent)),
            to: housemate.id)
        let before = try await desk.store.head()

        let receipt = try await desk.send(.leaveHousehold(LeaveHousehold(reason: "own flat")), to: leaver.id)
        #expect(receipt.events.map(\.type) == ["MeasuresUnrelated", "HouseholdLeft"])
        let appended = try await desk.store.read(after: before, limit: 10)
        #expect(
            appended.map { "\($0.stream.category) \($0.type)" }.sorted() == [
                "case HouseholdLeft", "case MeasuresUnrelated", "case MeasuresUnrelated", "household MemberDismissed",
            ])
        #expect(Set(appended.map(\.commandID)).count == 1)
        #expect(try await related(desk, leaver.id) == 0)
        #expect(try await related(desk, housemate.id) == 1, "what binds those who stay still does")
        let household = try await desk.handler.households.current(.of(HouseholdEvent.self, house)).state
        #expect(Set(household.members.keys) == [housemate.id, bystander.id])
    }

    @Test("the same command again answers the first result")
    func again() async throws {
        let desk = try Desk()
        let member = try await makeMember(of: desk)
        let key = UUID()
        let leaving = CaseCommand.leaveHousehold(LeaveHousehold())
        let first = try await desk.send(leaving, to: member.id, id: key)
        let second = try await desk.colleague().send(leaving, to: member.id, id: key)
        #expect(second.isReplay && second.events == first.events)
    }

    @Test("nobody asks for the consequences by name")
    func consequences() async throws {
        let desk = try Desk()
        let member = try await makeMember(of: desk)
        let ending = CaseCommand.endRelations(EndRelations(measures: [member.measure]))
        await #expect(throws: CommandFailure.self) { try await desk.send(ending, to: member.id) }
        await #expect(throws: CommandFailure.self) {
            try await desk.handler.handle(
                CommandRequest(
                    target: .household(house, .dismissMember(DismissMember(caseId: member.id))), actor: Desk.jobCentre))
        }
    }
}
