import CaseFile
import Foundation
import Ledger

/// One invented participant.
struct Person: Sendable {
    /// Place in the household, from 0.
    var index: Int
    /// The identifier of the case.
    var id: UUID
    var givenName: String
    /// Ends with ` (Demo)`, so that nobody takes the person for a real one, whatever view shows the name.
    var familyName: String
    var bornOn: CalendarDate
    var place: HouseholdRole
    var languages: [String]
    var needsGerman: Bool
    var schooling: String
    var vocationalCertificate: String?
    /// Which job the person looks for, or will.
    var occupation: Occupation

    /// Completed years of life on a day.
    func age(on day: CalendarDate) -> Int {
        let (year, month, dayOfMonth) = day.components
        let (birthYear, birthMonth, birthDay) = bornOn.components
        return year - birthYear - ((month, dayOfMonth) < (birthMonth, birthDay) ? 1 : 0)
    }

    /// 15 to 24 years: the years in which job centre and youth office are both there for somebody.
    func isYouth(on day: CalendarDate) -> Bool { (15..<25).contains(age(on: day)) }

    /// An adult who leads or shares the household.
    var isGrownUp: Bool { place == .adult || place == .partner }
}
