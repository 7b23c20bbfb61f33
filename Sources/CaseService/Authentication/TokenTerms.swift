/// For whom a token has to be, and from whom, besides being signed with a known key: a provider signs tokens for other
/// services with the same keys (RFC 8725 sections 3.8 and 3.9).
public struct TokenTerms: Hashable, Sendable {
    /// What the claim `iss` has to be, character by character; `nil` takes any.
    public var issuer: String?
    /// What the claim `aud` has to be or contain; `nil` takes any.
    public var audience: String?

    /// Terms; without any, who signs is all that counts.
    public init(issuer: String? = nil, audience: String? = nil) {
        self.issuer = issuer
        self.audience = audience
    }

    /// Passes claims that keep to the terms.
    ///
    /// - Throws: ``TokenRefusal/wrongIssuer``, ``TokenRefusal/wrongAudience``.
    func check(_ claims: TokenClaims) throws(TokenRefusal) {
        if let issuer, claims.iss != issuer { throw .wrongIssuer }
        if let audience, claims.aud?.names.contains(audience) != true { throw .wrongAudience }
    }
}
