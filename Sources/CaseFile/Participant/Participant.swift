public import Ledger

/// The person a case is about, as the file knows them.
public struct Participant: Hashable, Sendable {
    /// Names, day of birth and ways to reach the person; `nil` once the person is erased.
    public var personal: ParticipantRegistered.Personal?
    /// The programme area the person belongs to.
    public var areaId: String
    /// The first day at the present address, Europe/Berlin, if the person moved since the registration.
    public var movedOn: CalendarDate?
    /// Languages, BCP 47.
    public var languages: [String]
    /// The school certificate, in words.
    public var schooling: String?
    /// The vocational certificate, in words.
    public var vocationalCertificate: String?
    /// Which office registered the person, and as of when.
    public var registered: Provenance
}

/// Where somebody lives.
public struct Address: Codable, Hashable, Sendable {
    /// The street's name.
    public var street: String?
    /// The number in the street, with letters.
    public var houseNumber: String?
    /// The postal code.
    public var postalCode: String?
    /// The town.
    public var city: String?
    /// Anything else that finds the door.
    public var addition: String?

    /// An address of which only the given parts are known.
    public init(
        street: String? = nil, houseNumber: String? = nil, postalCode: String? = nil, city: String? = nil,
        addition: String? = nil
    ) {
        self.street = street
        self.houseNumber = houseNumber
        self.postalCode = postalCode
        self.city = city
        self.addition = addition
    }
}

/// How to reach somebody.
public struct Contact: Codable, Hashable, Sendable {
    /// A telephone number.
    public var phone: String?
    /// A mobile telephone number.
    public var mobile: String?
    /// An e-mail address.
    public var email: String?
    /// Anything to know before calling.
    public var note: String?

    /// A contact of which only the given parts are known.
    public init(phone: String? = nil, mobile: String? = nil, email: String? = nil, note: String? = nil) {
        self.phone = phone
        self.mobile = mobile
        self.email = email
        self.note = note
    }
}
