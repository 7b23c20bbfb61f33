/// What somebody asks for, as far as the policy tells it apart. What one command may do is ``CommandPolicy``'s to say.
public enum AccessAction: String, CaseIterable, Codable, Hashable, Sendable {
    /// To ask for a command in a case.
    case commandCase = "command-case"
    /// To ask for a command about a programme area.
    case commandArea = "command-area"
    /// To ask for a command about an offer, a partner or an employment field.
    case commandCatalogue = "command-catalogue"
    /// To ask for many commands at once; each of them is judged on its own.
    case importCommands = "import"
    /// To list an office's cases, by name too.
    case worklist
    /// To read a case.
    case caseFile = "case-file"
    /// To read a case over time.
    case timeline
    /// To read what was told in confidence, as far as one may.
    case entrustedNotes = "entrusted-notes"
    /// To look for cases that may be about the same person.
    case candidates
    /// To list what is out of step.
    case findings
    /// To list what is proposed to be done about it.
    case proposals
    /// To read one's own calendar, or to make a secret address for it.
    case calendar
    /// To list and revoke the office's calendar feeds; a caseworker the own ones.
    case calendarFeeds = "calendar-feeds"
    /// To compare programme areas.
    case summary
    /// To look at offers, partners, areas and employment fields.
    case catalogue
    /// To read a case's history as it was recorded.
    case auditEvents = "audit-events"
    /// To replay a case.
    case auditState = "audit-state"
    /// To be told who looked at a case.
    case auditReads = "audit-reads"
    /// To be told everything that is held on the person of a case, for that person.
    case accessReport = "access-report"
    /// To have the ledger prove itself.
    case auditProof = "audit-proof"
    /// To compute a period or an alignment, or to read the rules of law: nothing about anybody.
    case whatIf = "what-if"

    /// What it is about.
    public enum Scope: String, Hashable, Sendable {
        /// Nothing that belongs to anybody.
        case nobody
        /// Numbers of many people, small ones suppressed.
        case numbers
        /// The ledger as a whole, or a case as it was recorded.
        case history
        /// The cases of one office, which has to be the actor's own.
        case ownOffice = "own-office"
        /// One case, as the actor's office stands to it.
        case singleCase = "single-case"
    }

    /// What it is about.
    public var scope: Scope {
        switch self {
        case .commandArea, .commandCatalogue, .importCommands, .catalogue, .whatIf, .auditProof: .nobody
        case .summary: .numbers
        case .auditEvents, .auditState, .auditReads, .accessReport: .history
        case .worklist, .findings, .proposals, .calendar, .calendarFeeds: .ownOffice
        case .commandCase, .caseFile, .timeline, .entrustedNotes, .candidates: .singleCase
        }
    }
}
