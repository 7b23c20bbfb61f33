public import Ledger

/// Opens the case of a person.
public struct RegisterParticipant: CommandBody {
    /// The name by which it is asked for.
    public static let name = "register-participant"

    /// Given names. Personal.
    public var givenName: String
    /// Family name. Personal.
    public var familyName: String
    /// Day of birth. Personal.
    public var bornOn: CalendarDate
    /// The programme area the person belongs to.
    public var areaId: String
    /// Where the person lives. Personal.
    public var address: Address?
    /// How to reach the person. Personal.
    public var contact: Contact?
    /// Languages, BCP 47.
    public var languages: [String]?
    /// The school certificate, in words.
    public var schooling: String?
    /// The vocational certificate, in words.
    public var vocationalCertificate: String?

    /// The registration of a person.
    public init(
        givenName: String, familyName: String, bornOn: CalendarDate, areaId: String, address: Address? = nil,
        contact: Contact? = nil, languages: [String]? = nil, schooling: String? = nil,
        vocationalCertificate: String? = nil
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
    }
}

/// A case was opened for a person.
public struct ParticipantRegistered: EventBody {
    /// Who the person is.
    public struct Personal: Codable, Hashable, Sendable {
        /// Given names.
        public var givenName: String
        /// Family name.
        public var familyName: String
        /// Day of birth.
        public var bornOn: CalendarDate
        /// Where the person lives.
        public var address: Address?
        /// How to reach the person.
        public var contact: Contact?

        /// A person with these particulars.
        public init(
            givenName: String, familyName: String, bornOn: CalendarDate, address: Address? = nil,
            contact: Contact? = nil
        ) {
            self.givenName = givenName
            self.familyName = familyName
            self.bornOn = bornOn
            self.address = address
            self.contact = contact
        }
    }

    /// The programme area the person belongs to.
    public var areaId: String
    /// Languages, BCP 47.
    public var languages: [String]
    /// The school certificate, in words.
    public var schooling: String?
    /// The vocational certificate, in words.
    public var vocationalCertificate: String?
    /// Who the person is.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case areaId, languages, schooling, vocationalCertificate
    }

    /// The registration of a person.
    public init(
        areaId: String, languages: [String] = [], schooling: String? = nil, vocationalCertificate: String? = nil,
        personal: Personal?
    ) {
        self.areaId = areaId
        self.languages = languages
        self.schooling = schooling
        self.vocationalCertificate = vocationalCertificate
        self.personal = personal
    }
}

extension ParticipantRegistered: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .identity: ["areaId", "languages", "address", "bornOn", "contact", "familyName", "givenName"],
        .education: ["schooling", "vocationalCertificate"],
    ]
}

extension CaseState {
    func decide(_ command: RegisterParticipant, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard participant == nil else { throw .alreadyRegistered }
        try command.givenName.filled("givenName")
        try command.familyName.filled("familyName")
        guard command.bornOn <= context.today else { throw .bornInTheFuture }
        try command.bornOn.plausible()
        _ = try context.dayOfFact()
        guard context.surroundings.area?.isOpen(on: context.effectiveOn) == true else { throw .unknownArea }
        let languages = (command.languages ?? []).uniqued
        guard languages.allSatisfy(\.isLanguageTag) else { throw .invalidLanguages }
        return [
            .participantRegistered(
                ParticipantRegistered(
                    areaId: command.areaId, languages: languages, schooling: command.schooling,
                    vocationalCertificate: command.vocationalCertificate,
                    personal: ParticipantRegistered.Personal(
                        givenName: command.givenName, familyName: command.familyName, bornOn: command.bornOn,
                        address: command.address, contact: command.contact)))
        ]
    }

    mutating func apply(_ event: ParticipantRegistered, from provenance: Provenance) {
        participant = Participant(
            personal: event.personal, areaId: event.areaId, languages: event.languages, schooling: event.schooling,
            vocationalCertificate: event.vocationalCertificate, registered: provenance)
    }
}

extension String {
    /// Whether this has the form of a language tag (RFC 5646, section 2.1): subtags of 1 to 8 letters and digits.
    var isLanguageTag: Bool {
        let subtags = split(separator: "-", omittingEmptySubsequences: false)
        guard let language = subtags.first, language.utf8.allSatisfy(\.isLetter) else { return false }
        return subtags.allSatisfy { (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isLetterOrDigit) }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isLetterOrDigit: Bool { isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Rejection {
    /// The case has its participant.
    public static let alreadyRegistered = Rejection(
        rule: "already-registered",
        detail: "This case already has a participant; open it instead, or register the person under a new case id.")
    /// The day of birth lies after today.
    public static let bornInTheFuture = Rejection(
        rule: "born-in-the-future", detail: "The day of birth lies after today; check the date.")
    /// The named programme area is not published.
    public static let unknownArea = Rejection(
        rule: "unknown-area", detail: "There is no such programme area; publish it first or choose a published one.")
    /// A language is not a BCP 47 tag.
    public static let invalidLanguages = Rejection(
        rule: "invalid-languages", detail: "A language is written as a BCP 47 tag, such as de, tr or ar-SY.")
}
