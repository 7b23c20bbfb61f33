import CaseFile
import CaseTiming
import Foundation
import Ledger

/// What a finding rests on, as everybody is told who is told of the finding: such offices may know all its grounds, so the same
/// for all of them.
struct FindingBasis: Codable, Hashable, Sendable {
    /// What it rests on, its measures among it.
    var grounds: [FindingGround]
    /// The recorded events that speak of that.
    var events: [FindingEvent]

    /// What a finding about these cases rests on.
    init(of finding: CaseTiming.Finding, in cases: [UUID: CaseState]) {
        let named = finding.grounds ?? []
        let measures = finding.measures.compactMap { id -> FindingGround? in
            guard !named.contains(where: { $0.id == id }) else { return nil }
            return cases.lazy.compactMap { caseID, state in
                state.measure(id).map { FindingGround(.measure, in: caseID, id: id, office: $0.office) }
            }.first
        }
        grounds = measures + named
        let facts = Set(grounds.map(\.fact))
        let told = facts.reduce(into: Self.told(ofKind: finding.kind)) { $0.formUnion(Self.told(of: $1)) }
        events = (finding.events ?? []).filter { told.contains($0.type) }
    }

    /// The events that whoever knows of such a finding may know of, whatever it rests on.
    private static func told(ofKind kind: FindingKind) -> Set<String> {
        switch kind {
        case .relation, .sequence, .householdStep: [MeasuresRelated.type, MeasuresUnrelated.type]
        // That a plan is in force is what makes days without activity a gap.
        case .gap: [PlanAgreed.type]
        case .clash, .deadline, .review, .handover, .incomeGap: []
        }
    }

    /// The events that whoever may know of such a ground may know of. That others speak of it too, a subsidy of a placement
    /// for instance, is not theirs to know.
    private static func told(of fact: FindingGround.Fact) -> Set<String> {
        switch fact {
        case .measure: measures
        // Whether somebody came is not timing.
        case .appointment: [AppointmentScheduled.type]
        case .idleness: []
        case .placement: placements
        case .income: [PlacementEnded.type]
        case .engagement: [OfficeEngaged.type, OfficeDisengaged.type]
        case .participant: [ParticipantRegistered.type, ParticipantCorrected.type]
        case .duty: duties.union(measures)
        }
    }

    private static let measures: Set<String> = [
        MeasureAdded.type, MeasureRevised.type, MeasureStarted.type, MeasurePaused.type, MeasureResumed.type,
        MeasureCompleted.type, MeasureAbandoned.type,
    ]

    private static let placements: Set<String> = [
        PlacementOffered.type, PlacementAccepted.type, PlacementRefused.type, PlacementStarted.type,
        PlacementExtended.type, PlacementEnded.type,
    ]

    /// What an office records of its own plans, decisions, referrals and periods.
    private static let duties: Set<String> = [
        PlanDrafted.type, PlanAgreed.type, PlanReviewed.type, PlanConcluded.type, ReductionDecided.type,
        ReductionLifted.type, ReferralRequested.type, ReferralAccepted.type, ReferralDeclined.type,
        ReferralCompleted.type, ReferralWithdrawn.type, DeadlineSet.type, DeadlineClosed.type, DeadlineSuspended.type,
        DeadlineResumed.type, DeadlineExtended.type, DeadlineShortened.type, FactRecorded.type, FactCorrected.type,
    ]
}

extension FindingBasis: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("grounds", grounds)
            $0.field("events", events)
        }
    }
}

extension FindingGround: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("fact", fact)
            $0.field("caseId", caseID)
            $0.field("id", id)
            $0.field("office", office)
        }
    }
}

extension FindingEvent: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseID)
            $0.field("version", version)
            $0.field("type", type)
        }
    }
}
