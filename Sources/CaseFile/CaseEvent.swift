public import Ledger

/// What happened in a case.
public enum CaseEvent: EventFamily, Hashable {
    case participantRegistered(ParticipantRegistered)
    case officeEngaged(OfficeEngaged)
    case consentGranted(ConsentGranted)
    case consentWithdrawn(ConsentWithdrawn)
    case householdJoined(HouseholdJoined)
    case potentialAssessed(PotentialAssessed)
    case planDrafted(PlanDrafted)
    case measureAdded(MeasureAdded)
    case measuresRelated(MeasuresRelated)
    case planAgreed(PlanAgreed)
    case measureStarted(MeasureStarted)
    case measureCompleted(MeasureCompleted)
    case measureAbandoned(MeasureAbandoned)
    case placementOffered(PlacementOffered)
    case placementAccepted(PlacementAccepted)
    case placementRefused(PlacementRefused)
    case placementStarted(PlacementStarted)
    case placementEnded(PlacementEnded)
    case caseClosed(CaseClosed)
    case findingOpened(FindingOpened)
    case findingUpdated(FindingUpdated)
    case findingClosed(FindingClosed)

    /// The category of the streams: `case-<id>`.
    public static let category = "case"

    /// How each of the events is read.
    public static let kinds: [EventKind<CaseEvent>] = [
        EventKind(ParticipantRegistered.self, Self.participantRegistered),
        EventKind(OfficeEngaged.self, Self.officeEngaged),
        EventKind(ConsentGranted.self, Self.consentGranted),
        EventKind(ConsentWithdrawn.self, Self.consentWithdrawn),
        EventKind(HouseholdJoined.self, Self.householdJoined),
        EventKind(PotentialAssessed.self, Self.potentialAssessed),
        EventKind(PlanDrafted.self, Self.planDrafted),
        EventKind(MeasureAdded.self, Self.measureAdded),
        EventKind(MeasuresRelated.self, Self.measuresRelated),
        EventKind(PlanAgreed.self, Self.planAgreed),
        EventKind(MeasureStarted.self, Self.measureStarted),
        EventKind(MeasureCompleted.self, Self.measureCompleted),
        EventKind(MeasureAbandoned.self, Self.measureAbandoned),
        EventKind(PlacementOffered.self, Self.placementOffered),
        EventKind(PlacementAccepted.self, Self.placementAccepted),
        EventKind(PlacementRefused.self, Self.placementRefused),
        EventKind(PlacementStarted.self, Self.placementStarted),
        EventKind(PlacementEnded.self, Self.placementEnded),
        EventKind(CaseClosed.self, Self.caseClosed),
        EventKind(FindingOpened.self, Self.findingOpened),
        EventKind(FindingUpdated.self, Self.findingUpdated),
        EventKind(FindingClosed.self, Self.findingClosed),
    ]

    /// The content of this event.
    public var body: any EventBody {
        switch self {
        case .participantRegistered(let body): body
        case .officeEngaged(let body): body
        case .consentGranted(let body): body
        case .consentWithdrawn(let body): body
        case .householdJoined(let body): body
        case .potentialAssessed(let body): body
        case .planDrafted(let body): body
        case .measureAdded(let body): body
        case .measuresRelated(let body): body
        case .planAgreed(let body): body
        case .measureStarted(let body): body
        case .measureCompleted(let body): body
        case .measureAbandoned(let body): body
        case .placementOffered(let body): body
        case .placementAccepted(let body): body
        case .placementRefused(let body): body
        case .placementStarted(let body): body
        case .placementEnded(let body): body
        case .caseClosed(let body): body
        case .findingOpened(let body): body
        case .findingUpdated(let body): body
        case .findingClosed(let body): body
        }
    }
}
