public import Ledger

extension Rejection {
    /// A date that no file of ours can be about.
    public static func invalidDate(_ date: CalendarDate) -> Rejection {
        Rejection(
            rule: "invalid-date", detail: "\(date) lies outside the years 1900 to 2200; check the year and send again.")
    }

    /// Something that records a fact is dated after today.
    public static func inTheFuture(_ date: CalendarDate) -> Rejection {
        Rejection(
            rule: "in-the-future",
            detail: "\(date) has not come yet; record what happened on the day it happened or later.")
    }

    /// A piece of text that has to say something says nothing.
    public static func emptyText(_ field: String) -> Rejection {
        Rejection(rule: "invalid-\(field.kebabCased)", detail: "\(field) is empty; fill it in.")
    }
}

extension CalendarDate {
    /// Refuses years that can only be a slip of the keyboard.
    func plausible() throws(Rejection) {
        guard (1900...2200).contains(components.year) else { throw Rejection.invalidDate(self) }
    }
}

extension Optional<CalendarDate> {
    func plausible() throws(Rejection) {
        if let self { try self.plausible() }
    }
}

extension DecisionContext {
    /// The day on which a fact happened: `on`, or else the effective day; never after today.
    func dayOfFact(_ on: CalendarDate? = nil) throws(Rejection) -> CalendarDate {
        let day = on ?? effectiveOn
        try day.plausible()
        guard day <= today else { throw Rejection.inTheFuture(day) }
        return day
    }
}

extension String {
    /// Whether there is anything but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// `camelCase` as `camel-case`.
    var kebabCased: String {
        reduce(into: "") { text, letter in
            if letter.isUppercase { text.append("-") }
            text.append(contentsOf: letter.lowercased())
        }
    }

    func filled(_ field: String) throws(Rejection) {
        if isBlank { throw Rejection.emptyText(field) }
    }
}

extension Array where Element: Hashable {
    /// The elements in order, each once.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
