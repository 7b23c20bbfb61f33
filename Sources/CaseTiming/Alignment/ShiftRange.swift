/// Days by which a measure may be shifted; open where one is not stated.
struct ShiftRange: Hashable, Sendable {
    /// The least number of days; `nil` for any.
    let least: Int?
    /// The greatest number of days; `nil` for any.
    let greatest: Int?

    var isEmpty: Bool { least ?? .min > greatest ?? .max }

    func contains(_ days: Int) -> Bool { least ?? .min <= days && days <= greatest ?? .max }

    /// What of it lies between two bounds.
    func clipped(from lower: Int?, to upper: Int?) -> ShiftRange {
        ShiftRange(
            least: [least, lower].compactMap(\.self).max(), greatest: [greatest, upper].compactMap(\.self).min())
    }
}

extension [ShiftRange] {
    /// From the least day of the first one to the greatest of the last.
    var hull: ShiftRange { ShiftRange(least: first?.least, greatest: last?.greatest) }

    /// The least number of days in any of them that is not less than some; `nil` when there is none. In order.
    func least(from days: Int) -> Int? {
        first { days <= $0.greatest ?? .max }.map { Swift.max($0.least ?? .min, days) }
    }

    /// The greatest number of days in any of them that is not more than some; `nil` when there is none. In order.
    func greatest(to days: Int) -> Int? {
        last { $0.least ?? .min <= days }.map { Swift.min($0.greatest ?? .max, days) }
    }
}
