import CaseFile
import CaseTiming
import Foundation
import Ledger

extension StoredCaseFile {
    /// The file of a case for an office; `nil` when nobody is registered, or the office is neither engaged nor asked, or,
    /// where the case was merged into another one, is not engaged there.
    init?(_ surroundings: CaseSurroundings, for office: Office) {
        guard let participant = surroundings.state.participant,
            let (relation, span) = surroundings.state.sight(of: office)
        else { return nil }
        let merging = surroundings.state.merging
        let seenMerged = surroundings.survivor?.engagements[office]?.from
        guard merging == nil || seenMerged != nil else { return nil }
        switch relation {
        case .engaged: self.init(surroundings, participant, engaged: office, since: span.from)
        case .addressed: self.init(surroundings, participant, addressed: office, span)
        }
        if let merging, let seenMerged {
            file.mergedInto = merging.into
            file.since = max(file.since, seenMerged)
        }
        merged = surroundings.merged.compactMap { StoredCaseFile($0, for: office) }
    }

    /// The file for an office that is engaged.
    private init(
        _ surroundings: CaseSurroundings, _ participant: Participant, engaged office: Office, since: CalendarDate
    ) {
        let state = surroundings.state
        let sight = MeasureSight(of: office, on: surroundings.cases)
        let dues = state.dues(of: office)
        file = OfficeCaseFile(
            caseId: surroundings.caseId, office: office, relation: .engaged, since: since,
            status: state.isClosed ? .closed : .open, registeredOn: participant.registered.on,
            closedOn: state.closure?.closed.on,
            jobCentre: office == .jobCentre ? JobCentreFocus(state, dues) : nil,
            youthOffice: office == .youthOffice ? YouthOfficeFocus(surroundings) : nil,
            socialOffice: office == .socialOffice ? SocialOfficeFocus(surroundings) : nil,
            identity: OfficeCaseFile.Identity(participant, for: office),
            household: OfficeCaseFile.Household(state.household, surroundings.household),
            engagements: state.engagements.sorted { $0.key < $1.key }.map {
                OfficeCaseFile.Engagement($0.value, for: office)
            },
            consents: state.consents.filter { $0.recordedBy == office || $0.recipients.contains(office) }
                .map { OfficeCaseFile.Consent($0) },
            due: dues, asked: state.asked(of: office), awaited: state.awaited(by: office), referrals: [],
            conferences: [],
            commitments: [],
            plans: state.plans.filter { $0.office == office }.map { OfficeCaseFile.Plan($0, in: state) },
            relations: [],
            placements: state.placements.filter { $0.offered.office == office }
                .map { OfficeCaseFile.Placement($0, withIncome: true) },
            subsidies: state.subsidies.filter { $0.granted.office == office }.map { OfficeCaseFile.Subsidy($0) },
            vouchers: state.vouchers.filter { $0.issued.office == office }.map { OfficeCaseFile.Voucher($0) },
            reductions: state.reductions.filter { $0.decided.office == office }
                .map { OfficeCaseFile.Reduction($0) },
            deadlines: state.deadlines.filter { $0.office == office }.map { OfficeCaseFile.Deadline($0) },
            appointments: state.appointments.filter { $0.office == office }.sorted { $0.at < $1.at }
                .map { OfficeCaseFile.Appointment($0) },
            potential: state.ownPotential(of: office).map { OfficeCaseFile.Potential($0) }, findings: [], proposals: [],
            shared: [])
        file.facts = state.recordedFacts.filter { $0.office == office }.map { OfficeCaseFile.Fact($0) }
        file.restrictions = state.dataProtection.restrictions.filter(\.isInForce).map {
            OfficeCaseFile.Restriction($0, for: office)
        }
        file.disputes = state.dataProtection.disputes.filter(\.isMarked).map {
            OfficeCaseFile.Dispute($0, for: office)
        }
        let always = VisibleDays(state.engagements[office].map { [VisibleDays.Span(from: $0.from)] } ?? [])
        relations = state.relations.compactMap { related in
            let measures = [related.relation.first, related.relation.second]
            let visible = related.related.office == office ? always : sight.days(of: measures, within: always)
            return visible.isEmpty
                ? nil : Dated(visible: visible, value: OfficeCaseFile.Relation(related.relation))
        }
        findings = surroundings.findings.filter(\.isOpen).compactMap { entry in
            let visible = sight.days(of: entry.finding)
            return visible.isEmpty ? nil : Dated(visible: visible, value: OfficeCaseFile.Finding(entry))
        }
        referrals = state.toldReferrals(of: office)
        conferences = state.toldConferences(of: office)
        commitments = state.toldCommitments(of: office)
        proposals = state.alignments.compactMap(sight.stored)
        blocks = Self.blocks(state, for: office)
        if office == .socialOffice {
            placementEndsOn = state.placementEnd(for: office)
            incomeCoverFrom = state.incomeCover(for: office)
        }
    }

    /// The file for an office that is asked to act and not engaged: who it is about, and what it is asked for.
    private init(
        _ surroundings: CaseSurroundings, _ participant: Participant, addressed office: Office,
        _ span: VisibleDays.Span
    ) {
        let state = surroundings.state
        let stranger = CaseSurroundings(caseId: surroundings.caseId, state: CaseState(), household: nil)
        var youthOffice = YouthOfficeFocus(stranger)
        if let bornOn = participant.personal?.bornOn { youthOffice.transitions = YouthOfficeFocus.transitions(bornOn) }
        file = OfficeCaseFile(
            caseId: surroundings.caseId, office: office, relation: .addressed, since: span.from, until: span.until,
            status: state.isClosed ? .closed : .open, registeredOn: participant.registered.on,
            jobCentre: office == .jobCentre ? JobCentreFocus(stranger.state, []) : nil,
            youthOffice: office == .youthOffice ? youthOffice : nil,
            socialOffice: office == .socialOffice ? SocialOfficeFocus(stranger) : nil,
            identity: OfficeCaseFile.Identity(participant, for: office), engagements: [], consents: [],
            due: state.askedDues(of: office).sorted(), asked: state.asked(of: office), awaited: [], referrals: [],
            conferences: [], commitments: [], plans: [], relations: [], placements: [], subsidies: [], vouchers: [],
            reductions: [], deadlines: [], appointments: [], findings: [], proposals: [], shared: [])
        // A certificate is no part of who somebody is, not even for the office that once registered them.
        file.identity.schooling = nil
        file.identity.vocationalCertificate = nil
        file.disputes = state.dataProtection.disputes.filter { $0.isMarked && $0.about == .participant }.map {
            OfficeCaseFile.Dispute($0, for: office)
        }
        relations = []
        findings = []
        referrals = state.toldReferrals(of: office)
        conferences = state.toldConferences(of: office)
        commitments = state.toldCommitments(of: office)
        proposals = []
        blocks = []
    }

    /// What others recorded, by category and office, as far as something opens it on any day.
    private static func blocks(_ state: CaseState, for office: Office) -> [Block] {
        let grants = Dictionary(grouping: state.grants(for: office), by: \.category)
        let recorders: [Office?] = Office.allCases.filter { $0 != office } + [nil]
        return ConsentCategory.allCases.flatMap { category -> [Block] in
            guard let grants = grants[category] else { return [] }
            return recorders.compactMap { recorder in
                SharedBlock.Content(category, of: recorder, in: state).map { content in
                    Block(
                        category: category, office: recorder,
                        grants: grants.map {
                            Block.Grant(basis: SharedBlock.Basis($0.basis), from: $0.from, until: $0.until)
                        }, content: content)
                }
            }
        }
    }
}

extension SharedBlock.Basis {
    fileprivate init(_ basis: CategoryGrant.Basis) {
        switch basis {
        case .consent(let number, let purpose): self.init(consent: number, purpose: purpose)
        case .legalBasis(let law): self.init(legalBasis: law)
        }
    }
}

extension SharedBlock.Content {
    /// The data of a category that `recorder` recorded; `nil` when there is none.
    ///
    /// Which data belongs to which category is said in ``CaseFile`` (`DataCategories`). A plan's goal is in the
    /// participant's own words and stands with the plan, which only *youth support* opens, never with a measure.
    fileprivate init?(_ category: ConsentCategory, of recorder: Office?, in state: CaseState) {
        self.init()
        let measures = state.measures.filter { $0.office == recorder }
        let content = measures.filter { $0.category == category }.map { OfficeCaseFile.Measure($0) }
        switch category {
        case .timing:
            timing = measures.map { OfficeCaseFile.MeasureTiming($0) }.nilIfEmpty
            appointments =
                state.appointments.filter { $0.office == recorder && $0.status != .cancelled }.sorted { $0.at < $1.at }
                .map { OfficeCaseFile.AppointmentTiming($0) }.nilIfEmpty
        case .youthSupport:
            plans =
                state.plans.filter { $0.office == recorder && $0.category == .youthSupport }
                .map { OfficeCaseFile.Plan($0, in: state) }.nilIfEmpty
        case .education, .employment, .placement, .benefits:
            self.measures = content.nilIfEmpty
        case .health, .entrusted: break
        }
        let placements = state.placements.filter { $0.offered.office == recorder }
        if category == CaseFile.Placement.category {
            self.placements = placements.map { OfficeCaseFile.Placement($0, withIncome: false) }.nilIfEmpty
        }
        if category == CaseFile.Placement.incomeCategory {
            income = placements.compactMap { OfficeCaseFile.Income($0) }.nilIfEmpty
        }
        if category == WageSubsidy.category {
            subsidies =
                state.subsidies.filter { $0.granted.office == recorder }.map { OfficeCaseFile.Subsidy($0) }.nilIfEmpty
        }
        if category == CaseFile.Reduction.category {
            reductions =
                state.reductions.filter { $0.decided.office == recorder }.map { OfficeCaseFile.Reduction($0) }
                .nilIfEmpty
        }
        vouchers =
            state.vouchers.filter { $0.issued.office == recorder && $0.kind.category == category }
            .map { OfficeCaseFile.Voucher($0) }.nilIfEmpty
        if category == CaseFile.Potential.category, let potential = state.potential,
            potential.assessed.office == recorder
        {
            self.potential = OfficeCaseFile.Potential(potential)
        }
        if category == Participant.certificatesCategory, let participant = state.participant,
            participant.registered.office == recorder
        {
            schooling = participant.schooling
            vocationalCertificate = participant.vocationalCertificate
        }
        if self == SharedBlock.Content() { return nil }
    }
}

extension Array {
    fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}
