/// Why an office sees a case.
public enum OfficeRelation: String, Codable, CaseIterable, Hashable, Sendable {
    /// It is responsible.
    case engaged
    /// It is asked to act by another office, and sees no more than that and about whom.
    case addressed
}
