import Logging
import Postgres
import Testbed
import Testing

/// A generator whose sequence depends on its seed alone (SplitMix64, Steele, Lea and Flood 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// One database for all tests that do not mind each other.
let sharedDatabase = Task { try await TemporaryServer.shared.freshDatabase() }

func makePool(
    _ uri: String? = nil, size: Int = 2, acquireTimeout: Duration = .seconds(10),
    _ change: (inout PostgresConfiguration) -> Void = { _ in }
) async throws -> PostgresPool {
    let shared = try await sharedDatabase.value
    var configuration = PostgresConfiguration(uri: uri ?? shared)
    change(&configuration)
    var logger = Logger(label: "test")
    logger.logLevel = .error
    return PostgresPool(configuration, size: size, acquireTimeout: acquireTimeout, logger: logger)
}

/// The error that `body` fails with; records an issue when it does not.
func failure<Value>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> PostgresError? {
    do {
        _ = try await body()
        Issue.record("expected an error", sourceLocation: sourceLocation)
        return nil
    } catch let error as PostgresError {
        return error
    } catch {
        Issue.record("expected a PostgresError instead of \(error)", sourceLocation: sourceLocation)
        return nil
    }
}

/// Waits until `condition` holds, for ten seconds at most.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("it did not happen", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

extension PostgresConnection {
    /// The first column of the first row.
    func value<Value: PostgresDecodable>(
        _ statement: Statement, _ parameters: any PostgresEncodable..., as: Value.Type = Value.self
    ) async throws -> Value {
        try await query(statement, parameters: parameters)[0].decode(0)
    }
}

extension PostgresPool {
    /// The first column of the first row.
    func value<Value: PostgresDecodable>(
        _ statement: Statement, _ parameters: any PostgresEncodable..., as: Value.Type = Value.self
    ) async throws -> Value {
        try await query(statement, parameters: parameters)[0].decode(0)
    }
}
