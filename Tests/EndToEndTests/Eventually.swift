/// What was waited for did not come.
struct NeverHappened: Error, CustomStringConvertible {
    var what: String
    var description: String { "never happened: \(what)" }
}

/// Asks again until `condition` holds; an error counts as "not yet". The limit only ends a test that hangs.
func eventually(
    _ what: String, limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if (try? await condition()) == true { return }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw NeverHappened(what: what)
}
