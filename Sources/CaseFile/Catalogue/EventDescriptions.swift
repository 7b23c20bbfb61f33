enum EventDescriptions {
    static let texts: [String: String] = [:]
}
