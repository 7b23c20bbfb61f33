public import Ledger

/// What of a participant's record can be taken back without putting something else in its place.
public enum RemovableParticipantDetail: String, Codable, CaseIterable, Hashable, Sendable {
    case address, contact, schooling, vocationalCertificate
}

/// Corrects what was recorded of a participant. What is absent stays as it is.
public struct CorrectParticipant: CommandBody {
    /// The name by which it is asked for.
    public static let name = "correct-participant"

    /// Given names. Personal.
    public var givenName: String?
    /// Family name. Personal.
    public var familyName: String?
    /// Day of birth. Personal.
    public var bornOn: CalendarDate?
    /// The programme area the person always belonged to; for a move there is `move-participant`.
    public var areaId: String?
    /// Where the person lives, as a whole. Personal.
    public var address: Address?
    /// How to reach the person, as a whole. Personal.
    public var contact: Contact?
    /// Languages, BCP 47; an empty list takes all back.
    public var languages: [String]?
    /// The school certificate, in words.
    public var schooling: String?
    /// The vocational certificate, in words.
    public var vocationalCertificate: String?
    /// What should not stand in the record at all.
    public var remove: [RemovableParticipantDetail]?
    /// Why.
    public var reason: String?

    /// A correction.
    public init(
        givenName: String? = nil, familyName: String? = nil, bornOn: CalendarDate? = nil, areaId: String? = nil,
        address: Address? = nil, contact: Contact? = nil, languages: [String]? = nil, schooling: String? = nil,
        vocationalCertificate: String? = nil, remove: [RemovableParticipantDetail]? = nil, reason: String? = nil
    ) {
        self.givenName = givenName
        self.familyName = familyName
        self.bornOn = bornOn
        self.areaId = areaId
        self.address = address
        self.contact = contact
        self.languages = languages
        self.schooling = schooling
        self.vocationalCertificate = vocationalCertificate
        self.remove = remove
        self.reason = reason
    }
}

/// What was recorded of a participant was corrected. What is absent stayed as it was.
public struct ParticipantCorrected: EventBody {
    /// Who the person is.
    public struct Personal: Codable, Hashable, Sendable {
        /// Given names.
        public var givenName: String?
        /// Family name.
        public var familyName: String?
        /// Day of birth.
        public var bornOn: CalendarDate?
        /// Where the person lives.
        public var address: Address?
        /// How to reach the person.
        public var contact: Contact?

        /// Particulars of which the given ones changed.
        public init(
            givenName: String? = nil, familyName: String? = nil, bornOn: CalendarDate? = nil,
            address: Address? = nil, contact: Contact? = nil
        ) {
            self.givenName = givenName
            self.familyName = familyName
            self.bornOn = bornOn
            self.address = address
            self.contact = contact
        }
    }

    /// The programme area.
    public var areaId: String?
    /// Languages, BCP 47.
    public var languages: [String]?
    /// The school certificate, in words.
    public var schooling: String?
    /// The vocational certificate, in words.
    public var vocationalCertificate: String?
    /// What no longer stands in the record, each once.
    public var removed: [RemovableParticipantDetail]
    /// Why.
    public var reason: String?
    /// Who the person is.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case areaId, languages, schooling, vocationalCertificate, removed, reason
    }

    /// A correction.
    public init(
        areaId: String? = nil, languages: [String]? = nil, schooling: String? = nil,
        vocationalCertificate: String? = nil, removed: [RemovableParticipantDetail] = [], reason: String? = nil,
        personal: Personal? = nil
    ) {
        self.areaId = areaId
        self.languages = languages
        self.schooling = schooling
        self.vocationalCertificate = vocationalCertificate
        self.removed = removed
        self.reason = reason
        self.personal = personal
    }
}

extension ParticipantCorrected: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .identity: ["areaId", "languages", "removed", "address", "bornOn", "contact", "familyName", "givenName"],
        .own: ["reason"],
        .education: ["schooling", "vocationalCertificate"],
    ]
}

extension CaseState {
    func decide(_ command: CorrectParticipant, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let participant else { throw .caseNotRegistered }
        guard participant.personal != nil else { throw .participantErased }
        try command.check(against: participant, in: context)
        _ = try context.dayOfFact()
        var corrected = participant
        corrected.correct(by: ParticipantCorrected(command))
        guard corrected != participant else { throw .nothingChanges }
        return [
            .participantCorrected(ParticipantCorrected(from: participant, to: corrected, reason: command.reason))
        ]
    }

    mutating func apply(_ event: ParticipantCorrected, from provenance: Provenance) {
        participant?.correct(by: event)
    }
}

extension CorrectParticipant {
    fileprivate func check(against participant: Participant, in context: DecisionContext) throws(Rejection) {
        try givenName?.filled("givenName")
        try familyName?.filled("familyName")
        if let bornOn {
            guard bornOn <= context.today else { throw .bornInTheFuture }
            try bornOn.plausible()
        }
        if let areaId, areaId != participant.areaId, context.surroundings.area?.isOpen(on: context.effectiveOn) != true
        {
            throw .unknownArea
        }
        guard (languages ?? []).allSatisfy(\.isLanguageTag) else { throw .invalidLanguages }
    }
}

extension Participant {
    fileprivate mutating func correct(by event: ParticipantCorrected) {
        for detail in event.removed { remove(detail) }
        areaId = event.areaId ?? areaId
        languages = event.languages ?? languages
        schooling = event.schooling ?? schooling
        vocationalCertificate = event.vocationalCertificate ?? vocationalCertificate
        guard let changed = event.personal, var personal else { return }
        personal.givenName = changed.givenName ?? personal.givenName
        personal.familyName = changed.familyName ?? personal.familyName
        personal.bornOn = changed.bornOn ?? personal.bornOn
        personal.address = changed.address ?? personal.address
        personal.contact = changed.contact ?? personal.contact
        self.personal = personal
    }

    private mutating func remove(_ detail: RemovableParticipantDetail) {
        switch detail {
        case .address: personal?.address = nil
        case .contact: personal?.contact = nil
        case .schooling: schooling = nil
        case .vocationalCertificate: vocationalCertificate = nil
        }
    }

    fileprivate func has(_ detail: RemovableParticipantDetail) -> Bool {
        switch detail {
        case .address: personal?.address != nil
        case .contact: personal?.contact != nil
        case .schooling: schooling != nil
        case .vocationalCertificate: vocationalCertificate != nil
        }
    }
}

extension ParticipantCorrected {
    /// All that a command says, changed or not. What is removed and given at once is given.
    fileprivate init(_ command: CorrectParticipant) {
        self.init(
            areaId: command.areaId, languages: command.languages?.uniqued, schooling: command.schooling,
            vocationalCertificate: command.vocationalCertificate, removed: command.remove ?? [],
            personal: Personal(
                givenName: command.givenName, familyName: command.familyName, bornOn: command.bornOn,
                address: command.address, contact: command.contact))
    }

    /// What is different in a record, and nothing else.
    fileprivate init(from before: Participant, to after: Participant, reason: String?) {
        func changed<Value: Equatable>(_ detail: KeyPath<Participant, Value>) -> Value? {
            before[keyPath: detail] == after[keyPath: detail] ? nil : after[keyPath: detail]
        }
        func changed<Value: Equatable>(_ detail: KeyPath<Participant, Value?>) -> Value? {
            before[keyPath: detail] == after[keyPath: detail] ? nil : after[keyPath: detail]
        }
        let personal = Personal(
            givenName: changed(\.personal?.givenName), familyName: changed(\.personal?.familyName),
            bornOn: changed(\.personal?.bornOn), address: changed(\.personal?.address),
            contact: changed(\.personal?.contact))
        self.init(
            areaId: changed(\.areaId), languages: changed(\.languages), schooling: changed(\.schooling),
            vocationalCertificate: changed(\.vocationalCertificate),
            removed: RemovableParticipantDetail.allCases.filter { before.has($0) && !after.has($0) }, reason: reason,
            personal: personal == Personal() ? nil : personal)
    }
}

extension Rejection {
    /// Everything is as the correction wants it.
    public static let nothingChanges = Rejection(
        rule: "nothing-changes", detail: "All of this is recorded so already; say what should be different.")
    /// The person's data was erased.
    public static let participantErased = Rejection(
        rule: "participant-erased",
        detail: "This person's data was erased at their wish; register the person under a new case id if they return.")
}
