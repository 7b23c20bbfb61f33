public import Ledger

/// Days from one to another, both included; open where one is not stated.
public struct CapacityWindow: Hashable, Sendable {
    /// The first day; `nil` for any.
    public let from: CalendarDate?
    /// The last day; `nil` for any.
    public let to: CalendarDate?

    /// A window; one that ends before it begins holds no day.
    public init(from: CalendarDate? = nil, to: CalendarDate? = nil) {
        self.from = from
        self.to = to
    }

    var isEmpty: Bool {
        guard let from, let to else { return false }
        return to < from
    }

    fileprivate func overlap(with other: CapacityWindow) -> CapacityWindow {
        CapacityWindow(from: [from, other.from].compactMap(\.self).max(), to: [to, other.to].compactMap(\.self).min())
    }

    /// Whether one that begins no earlier follows without a day between.
    fileprivate func reaches(_ next: CapacityWindow) -> Bool {
        guard let to, let from = next.from else { return true }
        return from <= to + 1
    }

    /// The window in words: "from 2026-01-07 to 2026-03-31".
    var words: String {
        let parts = [
            from.map { "from \($0)\(to == nil ? " on" : "")" }, to.map { from == nil ? "until \($0)" : "to \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "at any time" : parts.joined(separator: " ")
    }
}

/// The days on which there is room for a measure: a measure fits where there is room on all of its days.
public struct CapacityWindows: Hashable, Sendable {
    /// The windows in the order of their days, with at least one day without room between two of them; none when there
    /// never is room.
    public let windows: [CapacityWindow]

    /// Room on all days.
    public static let always = CapacityWindows([CapacityWindow()])

    /// The days of all these windows, which may overlap and be in any order.
    public init(_ windows: [CapacityWindow]) {
        var merged: [CapacityWindow] = []
        let inOrder = windows.filter { !$0.isEmpty }.sorted { left, right in
            guard let second = right.from else { return false }
            return left.from.map { $0 < second } ?? true
        }
        for window in inOrder {
            guard let last = merged.last, last.reaches(window) else {
                merged.append(window)
                continue
            }
            let to = last.to.flatMap { first in window.to.map { max(first, $0) } }
            merged[merged.count - 1] = CapacityWindow(from: last.from, to: to)
        }
        self.windows = merged
    }

    /// The days that are in both.
    func intersection(_ other: CapacityWindows) -> CapacityWindows {
        CapacityWindows(windows.flatMap { window in other.windows.map { window.overlap(with: $0) } })
    }
}
