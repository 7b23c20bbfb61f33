/// What somebody wants to be done in a case.
public enum CaseCommand: CommandFamily {
    case registerParticipant(RegisterParticipant)
    case engageOffice(EngageOffice)
    case grantConsent(GrantConsent)
    case withdrawConsent(WithdrawConsent)
    case joinHousehold(JoinHousehold)
    case assessPotential(AssessPotential)
    case draftPlan(DraftPlan)
    case addMeasure(AddMeasure)
    case relateMeasures(RelateMeasures)
    case agreePlan(AgreePlan)
    case startMeasure(StartMeasure)
    case completeMeasure(CompleteMeasure)
    case abandonMeasure(AbandonMeasure)
    case offerPlacement(OfferPlacement)
    case acceptPlacement(AcceptPlacement)
    case refusePlacement(RefusePlacement)
    case startPlacement(StartPlacement)
    case endPlacement(EndPlacement)
    case closeCase(CloseCase)
    case openFinding(OpenFinding)
    case updateFinding(UpdateFinding)
    case closeFinding(CloseFinding)

    /// How each of the commands is read.
    public static let kinds: [CommandKind<CaseCommand>] = [
        CommandKind(RegisterParticipant.self, Self.registerParticipant),
        CommandKind(EngageOffice.self, Self.engageOffice),
        CommandKind(GrantConsent.self, Self.grantConsent),
        CommandKind(WithdrawConsent.self, Self.withdrawConsent),
        CommandKind(JoinHousehold.self, Self.joinHousehold),
        CommandKind(AssessPotential.self, Self.assessPotential),
        CommandKind(DraftPlan.self, Self.draftPlan),
        CommandKind(AddMeasure.self, Self.addMeasure),
        CommandKind(RelateMeasures.self, Self.relateMeasures),
        CommandKind(AgreePlan.self, Self.agreePlan),
        CommandKind(StartMeasure.self, Self.startMeasure),
        CommandKind(CompleteMeasure.self, Self.completeMeasure),
        CommandKind(AbandonMeasure.self, Self.abandonMeasure),
        CommandKind(OfferPlacement.self, Self.offerPlacement),
        CommandKind(AcceptPlacement.self, Self.acceptPlacement),
        CommandKind(RefusePlacement.self, Self.refusePlacement),
        CommandKind(StartPlacement.self, Self.startPlacement),
        CommandKind(EndPlacement.self, Self.endPlacement),
        CommandKind(CloseCase.self, Self.closeCase),
        CommandKind(OpenFinding.self, from: .system, Self.openFinding),
        CommandKind(UpdateFinding.self, from: .system, Self.updateFinding),
        CommandKind(CloseFinding.self, from: .system, Self.closeFinding),
    ]

    /// The data of this command.
    public var body: any CommandBody {
        switch self {
        case .registerParticipant(let body): body
        case .engageOffice(let body): body
        case .grantConsent(let body): body
        case .withdrawConsent(let body): body
        case .joinHousehold(let body): body
        case .assessPotential(let body): body
        case .draftPlan(let body): body
        case .addMeasure(let body): body
        case .relateMeasures(let body): body
        case .agreePlan(let body): body
        case .startMeasure(let body): body
        case .completeMeasure(let body): body
        case .abandonMeasure(let body): body
        case .offerPlacement(let body): body
        case .acceptPlacement(let body): body
        case .refusePlacement(let body): body
        case .startPlacement(let body): body
        case .endPlacement(let body): body
        case .closeCase(let body): body
        case .openFinding(let body): body
        case .updateFinding(let body): body
        case .closeFinding(let body): body
        }
    }

    /// What has to be loaded beside the case before this can be decided.
    public func needs(given state: CaseState) -> Needs {
        switch self {
        case .registerParticipant(let command): Needs(area: command.areaId)
        case .joinHousehold(let command): Needs(household: command.householdId)
        case .addMeasure(let command): Needs(provider: command.providerId)
        case .relateMeasures:
            Needs(household: state.household?.householdId, housemates: state.household != nil)
        case .offerPlacement(let command): Needs(offer: command.offerId)
        case .acceptPlacement(let command): Needs(offer: state.placement(command.placementId)?.offerId)
        case .endPlacement(let command): Needs(offer: state.placement(command.placementId)?.offerId)
        default: Needs()
        }
    }
}
