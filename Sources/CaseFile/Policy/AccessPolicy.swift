public import CaseTiming

/// Who may do and see what. Pure, and the one place where it is decided: routes ask it who may enter, views what an office
/// gets of another's data, commands who may ask for them (``CommandPolicy``).
///
/// Default deny. What depends only on the actor's role and office is *forbidden*; what the actor may not even know of is
/// *not found*, whether it exists or not.
public enum AccessPolicy {
    /// The roles that may ask for an action at all.
    public static func roles(for action: AccessAction) -> [Role] {
        switch action {
        case .commandCase, .candidates, .calendar, .entrustedNotes: [.caseworker]
        case .commandArea: [.administrator, .supervisor]
        case .commandCatalogue: [.administrator, .supervisor, .caseworker]
        case .importCommands, .catalogue: [.caseworker, .supervisor, .administrator]
        case .worklist, .caseFile, .timeline, .findings, .proposals, .calendarFeeds: [.caseworker, .supervisor]
        case .summary: [.supervisor, .auditor, .administrator]
        case .auditEvents, .auditState, .auditReads, .auditProof: [.auditor]
        case .accessReport: [.administrator]
        case .whatIf: Role.allCases.filter { $0 != .worker }
        }
    }

    // MARK: Who may enter

    /// Whether an actor may ask for an action, as far as role and office tell.
    ///
    /// - Parameter office: the office whose view it is, where the question names one.
    public static func judge(_ action: AccessAction, by actor: Actor, viewOf office: Office? = nil) -> AccessVerdict {
        let roles = roles(for: action)
        guard roles.contains(actor.role) else {
            return .forbidden(
                "This is for \(roles.map(\.rawValue).joined(separator: ", ")), not for \(actor.role.rawValue).")
        }
        if let office, actor.office != office {
            return .forbidden("This is the view of the \(office.title); the token is of another office.")
        }
        if action == .entrustedNotes, actor.office != .youthOffice {
            return .forbidden("What is told in confidence is kept by employees of the youth office (§ 65 SGB VIII).")
        }
        switch action.scope {
        case .nobody: return .allowed(.nothingPersonal)
        case .numbers, .history: return .allowed(.oversight)
        case .ownOffice:
            guard actor.office != nil else {
                return .forbidden("This is shown to offices; the token names none.")
            }
            return .allowed(actor.role == .caseworker ? .ownTask : .oversight)
        case .singleCase:
            // A supervisor of no office has no office's cases: to such a one, there are none.
            guard actor.office != nil else { return .notFound }
            return .allowed(actor.role == .caseworker ? .ownTask : .oversight)
        }
    }

    /// Whether an actor may ask for an action about one case.
    ///
    /// - Parameters:
    ///   - relation: how the actor's office stands to the case.
    ///   - area: the participant's programme area; `nil` when nobody is registered.
    public static func judge(
        _ action: AccessAction, by actor: Actor, relation: CaseRelation, area: String?
    ) -> AccessVerdict {
        let verdict = judge(action, by: actor)
        guard verdict.isAllowed, action.scope == .singleCase else { return verdict }
        guard let area, actor.covers(area: area) else { return .notFound }
        return isSeen(relation, for: action) ? verdict : .notFound
    }

    /// Whether a case is there for an office that stands to it so.
    ///
    /// An office that registered somebody without engaging itself works in the case, and does not read it.
    public static func isSeen(_ relation: CaseRelation, for action: AccessAction) -> Bool {
        switch relation {
        case .engaged: true
        case .registered: action == .commandCase || action == .candidates
        case .addressed: action != .entrustedNotes
        case .none: false
        }
    }

    // MARK: What is seen inside

    /// Whether a basis can open data of a category to another office than the one that recorded it.
    ///
    /// A recorded legal basis opens timing and nothing else; a consent opens what it names, except what was told in
    /// confidence, which no consent opens to an office.
    public static func opens(_ category: ConsentCategory, on basis: CategoryGrant.Basis) -> Bool {
        switch basis {
        case .legalBasis: category == .timing
        case .consent: category != .entrusted
        }
    }

    /// Whether an office gets data of a category in a case, and by what.
    ///
    /// - Parameters:
    ///   - recorder: the office that recorded them; `nil` when none did.
    ///   - relation: how the office stands to the case.
    ///   - grants: what opens others' data to the office on the day in question.
    public static func judge(
        _ category: ConsentCategory, recordedBy recorder: Office?, for office: Office, relation: CaseRelation,
        grants: [CategoryGrant]
    ) -> AccessVerdict {
        guard relation == .engaged else { return .notFound }
        if recorder == office { return .allowed(.ownTask) }
        return longest(of: grants.filter { $0.category == category && opens(category, on: $0.basis) })
            .map { .allowed($0.basis.ground) } ?? .notFound
    }

    /// Of several grants the one counts that holds longest.
    public static func longest(of grants: [CategoryGrant]) -> CategoryGrant? {
        grants.max { left, right in
            guard let leftEnd = left.until else { return false }
            return right.until.map { leftEnd < $0 } ?? true
        }
    }

    /// Whether somebody may read what was told in confidence.
    ///
    /// - Parameter holder: the subject of the employee it was told to, or of the named successor.
    public static func judge(confidenceHeldBy holder: String, of office: Office, by actor: Actor) -> AccessVerdict {
        guard actor.role == .caseworker, actor.office == office, actor.subject == holder else { return .notFound }
        return .allowed(.confidence)
    }
}

extension CategoryGrant.Basis {
    /// The ground that it is for whoever sees something on it.
    public var ground: AccessGround {
        switch self {
        case .consent(let number, let purpose): .consent(number: number, purpose: purpose)
        case .legalBasis(let law): .legalBasis(law)
        }
    }
}
