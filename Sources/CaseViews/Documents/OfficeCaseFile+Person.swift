public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// Who a case is about. Names, day of birth, address and contact are `nil` once the person is erased.
    public struct Identity: Codable, Hashable, Sendable {
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
        /// The programme area.
        public var areaId: String
        /// The first day at the present address, if the person moved since the registration.
        public var movedOn: CalendarDate?
        /// Languages, BCP 47.
        public var languages: [String]
        /// The school certificate, for the office that registered the person; others see it by consent (education).
        public var schooling: String?
        /// The vocational certificate, likewise.
        public var vocationalCertificate: String?
        /// Whether the person's data was erased.
        public var isErased: Bool
    }

    /// Whom a participant lives and plans with.
    public struct Household: Codable, Hashable, Sendable {
        /// The household.
        public var id: UUID
        /// The participant's own place in it.
        public var role: HouseholdRole?
        /// All members, by case id.
        public var members: [Member]
    }

    /// A member of a household.
    public struct Member: Codable, Hashable, Sendable {
        /// The member's case.
        public var caseId: UUID
        /// The member's place in the household.
        public var role: HouseholdRole?
    }

    /// An office's responsibility.
    public struct Engagement: Codable, Hashable, Sendable {
        /// The office.
        public var office: Office
        /// The subject of the caseworker in charge.
        public var caseworker: String?
        /// The day from which the office is responsible.
        public var since: CalendarDate
        /// The law or paragraph behind it.
        public var legalBasis: String?
        /// What was handed over to the caseworker in charge; `nil` in other offices' files.
        public var handoverNote: String?
    }

    /// What a participant can do, wants, and what stands in the way.
    public struct Potential: Codable, Hashable, Sendable {
        /// The day as of which it was assessed.
        public var assessedOn: CalendarDate
        /// Strengths; `nil` once the person is erased.
        public var strengths: [String]?
        /// Goals in the participant's own words; `nil` once the person is erased.
        public var goals: [String]?
        /// Obstacles; `nil` once the person is erased.
        public var obstacles: [String]?
        /// Level in the German Qualifications Framework (DQR), 1 to 8.
        public var level: Int?
        /// Occupations sought, KldB 2010.
        public var occupationsSought: [String]
    }
}

extension OfficeCaseFile.Identity: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("givenName", givenName)
            $0.field("familyName", familyName)
            $0.field("bornOn", bornOn)
            if let address {
                $0.key("address")
                $0.object {
                    $0.field("street", address.street)
                    $0.field("houseNumber", address.houseNumber)
                    $0.field("postalCode", address.postalCode)
                    $0.field("city", address.city)
                    $0.field("addition", address.addition)
                }
            }
            if let contact {
                $0.key("contact")
                $0.object {
                    $0.field("phone", contact.phone)
                    $0.field("mobile", contact.mobile)
                    $0.field("email", contact.email)
                    $0.field("note", contact.note)
                }
            }
            $0.field("areaId", areaId)
            $0.field("movedOn", movedOn)
            $0.field("languages", languages)
            $0.field("schooling", schooling)
            $0.field("vocationalCertificate", vocationalCertificate)
            $0.field("isErased", isErased)
        }
    }
}

extension OfficeCaseFile.Household: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("id", id)
            $0.field("role", role)
            $0.field("members", members)
        }
    }
}

extension OfficeCaseFile.Member: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("caseId", caseId)
            $0.field("role", role)
        }
    }
}

extension OfficeCaseFile.Engagement: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("office", office)
            $0.field("caseworker", caseworker)
            $0.field("since", since)
            $0.field("legalBasis", legalBasis)
            $0.field("handoverNote", handoverNote)
        }
    }
}

extension OfficeCaseFile.Potential: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("assessedOn", assessedOn)
            $0.field("strengths", strengths)
            $0.field("goals", goals)
            $0.field("obstacles", obstacles)
            $0.field("level", level)
            $0.field("occupationsSought", occupationsSought)
        }
    }
}
