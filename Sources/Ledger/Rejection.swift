/// The domain's "no": which rule, and in a sentence what to do about it.
public struct Rejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule's name in kebab case, e.g. `plan-not-agreed`.
    public let rule: String
    /// What is the matter and what to do about it, without personal data.
    public let detail: String

    /// A rejection under `rule`.
    public init(rule: String, detail: String) {
        self.rule = rule
        self.detail = detail
    }

    /// Rule and sentence, for logs.
    public var description: String { "\(rule): \(detail)" }
}
