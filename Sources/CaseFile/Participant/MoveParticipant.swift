public import Ledger

/// Records that a participant lives somewhere else.
public struct MoveParticipant: CommandBody {
    /// The name by which it is asked for.
    public static let name = "move-participant"

    /// The programme area the person belongs to now; the same one for a move within it.
    public var areaId: String
    /// The new address; absent means that it is not known. Personal.
    public var address: Address?
    /// The first day there; absent means the effective day.
    public var from: CalendarDate?

    /// A move.
    public init(areaId: String, address: Address? = nil, from: CalendarDate? = nil) {
        self.areaId = areaId
        self.address = address
        self.from = from
    }
}

/// A participant lives somewhere else.
public struct ParticipantMoved: EventBody {
    /// Where the person lives.
    public struct Personal: Codable, Hashable, Sendable {
        /// The new address.
        public var address: Address

        /// An address.
        public init(address: Address) { self.address = address }
    }

    /// The programme area the person belongs to now.
    public var areaId: String
    /// The first day there, Europe/Berlin.
    public var from: CalendarDate
    /// Where the person lives; `nil` when it is not known or the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case areaId, from
    }

    /// A move.
    public init(areaId: String, from: CalendarDate, personal: Personal? = nil) {
        self.areaId = areaId
        self.from = from
        self.personal = personal
    }
}

extension ParticipantMoved: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["areaId", "from", "address"]]
}

extension CaseState {
    func decide(_ command: MoveParticipant, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let participant else { throw .caseNotRegistered }
        guard participant.personal != nil else { throw .participantErased }
        guard context.surroundings.area?.isOpen(on: context.effectiveOn) == true else { throw .unknownArea }
        let from = try context.dayOfFact(command.from)
        guard max(participant.registered.on, participant.movedOn ?? from) <= from else { throw .movesOutOfOrder }
        let address = command.address ?? (command.areaId == participant.areaId ? participant.personal?.address : nil)
        guard command.areaId != participant.areaId || address != participant.personal?.address else { return [] }
        return [
            .participantMoved(
                ParticipantMoved(
                    areaId: command.areaId, from: from,
                    personal: address.map { ParticipantMoved.Personal(address: $0) }))
        ]
    }

    mutating func apply(_ event: ParticipantMoved, from provenance: Provenance) {
        participant?.areaId = event.areaId
        participant?.movedOn = event.from
        participant?.personal?.address = event.personal?.address
    }
}

extension Rejection {
    /// A move before the registration or before the last move.
    public static let movesOutOfOrder = Rejection(
        rule: "moves-out-of-order",
        detail: "The participant was registered or last moved after that day; "
            + "choose a later day, or correct the record (correct-participant).")
}
