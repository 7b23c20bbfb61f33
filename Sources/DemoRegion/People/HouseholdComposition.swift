import CaseFile
import Foundation
import Ledger

/// Who lives together: places and ages of a household of a given size.
struct HouseholdComposition: Sendable {
    /// A place in the household and the age on the demo's day.
    var members: [(place: HouseholdRole, age: Int)]

    /// Draws the members of a household of `size` people.
    ///
    /// One parent in three raises the children alone, as in neighbourhoods with special development needs.
    init(size: Int, random: inout SplitMix64) {
        members = []
        switch size {
        case 1:
            members = [(.adult, random.chance(35) ? random.int(18...24) : random.int(25...61))]
        case 2 where random.chance(45):
            let age = random.int(27...60)
            members = [(.adult, age), (.partner, max(20, age + random.int(-6...6)))]
        default:
            let isAlone = size == 2 || (size < 5 && random.chance(33))
            let age = random.int(34...52)
            members = [(.adult, age)]
            if !isAlone { members.append((.partner, max(30, age + random.int(-5...5)))) }
            while members.count < size { members.append(Self.child(of: age, random: &random)) }
            // Eldest first, and in most families with somebody else at least one youth.
            members.sort { $0.age > $1.age }
            if size > 2, !members.contains(where: { $0.place == .youth }), random.chance(70) {
                members[isAlone ? 1 : 2] = (.youth, random.int(15...20))
            }
            if size > 5, random.chance(40) { members[size - 1] = (.other, random.int(62...74)) }
        }
    }

    private static func child(of parentAge: Int, random: inout SplitMix64) -> (place: HouseholdRole, age: Int) {
        let age = min(random.int(6...22), parentAge - 18)
        return age < 15 ? (.child, max(6, age)) : (.youth, age)
    }

    /// How many people live in a household: about two in five live alone or as two, and big families are few.
    static let sizes: [(element: Int, weight: Int)] = [(1, 28), (2, 27), (3, 21), (4, 14), (5, 7), (6, 3)]

    /// The largest household there is.
    static let largest = 8
}
