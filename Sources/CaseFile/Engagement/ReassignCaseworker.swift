public import CaseTiming
public import Ledger

/// Puts another caseworker of an engaged office in charge.
public struct ReassignCaseworker: CommandBody {
    /// The name by which it is asked for.
    public static let name = "reassign-caseworker"

    /// The office.
    public var office: Office
    /// The subject of the caseworker in charge from now on.
    public var caseworker: String
    /// What the new caseworker has to know. Personal; only the office itself reads it.
    public var handoverNote: String?

    /// A change of caseworker.
    public init(office: Office, caseworker: String, handoverNote: String? = nil) {
        self.office = office
        self.caseworker = caseworker
        self.handoverNote = handoverNote
    }
}

/// Another caseworker is in charge.
public struct CaseworkerReassigned: EventBody {
    /// What is handed over.
    public struct Personal: Codable, Hashable, Sendable {
        /// What the new caseworker has to know.
        public var handoverNote: String

        /// A note.
        public init(handoverNote: String) { self.handoverNote = handoverNote }
    }

    /// The office.
    public var office: Office
    /// The subject of the caseworker in charge from now on.
    public var caseworker: String
    /// What is handed over.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case office, caseworker
    }

    /// A change of caseworker.
    public init(office: Office, caseworker: String, personal: Personal? = nil) {
        self.office = office
        self.caseworker = caseworker
        self.personal = personal
    }
}

extension CaseworkerReassigned: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .identity: ["caseworker", "office"], .own: ["handoverNote"],
    ]
}

extension CaseState {
    func decide(_ command: ReassignCaseworker, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let engagement = engagements[command.office] else { throw .notEngaged }
        try command.caseworker.filled("caseworker")
        _ = try context.dayOfFact()
        let isNoteNew = command.handoverNote.map { $0 != engagement.handoverNote } ?? false
        guard engagement.caseworker != command.caseworker || isNoteNew else { return [] }
        return [
            .caseworkerReassigned(
                CaseworkerReassigned(
                    office: command.office, caseworker: command.caseworker,
                    personal: command.handoverNote.map { CaseworkerReassigned.Personal(handoverNote: $0) }))
        ]
    }

    mutating func apply(_ event: CaseworkerReassigned, from provenance: Provenance) {
        // Who takes over from nobody in particular is no other.
        if let before = engagements[event.office]?.caseworker, before != event.caseworker {
            engagements[event.office]?.handedOn.append(provenance.on)
        }
        engagements[event.office]?.caseworker = event.caseworker
        engagements[event.office]?.handoverNote = event.personal?.handoverNote
    }
}
