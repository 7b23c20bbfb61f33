public import Hummingbird

/// What is known of a request beside itself.
public struct ServiceContext: RequestContext {
    /// What Hummingbird keeps of the request.
    public var coreContext: CoreRequestContextStorage
    /// Identifies the request in answers and logs.
    public internal(set) var requestID = ""

    /// A context for one request.
    public init(source: Source) {
        coreContext = .init(source: source)
    }
}
