import CaseFile
import Foundation
import Ledger

/// Places that employers offer, so many that households in different lanes never compete for one.
///
/// Every eight households share a set of offers. Which place of it a household may take follows from the household's
/// number alone, so the offers can be published before the first household is known, each in a few bytes.
struct OfferPool: Sendable {
    /// An offer of the set, with a place for as many of the eight households as its capacity says.
    struct Offer: Sendable {
        var id: UUID
        var kind: PlacementKind
        var occupation: Occupation
        var capacity: Int
        var employer: String
        var area: ProgrammeArea
        /// Place in the whole pool, from 0.
        var number: Int
    }

    static let householdsPerSet = 8
    /// What one set holds; single places are there so that some offers are full.
    private static let set: [(kind: PlacementKind, capacity: Int)] = [
        (.job, 1), (.job, 4), (.job, 1), (.apprenticeship, 2), (.subsidised, 1), (.workOpportunity, 1),
    ]

    let region: UUID
    let households: Int

    /// How many offers there are.
    var count: Int { (households + Self.householdsPerSet - 1) / Self.householdsPerSet * Self.set.count }

    /// The offer with a number below ``count``.
    subscript(number: Int) -> Offer {
        let (kind, capacity) = Self.set[number % Self.set.count]
        let occupations = Occupation.all
        let occupation = occupations[(number * 7 + number / Self.set.count) % occupations.count].element
        let areas = ProgrammeArea.allCases
        return Offer(
            id: UUID(derivedFrom: region, "offer \(number)"), kind: kind, occupation: occupation, capacity: capacity,
            employer: occupation.employers[number % occupation.employers.count], area: areas[number % areas.count],
            number: number)
    }

    /// The one place of a kind that is this household's, if the set has one for it.
    func place(of kind: PlacementKind, for household: Int) -> Offer? {
        var seat = household % Self.householdsPerSet
        let first = household / Self.householdsPerSet * Self.set.count
        for (index, entry) in Self.set.enumerated() where entry.kind == kind {
            if seat < entry.capacity { return self[first + index] }
            seat -= entry.capacity
        }
        return nil
    }
}
