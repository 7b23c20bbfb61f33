import Foundation
import Ledger

/// How alike two people are on paper: enough that a caseworker should look whether they are the same person.
///
/// A birth date that is the same with names that are alike, or names that are the same with a birth date that differs as by
/// a slip; and a birth date, a given name and an area that are the same, since family names change. Nothing of it decides
/// anything: that is for people.
struct Likeness: Hashable {
    /// What two people are compared by.
    struct Particulars: Hashable {
        let given: [String]
        let family: [String]
        let bornOn: CalendarDate
        let areaId: String

        init(given: String, family: String, bornOn: CalendarDate, areaId: String) {
            self.given = FoldedName(given).collapsedWords
            self.family = FoldedName(family).collapsedWords
            self.bornOn = bornOn
            self.areaId = areaId
        }
    }

    /// What is alike, names first.
    let reasons: [CandidateReason]

    /// `nil` when they are not alike enough to be looked at.
    init?(_ first: Particulars, _ second: Particulars) {
        let isSameArea = first.areaId == second.areaId
        let birth = Self.birth(first.bornOn, second.bornOn)
        guard let birth else { return nil }
        let name = Self.names(first, second)
        switch (birth, name) {
        case (.sameBirthDate, .sameName?), (.sameBirthDate, .swappedName?), (.sameBirthDate, .similarName?),
            (.similarBirthDate, .sameName?), (.similarBirthDate, .swappedName?):
            break
        case (.sameBirthDate, .sameGivenName?) where isSameArea: break
        default: return nil
        }
        reasons = [name, birth, isSameArea ? .sameArea : nil].compactMap(\.self)
    }

    /// The higher, the more alike.
    var weight: Int {
        reasons.reduce(0) { weight, reason in
            switch reason {
            case .sameName, .swappedName: weight + 4
            case .similarName: weight + 3
            case .sameGivenName: weight + 1
            case .sameBirthDate: weight + 3
            case .similarBirthDate: weight + 1
            case .sameArea: weight + 1
            }
        }
    }

    // MARK: Names

    private static func names(_ first: Particulars, _ second: Particulars) -> CandidateReason? {
        guard !first.given.isEmpty || !first.family.isEmpty else { return nil }
        let (given, family) = (Set(first.given), Set(first.family))
        let (otherGiven, otherFamily) = (Set(second.given), Set(second.family))
        if given == otherGiven, family == otherFamily { return .sameName }
        if given.union(family) == otherGiven.union(otherFamily) { return .swappedName }
        if areClose(first.given, second.given), areClose(first.family, second.family) { return .similarName }
        if areClose(first.given, second.family), areClose(first.family, second.given) { return .similarName }
        return given.isDisjoint(with: otherGiven) ? nil : .sameGivenName
    }

    /// Whether each word of the shorter name has one in the longer that is written almost alike.
    private static func areClose(_ first: [String], _ second: [String]) -> Bool {
        let (shorter, longer) = first.count <= second.count ? (first, second) : (second, first)
        guard !shorter.isEmpty else { return false }
        return shorter.allSatisfy { word in longer.contains { isClose(word, $0) } }
    }

    /// A slip or two: one in words of three letters and more, two from seven letters on.
    private static func isClose(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        // Letters and not bytes: those of other scripts than the Latin one take several.
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        let length = min(first.count, second.count)
        guard length >= 3 else { return false }
        return distance(first, second) <= (length >= 7 ? 2 : 1)
    }

    // MARK: Days of birth

    private static func birth(_ first: CalendarDate, _ second: CalendarDate) -> CandidateReason? {
        if first == second { return .sameBirthDate }
        if swapped(first) == second { return .similarBirthDate }
        return distance(digits(first), digits(second)) <= 1 ? .similarBirthDate : nil
    }

    /// The date with day and month in each other's place, if there is one.
    static func swapped(_ date: CalendarDate) -> CalendarDate? {
        let parts = date.description.split(separator: "-")
        guard parts.count == 3, parts[1] != parts[2] else { return nil }
        return CalendarDate("\(parts[0])-\(parts[2])-\(parts[1])")
    }

    private static func digits(_ date: CalendarDate) -> [UInt8] {
        date.description.utf8.filter { $0 != UInt8(ascii: "-") }
    }

    /// How many letters have to be put in, left out, changed or put in the place of the one beside them (optimal string
    /// alignment: Damerau 1964, with no part changed twice).
    static func distance<Letter: Equatable>(_ first: [Letter], _ second: [Letter]) -> Int {
        guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for row in 1...first.count {
            var current = [row]
            for column in 1...second.count {
                let isSame = first[row - 1] == second[column - 1]
                var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                    best = min(best, beforeLast[column - 2] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[second.count]
    }
}
