/// Why a token does not tell who asks. None of the cases carries anything of the token itself.
public enum TokenRefusal: Error, Hashable, Sendable {
    /// It is no JWT, or has parts that cannot be read.
    case unreadable
    /// It is signed with something else than RS256, ES256 or EdDSA, or not at all.
    case unsupportedAlgorithm
    /// It asks for extensions that the service does not know (RFC 7515 section 4.1.11).
    case unknownExtension
    /// No known key carries its key id, or none is of its algorithm.
    case unknownKey
    /// The signature does not fit.
    case badSignature
    /// It says not until when it is valid.
    case missingExpiry
    /// Its time is over.
    case expired
    /// Its time has not come yet.
    case notYetValid
    /// Somebody else issued it than the one whose tokens are taken here.
    case wrongIssuer
    /// It was made for another service.
    case wrongAudience
    /// A claim is missing or says something unknown: which one, and what is wrong with it.
    case badClaim(String, String)

    /// What is the matter and what to do about it.
    public var sentence: String {
        switch self {
        case .unreadable: "The bearer token is no readable JWT."
        case .unsupportedAlgorithm: "The token has to be signed with RS256, ES256 or EdDSA."
        case .unknownExtension: "The token demands extensions that are not supported."
        case .unknownKey: "The token was signed with a key that is not known here; get a new one."
        case .badSignature: "The token's signature does not fit."
        case .missingExpiry: "The token has no exp claim; tokens without end are not accepted."
        case .expired: "The token has expired; get a new one."
        case .notYetValid: "The token is not valid yet; check the clocks."
        case .wrongIssuer: "The token's claim iss names another issuer than the one whose tokens are taken here."
        case .wrongAudience: "The token's claim aud does not name this service; get a token that is made for it."
        case .badClaim(let name, let complaint): "The token's claim \(name) \(complaint)."
        }
    }
}
