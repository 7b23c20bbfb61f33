import CaseFile
import CaseTiming
import Foundation
import Ledger

@testable import CaseViews

/// A case's history, told event by event, for pure tests: the state after it, and what each office's view makes of it.
struct CaseStory {
    let id: UUID
    private(set) var state = CaseState()
    private(set) var events: [(event: CaseEvent, office: Office?, on: CalendarDate)] = []

    init(_ id: UUID = UUID()) {
        self.id = id
    }

    mutating func given(_ event: CaseEvent, by office: Office? = .jobCentre, on day: CalendarDate = "2026-01-01") {
        events.append((event, office, day))
        CaseDecider.evolve(
            &state,
            with: Fact(
                event, authorship: Authorship(actor: "somebody", role: .caseworker, office: office), effectiveOn: day,
                recordedAt: Instant(microsecondsSince1970: 0), version: events.count, position: 0))
    }

    func file(
        for office: Office, in household: HouseholdFile? = nil, on day: CalendarDate = "2026-06-01"
    ) -> OfficeCaseFile? {
        OfficeCaseFile.make(caseId: id, state: state, household: household, office: office, on: day)
    }

    func surroundings(_ household: HouseholdFile? = nil) -> CaseSurroundings {
        CaseSurroundings(caseId: id, state: state, household: household)
    }

    /// Every byte that the office's rows would hold.
    func bytes(for office: Office, in household: HouseholdFile? = nil) -> String {
        let surroundings = surroundings(household)
        guard let stored = StoredCaseFile(surroundings, for: office) else { return "" }
        let timeline = StoredTimeline(surroundings, for: office)
        var rows: [Any] = [
            String(decoding: stored.json, as: UTF8.self), String(decoding: timeline.json, as: UTF8.self),
        ]
        rows += [JobCentreRow(stored) as Any, YouthOfficeRow(stored) as Any, SocialOfficeRow(stored) as Any]
        let findings = FindingRows(owner: id, register: state.findings, cases: surroundings.cases)
        rows += findings.visible.filter { $0.office == office }
        rows += findings.open.filter { $0.office == office }
        let proposals = ProposalRows(owner: id, state: state, cases: surroundings.cases)
        rows += proposals.rows.filter { $0.office == office }.map { String(decoding: $0.document, as: UTF8.self) }
        return rows.map { "\($0)" }.joined(separator: "\n")
    }
}

extension CaseStory {
    /// A registered participant, with offices engaged as of the start of 2026.
    static func registered(
        _ id: UUID = UUID(), given: String = "Mira", family: String = "Müller", bornOn: CalendarDate = "2009-03-15",
        area: String = "gallus", engaged offices: [Office] = [.jobCentre], legalBasis: String? = nil,
        on day: CalendarDate = "2026-01-01"
    ) -> CaseStory {
        var story = CaseStory(id)
        story.given(
            .participantRegistered(
                ParticipantRegistered(
                    areaId: area, languages: ["de"], schooling: "planted-schooling",
                    vocationalCertificate: "planted-certificate",
                    personal: ParticipantRegistered.Personal(
                        givenName: given, familyName: family, bornOn: bornOn,
                        address: Address(street: "Frankenallee", houseNumber: "1", city: "Frankfurt"),
                        contact: Contact(phone: "069 123", email: "m@example.org")))), on: day)
        for office in offices {
            story.given(
                .officeEngaged(
                    OfficeEngaged(office: office, caseworker: "\(office.rawValue)-1", legalBasis: legalBasis)),
                by: office, on: day)
        }
        return story
    }

    /// A plan of an office with one measure each in education and employment, agreed.
    mutating func givenPlan(
        _ kind: PlanKind, of office: Office, goal: String, title: String, from: CalendarDate = "2026-02-01",
        to: CalendarDate = "2026-07-31", started: Bool = true, reviewEvery: Int? = 6
    ) -> (plan: UUID, measure: UUID) {
        let plan = UUID()
        let measure = UUID()
        given(
            .planDrafted(
                PlanDrafted(
                    planId: plan, office: office, kind: kind, reviewEvery: reviewEvery,
                    personal: PlanDrafted.Personal(goal: goal))), by: office)
        given(
            .measureAdded(
                MeasureAdded(
                    measureId: measure, planId: plan, title: title, strand: .education,
                    orientation: .preventive, solidarity: .supply, provider: "planted-provider",
                    window: DayRange(first: from, atLeastTo: to), hoursPerWeek: 20)), by: office)
        given(.planAgreed(PlanAgreed(planId: plan, participantAgreedOn: "2026-01-15")), by: office, on: "2026-01-15")
        if started { given(.measureStarted(MeasureStarted(measureId: measure, on: from)), by: office, on: from) }
        return (plan, measure)
    }
}

extension CaseStory {
    /// A subsidy that was stopped, a voucher of each kind, redeemed, taken back and open, and a reduction that was lifted.
    mutating func givenGrants(for placement: UUID) {
        let rule = RuleReference(id: "planted-rule", version: "2019-01-01", source: "§ 16e SGB II")
        let subsidy = UUID()
        given(
            .wageSubsidyGranted(
                WageSubsidyGranted(
                    subsidyId: subsidy, placementId: placement, schedule: [SubsidyRate(from: "2026-02-01", rate: 37.5)],
                    until: "2026-07-31", rule: rule)))
        given(.wageSubsidyStopped(WageSubsidyStopped(subsidyId: subsidy, on: "2026-04-30", reason: "over")))
        let vouchers = VoucherKind.allCases.map { ($0, UUID()) }
        for (kind, id) in vouchers {
            given(
                .voucherIssued(
                    VoucherIssued(
                        voucherId: id, kind: kind, value: Money(amount: "2400.00", currency: "EUR"),
                        scope: VoucherScope(
                            goal: "planted-\(kind.rawValue)", region: "Hessen", until: "2026-06-30"), rule: rule)))
        }
        given(
            .voucherRedeemed(
                VoucherRedeemed(
                    voucherId: vouchers[0].1, on: "2026-02-10", provider: "Werkhof",
                    value: Money(amount: "2250.00", currency: "EUR"),
                    measure: VoucherContent(
                        content: "employer-measure", from: "2026-02-10", to: "2026-02-20", extended: true))))
        given(.voucherRevoked(VoucherRevoked(voucherId: vouchers[1].1, reason: "a job")), on: "2026-02-10")
        let reduction = UUID()
        given(
            .reductionDecided(
                ReductionDecided(
                    reductionId: reduction, ground: "planted-ground", percentage: 20, step: 2, from: "2026-02-01",
                    to: "2026-03-31", occurredOn: "2026-01-10", hearingHeldOn: "2026-01-15", hardshipExamined: true,
                    rule: rule)))
        given(
            .reductionLifted(
                ReductionLifted(
                    reductionId: reduction, on: "2026-03-10",
                    personal: ReductionLifted.Personal(reason: "planted-lift-reason"))))
    }
}

/// The household of some stories.
func household(_ id: UUID, _ stories: CaseStory..., roles: [HouseholdRole] = []) -> HouseholdFile {
    var state = HouseholdState()
    for (index, story) in stories.enumerated() {
        let role = index < roles.count ? roles[index] : .adult
        HouseholdDecider.evolve(
            &state,
            with: Fact(
                .memberAdmitted(MemberAdmitted(caseId: story.id, role: role)),
                authorship: Authorship(actor: "somebody", role: .caseworker), effectiveOn: "2026-01-01",
                recordedAt: Instant(microsecondsSince1970: 0), version: index + 1, position: 0))
    }
    return HouseholdFile(
        id: id, state: state, members: Dictionary(uniqueKeysWithValues: stories.map { ($0.id, $0.state) }))
}
