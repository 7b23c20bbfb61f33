import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Who may ask for what") struct CommandPolicyTests {
    private typealias Verdict = CommandPolicy.Verdict

    private let registering = CaseCommand.registerParticipant(
        RegisterParticipant(givenName: "A", familyName: "B", bornOn: "2000-01-01", areaId: "gallus"))
    private let engagingYouthOffice = CaseCommand.engageOffice(EngageOffice(office: .youthOffice))
    private let withdrawing = CaseCommand.withdrawConsent(WithdrawConsent())

    /// Registered by the job centre, with an engaged youth office that has a plan.
    private let state = given(
        .participantRegistered(area: "gallus"), .officeEngaged(.youthOffice).by(.youthOffice),
        .planDrafted(office: .youthOffice, kind: .youthSupport), .measureAdded()
    ).state

    private func isForbidden(_ verdict: CommandPolicy.Verdict) -> Bool {
        if case .forbidden(let reason) = verdict { reason.hasSuffix(".") } else { false }
    }

    @Test(arguments: [Actor.supervisor, .administrator, .auditor, .partner, .worker])
    func onlyCaseworkersActInCases(_ actor: Actor) {
        #expect(isForbidden(CommandPolicy.judge(registering, by: actor, on: CaseState())))
        #expect(isForbidden(CommandPolicy.judge(withdrawing, by: actor, on: state)))
    }

    @Test func aCaseworkerActsForAnOffice() {
        let nobody = Actor(subject: "x", role: .caseworker)
        #expect(isForbidden(CommandPolicy.judge(withdrawing, by: nobody, on: state)))
    }

    @Test func anyCaseworkerRegisters() {
        for actor in [Actor.jobCentre, .youthOffice, .socialOffice] {
            #expect(CommandPolicy.judge(registering, by: actor, on: CaseState()) == .allowed)
        }
    }

    @Test func anOfficeEngagesItself() {
        #expect(CommandPolicy.judge(engagingYouthOffice, by: .youthOffice, on: state) == .allowed)
        #expect(isForbidden(CommandPolicy.judge(engagingYouthOffice, by: .jobCentre, on: state)))
        #expect(
            CommandPolicy.judge(.engageOffice(EngageOffice(office: .socialOffice)), by: .socialOffice, on: state)
                == .allowed)
    }

    @Test func engagedAndRegisteringOfficesAct() {
        #expect(CommandPolicy.judge(withdrawing, by: .youthOffice, on: state) == .allowed)
        #expect(CommandPolicy.judge(withdrawing, by: .jobCentre, on: state) == .allowed)
        #expect(state.relation(to: .youthOffice) == .engaged)
        #expect(state.relation(to: .jobCentre) == .registered)
        #expect(state.relation(to: .socialOffice) == .none)
    }

    @Test func otherOfficesFindNothing() {
        #expect(CommandPolicy.judge(withdrawing, by: .socialOffice, on: state) == .notFound)
        #expect(CommandPolicy.judge(withdrawing, by: .socialOffice, on: CaseState()) == .notFound)
        #expect(CommandPolicy.judge(engagingYouthOffice, by: .youthOffice, on: CaseState()) == .notFound)
    }

    @Test func otherAreasHoldNothing() {
        var actor = Actor.youthOffice
        actor.areas = ["nordend"]
        #expect(CommandPolicy.judge(withdrawing, by: actor, on: state) == .notFound)
        #expect(CommandPolicy.judge(engagingYouthOffice, by: actor, on: state) == .notFound)
        #expect(isForbidden(CommandPolicy.judge(registering, by: actor, on: CaseState())))
        actor.areas = ["gallus", "nordend"]
        #expect(CommandPolicy.judge(withdrawing, by: actor, on: state) == .allowed)
        #expect(CommandPolicy.judge(registering, by: actor, on: CaseState()) == .allowed)
    }

    @Test func placementsAreTheJobCentres() {
        let commands: [CaseCommand] = [
            .offerPlacement(OfferPlacement(placementId: placementId, employer: "x", kind: .job)),
            .acceptPlacement(AcceptPlacement(placementId: placementId)),
            .refusePlacement(RefusePlacement(placementId: placementId)),
            .startPlacement(StartPlacement(placementId: placementId)),
            .endPlacement(EndPlacement(placementId: placementId)),
            .extendPlacement(ExtendPlacement(placementId: placementId, endsOn: "2026-12-31")),
            .recordRetention(RecordRetention(placementId: placementId, afterMonths: 3, stillEmployed: true)),
            .grantWageSubsidy(
                GrantWageSubsidy(subsidyId: id(81), placementId: placementId, scheme: "x", schedule: [])),
            .stopWageSubsidy(StopWageSubsidy(subsidyId: id(81))),
            .decideReduction(DecideReduction(reductionId: id(83), percentage: 10, months: 1, ground: "x")),
            .liftReduction(LiftReduction(reductionId: id(83))),
            .issueVoucher(
                IssueVoucher(
                    voucherId: id(82), kind: .education, scope: VoucherScope(goal: "x", until: "2026-12-31"))),
            .issueVoucher(
                IssueVoucher(
                    voucherId: id(82), kind: .activationAndPlacement,
                    scope: VoucherScope(goal: "x", until: "2026-12-31"))),
        ]
        for command in commands {
            #expect(CommandPolicy.judge(command, by: .jobCentre, on: state) == .allowed)
            #expect(isForbidden(CommandPolicy.judge(command, by: .youthOffice, on: state)))
        }
    }

    @Test func anOfficeActsInItsOwnPlans() {
        let commands: [CaseCommand] = [
            .addMeasure(
                AddMeasure(
                    measureId: id(99), planId: planId, strand: .education,
                    window: Window(from: "2026-01-01", to: "2026-01-02"))),
            .agreePlan(AgreePlan(planId: planId)), .reviewPlan(ReviewPlan(planId: planId)),
            .concludePlan(ConcludePlan(planId: planId)), .reviseMeasure(ReviseMeasure(measureId: measureId)),
            .startMeasure(StartMeasure(measureId: measureId)), .pauseMeasure(PauseMeasure(measureId: measureId)),
            .resumeMeasure(ResumeMeasure(measureId: measureId)),
            .completeMeasure(CompleteMeasure(measureId: measureId)),
            .abandonMeasure(AbandonMeasure(measureId: measureId)),
        ]
        for command in commands {
            #expect(CommandPolicy.judge(command, by: .youthOffice, on: state) == .allowed)
            #expect(isForbidden(CommandPolicy.judge(command, by: .jobCentre, on: state)))
        }
    }

    @Test func aVoucherIsTheOfficesThatIssuedIt() {
        let issuing = CaseCommand.issueVoucher(
            IssueVoucher(voucherId: id(82), kind: .service, scope: VoucherScope(goal: "x", until: "2026-12-31")))
        #expect(CommandPolicy.judge(issuing, by: .youthOffice, on: state) == .allowed)
        let issued = given(
            .participantRegistered(), .officeEngaged(.youthOffice).by(.youthOffice),
            .voucherIssued(kind: .service).by(.youthOffice)
        ).state
        for command in [
            CaseCommand.redeemVoucher(RedeemVoucher(voucherId: voucherId)),
            .revokeVoucher(RevokeVoucher(voucherId: voucherId)),
        ] {
            #expect(CommandPolicy.judge(command, by: .youthOffice, on: issued) == .allowed)
            #expect(isForbidden(CommandPolicy.judge(command, by: .jobCentre, on: issued)))
        }
    }

    @Test func anOfficeSpeaksForItself() throws {
        let commands: [CaseCommand] = [
            .disengageOffice(DisengageOffice(office: .youthOffice)),
            .reassignCaseworker(ReassignCaseworker(office: .youthOffice, caseworker: "yo-8")),
            .scheduleAppointment(
                ScheduleAppointment(
                    appointmentId: appointmentId, office: .youthOffice, at: try #require(WallTime("2026-03-09T10:00")))),
        ]
        for command in commands {
            #expect(CommandPolicy.judge(command, by: .youthOffice, on: state) == .allowed)
            #expect(isForbidden(CommandPolicy.judge(command, by: .jobCentre, on: state)))
            #expect(isForbidden(CommandPolicy.judge(command, by: .socialOffice, on: state)))
        }
    }

    @Test func findingsAreTheWorkers() {
        let opening = OpenFinding(finding: .gap())
        #expect(CommandPolicy.judge(.openFinding(opening), by: .worker, on: state) == .allowed)
        #expect(CommandPolicy.judge(HouseholdCommand.openFinding(opening), by: .worker) == .allowed)
        for actor in [Actor.jobCentre, .supervisor, .administrator, .auditor, .partner] {
            #expect(isForbidden(CommandPolicy.judge(.openFinding(opening), by: actor, on: state)))
            #expect(isForbidden(CommandPolicy.judge(HouseholdCommand.openFinding(opening), by: actor)))
        }
    }

    @Test func areasArePublishedByAdministratorsAndSupervisors() {
        let command = AreaCommand.publishArea(PublishArea(name: "Gallus"))
        #expect(CommandPolicy.judge(command, by: .administrator, area: "gallus") == .allowed)
        #expect(CommandPolicy.judge(command, by: .supervisor, area: "gallus") == .allowed)
        for actor in [Actor.jobCentre, .youthOffice, .auditor, .partner, .worker] {
            #expect(isForbidden(CommandPolicy.judge(command, by: actor, area: "gallus")))
        }
        var limited = Actor.supervisor
        limited.areas = ["nordend"]
        #expect(isForbidden(CommandPolicy.judge(command, by: limited, area: "gallus")))
    }

    @Test func offersAndPartnersArePublishedByTheJobCentreToo() {
        let offer = OfferCommand.publishOffer(PublishOffer(title: "x", kind: .job, capacity: 1, areaId: "gallus"))
        let partner = PartnerCommand.publishPartner(PublishPartner(name: "x", sector: .business, areaIds: ["gallus"]))
        for actor in [Actor.jobCentre, .administrator, .supervisor] {
            #expect(CommandPolicy.judge(offer, by: actor) == .allowed)
            #expect(CommandPolicy.judge(partner, by: actor) == .allowed)
            var limited = actor
            limited.areas = ["nordend"]
            #expect(isForbidden(CommandPolicy.judge(offer, by: limited)))
            #expect(isForbidden(CommandPolicy.judge(partner, by: limited)))
        }
        for actor in [Actor.youthOffice, .socialOffice, .auditor, .partner, .worker] {
            #expect(isForbidden(CommandPolicy.judge(offer, by: actor)))
            #expect(isForbidden(CommandPolicy.judge(partner, by: actor)))
        }
    }

    @Test func placesAndMembersAreNobodysToAskFor() {
        let place = OfferCommand.takePlace(TakePlace(caseId: id(1), placementId: placementId))
        let back = OfferCommand.releasePlace(ReleasePlace(caseId: id(1), placementId: placementId))
        let member = HouseholdCommand.admitMember(AdmitMember(caseId: id(1)))
        let dismissal = HouseholdCommand.dismissMember(DismissMember(caseId: id(1)))
        for actor in [Actor.jobCentre, .administrator, .worker] {
            #expect(isForbidden(CommandPolicy.judge(place, by: actor)))
            #expect(isForbidden(CommandPolicy.judge(back, by: actor)))
            #expect(isForbidden(CommandPolicy.judge(member, by: actor)))
            #expect(isForbidden(CommandPolicy.judge(dismissal, by: actor)))
        }
    }
}
