/// What the policy says to somebody who asks for something.
public enum AccessVerdict: Hashable, Sendable {
    /// Allowed, and by what.
    case allowed(AccessGround)
    /// The actor's role or office may not do this; the sentence says why, without personal data.
    case forbidden(String)
    /// Unknown, or not visible to the actor: answered alike.
    case notFound

    /// Whether it is allowed.
    public var isAllowed: Bool { if case .allowed = self { true } else { false } }
}

/// What lets somebody do or see something.
public enum AccessGround: Hashable, Sendable {
    /// Nothing personal is touched; none is needed.
    case nothingPersonal
    /// An office's own task, with data that it collected itself or that it has to know whom the case is about
    /// (§ 67b Abs. 1 SGB X).
    case ownTask
    /// The participant's consent of that number, for that purpose (Art. 6 Abs. 1 lit. a DSGVO, § 67b Abs. 2 SGB X).
    case consent(number: Int, purpose: String)
    /// The law or paragraph recorded with the asking office's own engagement (§ 69 SGB X).
    case legalBasis(String)
    /// Supervision, control and audit (§ 67c Abs. 3 SGB X).
    case oversight
    /// Told to this employee in confidence, or to the one whom this employee succeeds (§ 65 SGB VIII).
    case confidence

    /// The provision behind it, for the documentation and the access report.
    public var provision: String {
        switch self {
        case .nothingPersonal: "none is needed"
        case .ownTask: "§ 67b Abs. 1 SGB X"
        case .consent: "Art. 6 Abs. 1 lit. a DSGVO, § 67b Abs. 2 SGB X"
        case .legalBasis: "§ 69 SGB X, as recorded with the engagement"
        case .oversight: "§ 67c Abs. 3 SGB X"
        case .confidence: "§ 65 SGB VIII"
        }
    }
}
