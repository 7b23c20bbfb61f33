/// Whether a case is being worked on.
public enum CaseStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// The case is being worked on.
    case open
    /// The case is closed; the offices that were engaged still see it.
    case closed
}
