/// How cases are looked up by name.
enum NameSearch: String, CaseIterable, Hashable, Sendable {
    /// The names first, and then the cases of all who are called so.
    case rare
    /// The list first, in its order, until a page of people who are called so has been met.
    case common

    /// What looks at fewer rows.
    ///
    /// Looking up `matches` cases one by one costs four pages each, whatever is asked for. Walking along the list until 50
    /// of them are met costs one page for each row on the way, 50 × `rows` ÷ `matches` of them. Both cost the same where
    /// `matches`² is 12.5 × `rows`; a walk also has to pass over rows that other filters exclude, so it begins a little later.
    ///
    /// - Parameters:
    ///   - matches: about how many people are called so.
    ///   - rows: about how many people there are.
    init(matches: Double, of rows: Double) {
        self = matches * matches > 20 * rows ? .common : .rare
    }
}
