/// How a first measure should lie in time to a second one; the names are FHIR's action-relationship codes.
///
/// With *s* the first and *e* the last day of a measure, every kind bounds one distance in whole days, see
/// ``TemporalRelation``.
public enum RelationKind: String, Codable, CaseIterable, Sendable {
    /// The first ends before the second starts; bounds *s* of the second − *e* of the first.
    case before
    /// The first starts after the second ends; bounds *s* of the first − *e* of the second.
    case after
    /// The first starts before the second starts; bounds *s* of the second − *s* of the first.
    case beforeStart = "before-start"
    /// The first starts after the second starts; bounds *s* of the first − *s* of the second.
    case afterStart = "after-start"
    /// The first ends before the second ends; bounds *e* of the second − *e* of the first.
    case beforeEnd = "before-end"
    /// The first ends after the second ends; bounds *e* of the first − *e* of the second.
    case afterEnd = "after-end"
    /// Both start on the same day, give or take the tolerance.
    case concurrentWithStart = "concurrent-with-start"
    /// Both end on the same day, give or take the tolerance.
    case concurrentWithEnd = "concurrent-with-end"
    /// Both run at the same time on all but at most *tolerance* days of the shorter one.
    case concurrent
}
