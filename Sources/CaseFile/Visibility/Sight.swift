public import CaseTiming
public import Ledger

/// What an engaged office sees of a case on one day.
///
/// It sees who the participant is, the programme area, who lives in the household, and which offices are engaged; what
/// it recorded itself; and others' data by category, each on a basis.
public struct Sight: Hashable, Sendable {
    /// The office that looks.
    public let office: Office
    /// The day on which it looks, Europe/Berlin.
    public let day: CalendarDate
    /// What opens others' data on that day.
    public let grants: [CategoryGrant]

    /// Why an office sees something.
    public enum Basis: Hashable, Sendable {
        /// It recorded it itself.
        case own
        /// This opens it.
        case granted(CategoryGrant)
    }

    /// Why the office sees data of `category` that `recorder` recorded, or `nil` when it does not see it.
    ///
    /// Of several grants the one counts that holds longest.
    public func basis(for category: ConsentCategory, recordedBy recorder: Office?) -> Basis? {
        let verdict = AccessPolicy.judge(
            category, recordedBy: recorder, for: office, relation: .engaged, grants: grants)
        guard verdict.isAllowed else { return nil }
        if recorder == office { return .own }
        return AccessPolicy.longest(of: grants.filter { $0.category == category }).map(Basis.granted)
    }

    /// Whether the office sees data of `category` that `recorder` recorded.
    public func sees(_ category: ConsentCategory, recordedBy recorder: Office?) -> Bool {
        basis(for: category, recordedBy: recorder) != nil
    }
}
