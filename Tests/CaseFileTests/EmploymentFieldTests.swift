import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("publish-, change- and close-employment-field") struct EmploymentFieldTests {
    private static let opener = id(60)
    private static let school = id(61)
    private let around = Surroundings(partners: [
        opener: givenPartner(Past(event: .partnerPublished(PartnerPublished(name: "A", sector: .business)))).state,
        school: givenPartner(Past(event: .partnerPublished(PartnerPublished(name: "B", sector: .science)))).state,
    ])

    private func field(openedBy: UUID? = opener, qualifiedBy: [UUID] = [school]) -> Past<EmploymentFieldEvent> {
        Past(
            event: .employmentFieldPublished(
                EmploymentFieldPublished(name: "Repair", openedBy: openedBy, qualifiedBy: qualifiedBy)))
    }

    private let warned = EmploymentFieldEvent.employmentFieldWarned(
        EmploymentFieldWarned(warning: .opensAndQualifies, partnerIds: [opener]))
    private let closed = Past<EmploymentFieldEvent>(event: .employmentFieldClosed(EmploymentFieldClosed()))

    @Test func isMadeKnown() {
        givenField().when(
            .publishEmploymentField(
                PublishEmploymentField(
                    name: "Repair", areaIds: ["gallus", "gallus"], occupations: ["26212"], openedBy: Self.opener,
                    qualifiedBy: [Self.school])), around: around
        ).thenEvents([
            .employmentFieldPublished(
                EmploymentFieldPublished(
                    name: "Repair", areaIds: ["gallus"], occupations: ["26212"], openedBy: Self.opener,
                    qualifiedBy: [Self.school]))
        ])
    }

    @Test func oneBodyForBothIsWarnedOfAndNotRefused() {
        givenField().when(
            .publishEmploymentField(
                PublishEmploymentField(
                    name: "Repair", openedBy: Self.opener, qualifiedBy: [Self.school, Self.opener])), around: around
        ).thenEvents([
            .employmentFieldPublished(
                EmploymentFieldPublished(
                    name: "Repair", openedBy: Self.opener, qualifiedBy: [Self.school, Self.opener])), warned,
        ])
        let qualifying = EmploymentFieldCommand.changeEmploymentField(
            ChangeEmploymentField(qualifiedBy: [Self.opener]))
        givenField(field()).when(qualifying, around: around).thenEvents([
            .employmentFieldChanged(EmploymentFieldChanged(qualifiedBy: [Self.opener])), warned,
        ])
        // Said once.
        givenField(field(qualifiedBy: [Self.opener])).when(
            .changeEmploymentField(ChangeEmploymentField(name: "Reuse")), around: around
        ).thenEvents([.employmentFieldChanged(EmploymentFieldChanged(name: "Reuse"))])
    }

    @Test func keepsTheStateAndEvidenceOfItsTasks() {
        let done = FieldTaskState(task: .exploringFields, state: .done, evidence: "report")
        let state = givenField(field()).when(
            .changeEmploymentField(
                ChangeEmploymentField(tasks: [done, FieldTaskState(task: .qualification, state: .underWay)])),
            around: around
        ).thenState()
        #expect(state.tasks[.exploringFields] == done && state.tasks[.qualification]?.state == .underWay)
        #expect(FieldTask.allCases.count == 11)
        let known = Past<EmploymentFieldEvent>(
            event: .employmentFieldChanged(EmploymentFieldChanged(tasks: [done])))
        givenField(field(), known).when(.changeEmploymentField(ChangeEmploymentField(tasks: [done]))).thenNothing()
        givenField(field()).when(.changeEmploymentField(ChangeEmploymentField(tasks: [done, done])))
            .thenRejected(.taskTwice)
    }

    @Test func refusals() {
        func publish(_ change: (inout PublishEmploymentField) -> Void) -> EmploymentFieldCommand {
            var command = PublishEmploymentField(name: "Repair")
            change(&command)
            return .publishEmploymentField(command)
        }
        givenField().when(publish { $0.name = " " }).thenRejected("invalid-name")
        givenField().when(publish { $0.occupations = ["x"] }).thenRejected(.invalidOccupation)
        givenField().when(publish { $0.openedBy = id(69) }, around: around).thenRejected(.unknownPartner)
        givenField(field(openedBy: nil, qualifiedBy: [])).when(publish { _ in }).thenNothing()
        givenField(field()).when(publish { _ in }).thenRejected(.alreadyPublished)
        let change = EmploymentFieldCommand.changeEmploymentField(ChangeEmploymentField(name: "Reuse"))
        givenField().when(change).thenRejected(.unknownEmploymentField)
        givenField(field(), closed).when(change).thenRejected(.alreadyClosed)
        givenField().when(.closeEmploymentField(CloseEmploymentField())).thenRejected(.unknownEmploymentField)
        givenField(field(), closed).when(.closeEmploymentField(CloseEmploymentField())).thenNothing()
    }

    @Test func aPartnerThatIsGoneMayStayWhereItStood() {
        givenField(field()).when(
            .changeEmploymentField(ChangeEmploymentField(name: "Reuse", openedBy: Self.opener))
        ).thenAccepted()
        givenField(field()).when(.changeEmploymentField(ChangeEmploymentField(qualifiedBy: [id(69)])))
            .thenRejected(.unknownPartner)
    }
}
