public import CaseTiming
public import Ledger

/// The findings of a case or household: each key is open at most once, and counts how often it was.
public struct FindingRegister: Hashable, Sendable {
    /// One finding over time.
    public struct Entry: Hashable, Sendable {
        /// What was last found.
        public var finding: Finding
        /// How often it was opened.
        public var occurrences: Int
        /// The day from which it last counts as open, Europe/Berlin.
        public var openedOn: CalendarDate
        /// The day from which it counts as closed; `nil` while it is open.
        public var closedOn: CalendarDate?

        /// Whether it is open.
        public var isOpen: Bool { closedOn == nil }
    }

    /// All findings there ever were, by key.
    public private(set) var entries: [String: Entry] = [:]

    /// The findings that are open, in the order of their keys.
    public var open: [Finding] {
        entries.filter(\.value.isOpen).sorted { $0.key < $1.key }.map(\.value.finding)
    }

    /// How often a finding of that key was opened.
    public func occurrences(of key: String) -> Int { entries[key]?.occurrences ?? 0 }

    /// What happens when a finding is seen, depending on whether it is known.
    enum Change: Hashable {
        case opened(FindingOpened)
        case updated(FindingUpdated)
        case closed(FindingClosed)
    }

    /// Opening twice the same is nothing; opening it otherwise is a change.
    func decide(_ command: OpenFinding) -> Change? {
        guard let entry = entries[command.finding.key], entry.isOpen else {
            return .opened(
                FindingOpened(
                    finding: command.finding, occurrence: occurrences(of: command.finding.key) + 1))
        }
        return entry.finding == command.finding ? nil : .updated(FindingUpdated(finding: command.finding))
    }

    func decide(_ command: UpdateFinding) throws(Rejection) -> Change? {
        guard let entry = entries[command.finding.key], entry.isOpen else { throw .findingNotOpen }
        return entry.finding == command.finding ? nil : .updated(FindingUpdated(finding: command.finding))
    }

    /// Closing what is not open is nothing, so that a second worker changes nothing.
    func decide(_ command: CloseFinding) -> Change? {
        guard let entry = entries[command.key], entry.isOpen else { return nil }
        return .closed(FindingClosed(key: command.key))
    }

    mutating func apply(_ event: FindingOpened, on day: CalendarDate) {
        entries[event.finding.key] = Entry(
            finding: event.finding, occurrences: event.occurrence, openedOn: day, closedOn: nil)
    }

    mutating func apply(_ event: FindingUpdated) {
        entries[event.finding.key]?.finding = event.finding
    }

    mutating func apply(_ event: FindingClosed, on day: CalendarDate) {
        entries[event.key]?.closedOn = day
    }
}

extension Rejection {
    /// The finding is not open.
    public static let findingNotOpen = Rejection(
        rule: "finding-not-open", detail: "This finding is not open; open it first (open-finding).")
}
